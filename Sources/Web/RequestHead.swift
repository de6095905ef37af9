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
