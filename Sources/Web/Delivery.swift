/// A body that comes in pieces: a file on its way to the disk. One worker at a time calls it, not always the same one.
package protocol Delivery: AnyObject, Sendable {
    /// The next piece. False where nothing more is wanted: the rest is passed over, and `finish` says why.
    func take(_ piece: RawSpan) -> Bool
    /// The whole body has come, or no more of it was wanted.
    func finish() -> Response
    /// The client is gone before the end, or has been told already: what has come is let go. Never called after `finish`.
    func breakOff()
    /// After `take` has said no: what is answered at once, before the rest comes. Nil where the answer waits for `finish`.
    var earlyRefusal: Response? { get }
}

extension Delivery {
    package var earlyRefusal: Response? { nil }
}

/// What becomes of a request's body, decided by its head.
package enum Receiving: Sendable {
    case delivery(any Delivery)
    /// The body is passed over first: who sends it all and listens later hears it too.
    case refuse(Response)
    /// Before any of the body has come.
    case refuseAtOnce(Response)
}

/// A small body, whole in memory until the route gets it.
struct SmallBody: Sendable {
    private var bytes: [UInt8] = []
    private let limit: Int
    let tooLarge: Response
    private(set) var isTooLarge = false
    private let answer: @Sendable ([UInt8]) -> Response

    /// `tooLarge`: in the route's own words.
    init(limit: Int, tooLarge: Response? = nil, answer: @escaping @Sendable ([UInt8]) -> Response) {
        self.limit = limit
        self.tooLarge =
            tooLarge ?? .refusal(413, limit == 0 ? "This path takes no body." : "This path takes a body of at most \(limit) bytes.")
        self.answer = answer
    }

    mutating func take(_ piece: RawSpan) -> Bool {
        guard !isTooLarge, piece.byteCount <= limit - bytes.count else {
            isTooLarge = true
            bytes = []
            return false
        }
        unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        return true
    }

    func answered() -> Response { isTooLarge ? tooLarge : answer(bytes) }
}
