/// One line of a request's or an answer's head.
package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a client asks, as a value: the head of its request. A body arrives in pieces and is no part of it.
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

/// Decodes the percent escapes of a path. Nothing is normalised: `..` stays as it is and matches no route.
enum PathText {
    /// Nil where an escape is broken, or what comes out is not UTF-8 or holds control characters.
    static func decoded(_ raw: some Sequence<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = raw.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else { return nil }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
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
