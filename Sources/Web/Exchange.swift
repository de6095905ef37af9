/// One request and its answer, from the head to the last piece of the body.
final class Exchange {
    /// What the head alone decides.
    enum Opening {
        /// The body comes first; the delivery answers when it is whole.
        case proceed(any Delivery)
        /// Answered when the body, which nobody wants, has been passed over.
        case passOver(Response)
        /// Answered at once. What may follow the head is not read: libmicrohttpd closes the connection after an answer to a
        /// request that has not fully come.
        case refuse(Response)
    }

    /// What of a body that nobody wants is read all the same: a client that sends first and listens later would miss the answer.
    private static let passedOver = 128 << 20

    let opening: Opening
    /// The route's own text, for metrics: no stranger's text grows a label.
    let route: String?
    private var isWanted = true
    private var unwanted = 0
    private var isAnswered = false

    init(routes: Routes, head: RequestHead) {
        let (opening, route) = Self.opening(routes, head)
        if case .refuse(let response) = opening, head.sendsAnyway(atMost: Self.passedOver) {
            self.opening = .passOver(response)
        } else {
            self.opening = opening
        }
        self.route = route
    }

    /// False where the connection is to be closed.
    func take(_ piece: RawSpan) -> Bool {
        switch opening {
        case .proceed(let delivery): if isWanted { isWanted = delivery.take(piece) }
        case .passOver: isWanted = false
        case .refuse: return false
        }
        if !isWanted { unwanted += piece.byteCount }
        return unwanted <= Self.passedOver
    }

    func answer() -> Response {
        isAnswered = true
        var response: Response
        switch opening {
        case .proceed(let delivery):
            response = delivery.finish()
            guard !isWanted else { return response }
        case .passOver(let refusal), .refuse(let refusal): response = refusal
        }
        response.headers.append(Header("Connection", "close"))
        return response
    }

    /// Nothing more happens to it.
    func end() {
        guard !isAnswered, case .proceed(let delivery) = opening else { return }
        isAnswered = true
        delivery.breakOff()
    }

    private static func opening(_ routes: Routes, _ head: RequestHead) -> (Opening, String?) {
        guard head.framing != .doubtful else { return (.refuse(.refusal(400, "It is not clear where this request ends.")), nil) }
        var segments: [String] = []
        for part in head.rawPath.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            guard let segment = EscapedText.decoded(part) else { return (.refuse(.refusal(400, "This path is not text.")), nil) }
            segments.append(segment)
        }
        switch routes.match(method: head.method, segments: segments) {
        case .refuse(let response): return (.refuse(response), nil)
        case .work(let work, let method, let route, let parameters):
            guard let query = EscapedText.pairs(head.rawQuery) else { return (.refuse(.refusal(400, "This query is not text.")), route) }
            let request = Request(
                method: method, path: "/" + segments.joined(separator: "/"), parameters: parameters, query: query, headers: head.headers,
                client: head.client)
            return (opening(work, request, head.framing), route)
        }
    }

    private static func opening(_ work: Routes.Work, _ request: Request, _ framing: RequestHead.Framing) -> Opening {
        switch work {
        case .answer(let limit, let answer):
            let body = SmallBody(limit: limit) { bytes in
                var whole = request
                whole.body = bytes
                return answer(whole)
            }
            return framing.exceeds(limit) ? .refuse(body.tooLarge) : .proceed(body)
        case .receive(let reception):
            switch reception(request) {
            case .delivery(let delivery): return .proceed(delivery)
            case .refuse(let response): return .refuse(response)
            }
        }
    }
}

/// The head of a request as it came.
struct RequestHead {
    /// Where the body ends, as the head says.
    enum Framing: Hashable {
        case length(UInt64)
        case chunked
        /// Two readers could see different ends: a proxy before us and we, say. What one takes for a body, the other would
        /// take for a request.
        case doubtful

        /// Certainly longer than that, or of unknown length where nothing may come.
        func exceeds(_ limit: Int) -> Bool {
            switch self {
            case .length(let length): length > UInt64(clamping: limit)
            case .chunked: limit == 0
            case .doubtful: true
            }
        }
    }

    let method: String
    let rawPath: [UInt8]
    let rawQuery: [UInt8]
    let headers: [Header]
    let client: String

    /// RFC 9112, section 6.3, at its strictest: one length in digits, or `chunked` alone, and never both. Section 5.1 forbids a space
    /// before the colon, which libmicrohttpd leaves in the name.
    var framing: Framing {
        guard !headers.contains(where: { $0.name.utf8.contains(where: { $0 <= 0x20 }) }) else { return .doubtful }
        let lengths = headers.filter { $0.name == "content-length" }
        let encodings = headers.filter { $0.name == "transfer-encoding" }
        switch (lengths.count, encodings.count) {
        case (0, 0): return .length(0)
        case (1, 0):
            let digits = lengths[0].value
            guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return .doubtful }
            return UInt64(digits).map(Framing.length) ?? .doubtful
        case (0, 1): return encodings[0].value.lowercased() == "chunked" ? .chunked : .doubtful
        default: return .doubtful
        }
    }

    /// The client sends its body without asking first, and listens only then.
    func sendsAnyway(atMost limit: Int) -> Bool {
        guard !headers.contains(where: { $0.name == "expect" }) else { return false }
        return switch framing {
        case .length(let length): length > 0 && length <= UInt64(limit)
        case .chunked: true
        case .doubtful: false
        }
    }
}
