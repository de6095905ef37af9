/// What a client asks, as a value. A body, where a later route takes one, arrives in pieces and is no part of it.
package struct Request: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package let method: Method
    /// Percent escapes decoded, without the query.
    package let path: String
    /// Names in lower case, in the order in which they came.
    package let headers: [Header]

    package init(method: Method = .get, path: String, headers: [Header] = []) {
        self.method = method
        self.path = path
        self.headers = headers
    }

    /// The first header of that name.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
