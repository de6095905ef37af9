/// Which paths there are, and what answers them. A value: added to at start, then handed to the server.
package struct Routes: Sendable {
    /// Runs on one of the server's few threads, beside others: takes what is ready and returns. One that hangs keeps its
    /// thread until it returns.
    package typealias Answer = @Sendable (Request) -> Response

    private var table: [String: [Request.Method: Answer]] = [:]

    package init() {}

    /// A path is matched whole, after its escapes are decoded. What answers GET answers HEAD.
    package mutating func add(_ method: Request.Method, _ path: String, answer: @escaping Answer) {
        table[path, default: [:]][method] = answer
    }

    package func adding(_ other: Routes) -> Routes {
        var both = self
        both.table.merge(other.table) { $0.merging($1) { _, new in new } }
        return both
    }

    /// What is to be done with a request, known from its head.
    fileprivate enum Match {
        case answer(Answer, Request.Method)
        case refuse(Response)
    }

    fileprivate func match(method name: String, path: String) -> Match {
        guard let methods = table[path] else { return .refuse(.refusal(404, "There is nothing under this path.")) }
        if let method = name == "HEAD" ? .get : Request.Method(rawValue: name), let answer = methods[method] {
            return .answer(answer, method)
        }
        var allowed = methods.keys.map(\.rawValue)
        if methods[.get] != nil { allowed.append("HEAD") }
        let list = allowed.sorted().joined(separator: ", ")
        return .refuse(.refusal(405, "This path answers \(list) only.", headers: [Header("Allow", list)]))
    }
}

/// One request and its answer. Made when the head is there; a route that takes a body will get its pieces here.
final class Exchange {
    /// What the head alone decides.
    enum Opening {
        /// The whole request is awaited, then the route answers it.
        case proceed(Routes.Answer, Request)
        /// Answered at once. What may follow the head is not read: libmicrohttpd closes the connection after an answer to a
        /// request that has not fully come.
        case refuse(Response)
    }

    let opening: Opening

    init(routes: Routes, method: String, rawPath: [UInt8], headers: [Header]) {
        opening = Self.opening(routes, method, rawPath, headers)
    }

    func answer() -> Response {
        switch opening {
        case .proceed(let route, let request): route(request)
        case .refuse(let response): response
        }
    }

    private static func opening(_ routes: Routes, _ method: String, _ rawPath: [UInt8], _ headers: [Header]) -> Opening {
        guard let path = PathText.decoded(rawPath) else { return .refuse(.refusal(400, "This path is not text.")) }
        switch routes.match(method: method, path: path) {
        case .refuse(let response): return .refuse(response)
        case .answer(let route, let method):
            if announcesBody(headers) { return .refuse(.refusal(413, "This path takes no body.")) }
            return .proceed(route, Request(method: method, path: path, headers: headers))
        }
    }

    private static func announcesBody(_ headers: [Header]) -> Bool {
        headers.contains { $0.name == "transfer-encoding" || ($0.name == "content-length" && $0.value != "0") }
    }
}
