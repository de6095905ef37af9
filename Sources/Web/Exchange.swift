/// One request and its answer, from the head to the last piece of the body.
final class Exchange {
    /// What the head alone decides.
    enum Opening {
        /// The body comes first; the delivery answers when it is whole.
        case proceed(any Delivery)
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
        (opening, route) = Self.opening(routes, head)
    }

    /// False where the connection is to be closed.
    func take(_ piece: RawSpan) -> Bool {
        guard case .proceed(let delivery) = opening else { return false }
        if isWanted { isWanted = delivery.take(piece) }
        if !isWanted { unwanted += piece.byteCount }
        return unwanted <= Self.passedOver
    }

    func answer() -> Response {
        isAnswered = true
        switch opening {
        case .proceed(let delivery): return delivery.finish()
        case .refuse(let response): return response
        }
    }

    /// Nothing more happens to it.
    func end() {
        guard !isAnswered, case .proceed(let delivery) = opening else { return }
        isAnswered = true
        delivery.breakOff()
    }

    private static func opening(_ routes: Routes, _ head: RequestHead) -> (Opening, String?) {
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
            return (opening(work, request, announcesBody: head.announcesBody), route)
        }
    }

    private static func opening(_ work: Routes.Work, _ request: Request, announcesBody: Bool) -> Opening {
        switch work {
        case .answer(let limit, let answer):
            if limit == 0, announcesBody { return .refuse(.refusal(413, "This path takes no body.")) }
            let body = SmallBody(limit: limit) { bytes in
                var whole = request
                whole.body = bytes
                return answer(whole)
            }
            return .proceed(body)
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
    let method: String
    let rawPath: [UInt8]
    let rawQuery: [UInt8]
    let headers: [Header]
    let client: String

    var announcesBody: Bool {
        headers.contains { $0.name == "transfer-encoding" || ($0.name == "content-length" && $0.value != "0") }
    }
}
