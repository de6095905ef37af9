/// Which paths there are, and what answers them. A value: added to at start, then handed to the server.
package struct Routes: Sendable {
    /// Runs beside others, on whatever thread. One that hangs keeps its thread until it returns.
    package typealias Answer = @Sendable (Request) -> Response
    /// Decides by a request's head what is to become of its body.
    package typealias Reception = @Sendable (Request) -> Receiving

    /// Where an answer is made.
    package enum Pace: Hashable, Sendable {
        /// On a worker: it may read a disk or reckon for a while.
        case slow
        /// On the thread that serves the connection, and many others beside it: it takes what lies ready and returns.
        case quick
    }

    /// What a route does with a request.
    package enum Work: Sendable {
        /// Takes a body of at most so many bytes whole, 0 for none; `tooLarge` is the answer to a larger one, where the route has its own.
        case answer(bodyLimit: Int, Pace = .slow, tooLarge: Response? = nil, Answer)
        /// Takes the body in pieces, on workers.
        case receive(Reception)
    }

    private var table: [(pattern: PathPattern, methods: [Request.Method: Work])] = []

    package init() {}

    /// A path is matched whole, after its escapes are decoded; `{name}` stands for one segment. What answers GET answers HEAD.
    package mutating func add(_ method: Request.Method, _ path: String, bodyLimit: Int = 0, _ pace: Pace = .slow, answer: @escaping Answer)
    {
        add(method, path, .answer(bodyLimit: bodyLimit, pace, tooLarge: nil, answer))
    }

    package mutating func add(_ method: Request.Method, _ path: String, receive: @escaping Reception) {
        add(method, path, .receive(receive))
    }

    package mutating func add(_ method: Request.Method, _ path: String, _ work: Work) {
        let pattern = PathPattern(path)
        if let place = table.firstIndex(where: { $0.pattern == pattern }) {
            table[place].methods[method] = work
        } else {
            table.append((pattern, [method: work]))
            // Where several fit, the one whose literal stands further left comes first.
            table.sort { $0.pattern < $1.pattern }
        }
    }

    package func adding(_ other: Routes) -> Routes {
        var both = self
        for (pattern, methods) in other.table { for (method, work) in methods { both.add(method, pattern.text, work) } }
        return both
    }

    /// A route as metrics and logs call it: no stranger's text is in it.
    struct Name: Hashable {
        let method: Request.Method
        let path: String
    }

    var names: [Name] { table.flatMap { pattern, methods in methods.keys.map { Name(method: $0, path: pattern.text) } } }

    /// What is to be done with a request, known from its head.
    enum Match {
        case work(Work, Name, parameters: [String: String])
        case refuse(Response)
    }

    func match(method name: String, segments: [String]) -> Match {
        for (pattern, methods) in table {
            guard let parameters = pattern.match(segments) else { continue }
            if let method = name == "HEAD" ? .get : Request.Method(rawValue: name), let work = methods[method] {
                return .work(work, Name(method: method, path: pattern.text), parameters: parameters)
            }
            var allowed = methods.keys.map(\.rawValue)
            if methods[.get] != nil { allowed.append("HEAD") }
            let list = allowed.sorted().joined(separator: ", ")
            return .refuse(.refusal(405, "This path answers \(list) only.", headers: [Header("Allow", list)]))
        }
        return .refuse(.refusal(404, "There is nothing under this path."))
    }
}

/// A path with names in braces for segments of which each request has its own.
struct PathPattern: Hashable, Comparable {
    private enum Segment: Hashable {
        case literal(String)
        case parameter(String)
    }

    let text: String
    private let segments: [Segment]

    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// What the path has for each name; nil where it does not fit.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, part) in zip(segments, path) {
            switch segment {
            case .literal(let text): guard text == part else { return nil }
            case .parameter(let name):
                guard !part.isEmpty else { return nil }
                parameters[name] = part
            }
        }
        return parameters
    }

    static func < (one: PathPattern, other: PathPattern) -> Bool {
        for (left, right) in zip(one.segments, other.segments) {
            switch (left, right) {
            case (.literal, .parameter): return true
            case (.parameter, .literal): return false
            default: continue
            }
        }
        return one.text < other.text
    }
}
