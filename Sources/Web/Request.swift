/// One line of a request's or an answer's head.
package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a client asks, as a value. A large body arrives in pieces and is no part of it (`Delivery`); a small one is.
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
    /// What stands in the path for each name in the route's braces.
    package internal(set) var parameters: [String: String]
    /// In the order in which they came, escapes decoded.
    package let query: [Header]
    /// Names in lower case, in the order in which they came.
    package let headers: [Header]
    /// Empty where the route takes none, or takes it in pieces.
    package internal(set) var body: [UInt8]
    /// Who is at the other end: a numeric address, or `local` on a Unix socket.
    package let client: String

    package init(
        method: Method = .get, path: String, parameters: [String: String] = [:], query: [Header] = [], headers: [Header] = [],
        body: [UInt8] = [], client: String = "local"
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.client = client
    }

    /// The first header of that name.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The first value of that name in the query.
    package func asked(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// Decodes the percent escapes of a path or a query. Nothing is normalised: `..` stays as it is and matches no route.
enum EscapedText {
    /// Nil where an escape is broken, or what comes out is not UTF-8 or holds control characters. `+` is a space in forms and queries.
    static func decoded(_ raw: some Sequence<UInt8>, plusIsSpace: Bool = false, controls: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = raw.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                continue
            }
            guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else { return nil }
            bytes.append(high << 4 | low)
        }
        guard controls || !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// What stands between a path's slashes.
    static func segments(_ raw: [UInt8]) -> [String] {
        raw.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map { decoded($0) ?? noText }
    }

    /// Stands for what cannot be decoded: it matches no literal and is no value of ours, so that each route refuses it in its own words.
    private static let noText = "\u{FFFD}"

    /// The query's parts as they came; what cannot be decoded is no text that anybody could mean.
    static func query(_ raw: some Sequence<UInt8>) -> [Header] {
        parts(raw).map { Header(decoded($0, plusIsSpace: true) ?? noText, decoded($1, plusIsSpace: true, controls: true) ?? noText) }
    }

    /// A form's fields; nil where one is no text.
    static func form(_ raw: some Sequence<UInt8>) -> [Header]? {
        var found: [Header] = []
        for (name, value) in parts(raw) {
            guard let name = decoded(name, plusIsSpace: true), let value = decoded(value, plusIsSpace: true, controls: true) else {
                return nil
            }
            found.append(Header(name, value))
        }
        return found
    }

    /// `a=b&c=d`, not yet decoded.
    private static func parts(_ raw: some Sequence<UInt8>) -> [(ArraySlice<UInt8>, ArraySlice<UInt8>)] {
        Array(raw).split(separator: UInt8(ascii: "&")).map { part in
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (halves[0], halves.count > 1 ? halves[1] : [])
        }
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Request {
    /// The fields of a form that a page has sent (`application/x-www-form-urlencoded`); nil where the body is none.
    package var form: [Header]? { EscapedText.form(body) }
}
