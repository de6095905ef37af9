/// What a server answered.
package struct HTTPReply: Hashable, Sendable {
    package let status: Int
    /// Names in lower case, in the order in which they came.
    package let headers: [Header]
    /// Empty where it was taken in pieces.
    package internal(set) var body: [UInt8] = []

    /// The first header of that name.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Reads one answer off a connection, with RFC 9112 at its strictest.
struct ReplyReader: ~Copyable {
    private static let longestHead = 32 << 10

    private let socket: ClientSocket
    private var bytes: [UInt8] = []
    private var start = 0

    private init(_ socket: consuming ClientSocket) { self.socket = socket }

    static func read(_ socket: consuming ClientSocket, take: (HTTPReply, RawSpan) -> Bool) throws(HTTPClientFault) -> HTTPReply {
        var reader = ReplyReader(socket)
        var reply = try reader.head()
        // 100 Continue and its like stand before the answer.
        var early = 0
        while 100..<200 ~= reply.status {
            early += 1
            guard early < 10 else { throw .broken("The server goes on without an answer.") }
            reply = try reader.head()
        }
        try reader.body(of: reply, take)
        return reply
    }

    private mutating func head() throws(HTTPClientFault) -> HTTPReply {
        var left = Self.longestHead
        let first = try line(&left).split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
        guard first.count >= 2, first[0] == Array("HTTP/1.1".utf8)[...] || first[0] == Array("HTTP/1.0".utf8)[...], first[1].count == 3,
            let status = Self.number(first[1], radix: 10), 100...599 ~= status
        else { throw .broken("The server does not speak HTTP.") }
        var headers: [Header] = []
        while true {
            let line = try line(&left)
            if line.isEmpty { return HTTPReply(status: status, headers: headers) }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
                let name = String(validating: line[..<colon], as: UTF8.self)
            else { throw .broken("The head of the answer is broken.") }
            let value = line[(colon + 1)...].drop { $0 == 32 || $0 == 9 }
            headers.append(Header(name.lowercased(), String(decoding: value, as: UTF8.self)))
        }
    }

    private mutating func body(of reply: HTTPReply, _ take: (HTTPReply, RawSpan) -> Bool) throws(HTTPClientFault) {
        guard reply.status != 204, reply.status != 304 else { return }
        let lengths = reply.headers.filter { $0.name == "content-length" }
        let encodings = reply.headers.filter { $0.name == "transfer-encoding" }
        if lengths.count == 1, encodings.isEmpty, let length = Self.number(Array(lengths[0].value.utf8)[...], radix: 10) {
            _ = try pieces(length, reply, take)
        } else if lengths.isEmpty, encodings.map({ $0.value.lowercased() }) == ["chunked"] {
            try chunks(reply, take)
        } else {
            throw .broken("The answer does not say where it ends.")
        }
    }

    /// False where no more is wanted.
    private mutating func pieces(_ length: Int, _ reply: HTTPReply, _ take: (HTTPReply, RawSpan) -> Bool) throws(HTTPClientFault) -> Bool {
        var left = length
        while left > 0 {
            if start == bytes.count { try fill() }
            let count = min(left, bytes.count - start)
            guard unsafe take(reply, bytes.span.bytes.extracting(start..<start + count)) else { return false }
            start += count
            left -= count
        }
        return true
    }

    private mutating func chunks(_ reply: HTTPReply, _ take: (HTTPReply, RawSpan) -> Bool) throws(HTTPClientFault) {
        while true {
            var left = 256
            let size = try line(&left).prefix { $0 != UInt8(ascii: ";") }
            guard let length = Self.number(size, radix: 16) else { throw .broken("A chunk of the answer is broken.") }
            guard length > 0 else { break }
            guard try pieces(length, reply, take) else { return }
            guard try line(&left).isEmpty else { throw .broken("A chunk of the answer is broken.") }
        }
        // Trailers are passed over.
        var left = Self.longestHead
        while try !line(&left).isEmpty {}
    }

    /// Without its CR LF.
    private mutating func line(_ left: inout Int) throws(HTTPClientFault) -> [UInt8] {
        var searched = start
        while true {
            if let end = bytes[searched...].firstIndex(of: 10) {
                let line = bytes[start..<end]
                left -= line.count + 1
                guard left >= 0 else { break }
                guard line.last == 13, !line.dropLast().contains(where: { $0 < 32 && $0 != 9 }) else {
                    throw .broken("A line of the answer is broken.")
                }
                start = end + 1
                return Array(line.dropLast())
            }
            guard bytes.count - start <= left else { break }
            let before = bytes.count - start
            try fill()
            searched = start + before
        }
        throw .broken("The head of the answer is too long.")
    }

    private mutating func fill() throws(HTTPClientFault) {
        bytes.removeFirst(start)
        start = 0
        guard try socket.receive(into: &bytes) else { throw .broken("The answer ends in the middle.") }
    }

    /// Digits alone; nil where it is no number, or none that fits.
    private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> Int? {
        guard !digits.isEmpty, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-") else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: radix)
    }
}
