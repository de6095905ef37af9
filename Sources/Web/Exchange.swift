/// One request and its answer. Made when the head is there; a route that takes a body will get its pieces here.
final class Exchange {
    /// What the head alone decides.
    enum Opening {
        /// The whole request is awaited, then `answer()` is asked for.
        case proceed
        /// Answered at once. What may follow the head is not read: after an answer to a request that has not fully come,
        /// libmicrohttpd closes the connection.
        case refuse(Response)
    }

    let opening: Opening
    private let request: Request
    private let route: Routes.Answer

    init(routes: Routes, method: String, rawPath: [UInt8], headers: [Header]) {
        let refused: Routes.Answer = { _ in .refusal(500, "This request was refused.") }
        guard let path = PathText.decoded(rawPath) else {
            opening = .refuse(.refusal(400, "This path is no text."))
            request = Request(path: "")
            route = refused
            return
        }
        switch routes.match(method: method, path: path) {
        case .refuse(let response):
            opening = .refuse(response)
            request = Request(path: path, headers: headers)
            route = refused
        case .answer(let answer, let method):
            request = Request(method: method, path: path, headers: headers)
            route = answer
            opening = Self.announcesBody(headers) ? .refuse(.refusal(413, "This path takes no body.")) : .proceed
        }
    }

    func answer() -> Response { route(request) }

    private static func announcesBody(_ headers: [Header]) -> Bool {
        headers.contains { $0.name == "transfer-encoding" || ($0.name == "content-length" && $0.value != "0") }
    }
}
