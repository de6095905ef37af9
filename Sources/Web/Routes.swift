/// Which paths there are, and what answers them. A value: added to at start, then handed to the server.
package struct Routes: Sendable {
    /// Runs on the server's only thread: takes what is ready and returns, never waits for work.
    package typealias Answer = @Sendable (Request) -> Response

    private var table: [String: [Request.Method: Answer]] = [:]

    package init() {}

    /// A path is matched whole and as decoded. What answers GET answers HEAD.
    package mutating func add(_ method: Request.Method, _ path: String, answer: @escaping Answer) {
        table[path, default: [:]][method] = answer
    }

    package func adding(_ other: Routes) -> Routes {
        var both = self
        both.table.merge(other.table) { $0.merging($1) { _, new in new } }
        return both
    }

    /// What is to be done with a request, known from its head.
    enum Match {
        case answer(Answer, Request.Method)
        case refuse(Response)
    }

    func match(method name: String, path: String) -> Match {
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
