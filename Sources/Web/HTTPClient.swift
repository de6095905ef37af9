import Glibc
import Linux

/// Asks a server, one question per connection, and waits for the answer. Believes nothing of it: an answer that is not
/// there to its announced end is a fault.
package struct HTTPClient: Sendable {
    package let server: ListenAddress
    /// For connecting, sending and the whole answer together.
    package var deadline: Duration
    /// Of an answer that is kept in memory.
    package var longestBody: Int

    package init(_ server: ListenAddress, deadline: Duration = .seconds(5), longestBody: Int = 16 << 20) {
        self.server = server
        self.deadline = deadline
        self.longestBody = longestBody
    }

    package func get(_ target: String, headers: [Header] = []) throws(HTTPClientFault) -> HTTPReply {
        try ask(.get, target, headers: headers)
    }

    /// The whole answer, in memory.
    package func ask(
        _ method: Request.Method, _ target: String, headers: [Header] = [], body: Response.Body = .bytes([])
    ) throws(HTTPClientFault) -> HTTPReply {
        var kept: [UInt8] = []
        var isTooLong = false
        var reply = try fetch(method, target, headers: headers, body: body) { _, piece in
            isTooLong = piece.byteCount > longestBody - kept.count
            guard !isTooLong else { return false }
            unsafe piece.withUnsafeBytes { unsafe kept.append(contentsOf: $0) }
            return true
        }
        guard !isTooLong else { throw .tooLong(limit: longestBody) }
        reply.body = kept
        return reply
    }

    /// The answer's body in pieces, each with the answer's head; false from `take` ends it. A fault after some pieces means that
    /// they were not all.
    package func fetch(
        _ method: Request.Method, _ target: String, headers: [Header] = [], body: Response.Body = .bytes([]),
        take: (HTTPReply, RawSpan) -> Bool
    ) throws(HTTPClientFault) -> HTTPReply {
        let socket = try ClientSocket(to: server, deadline: ContinuousClock.now.advanced(by: deadline))
        try send(try head(method, target, headers, body), body, over: socket)
        return try ReplyReader.read(socket, take: take)
    }

    private func head(_ method: Request.Method, _ target: String, _ headers: [Header], _ body: Response.Body) throws(HTTPClientFault)
        -> [UInt8]
    {
        let size =
            switch body {
            case .bytes(let bytes): Int64(bytes.count)
            case .file(_, let size): size
            }
        var lines = [Header("Host", "localhost"), Header("Connection", "close")] + headers
        if size > 0 || method != .get { lines.append(Header("Content-Length", "\(size)")) }
        // Nothing of ours may end a line.
        let texts = [target] + lines.flatMap { [$0.name, $0.value] }
        guard !target.utf8.contains(32), texts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 32 && $0 != 127 } }) else {
            throw .broken("The request holds control characters.")
        }
        let text = lines.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("\(method.rawValue) \(target) HTTP/1.1\r\n\(text)\r\n".utf8)
    }

    /// Stops where the server answers early; its answer says why.
    private func send(_ head: [UInt8], _ body: Response.Body, over socket: borrowing ClientSocket) throws(HTTPClientFault) {
        guard try unsafe socket.send(head.span.bytes) else { return }
        switch body {
        case .bytes(let bytes): _ = try unsafe socket.send(bytes.span.bytes)
        case .file(let file, let size):
            var done: Int64 = 0
            while done < size {
                let piece = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { room, count in
                    let got = retrying { unsafe pread(file.number, room.baseAddress, Int(min(65_536, size - done)), off_t(done)) }
                    count = max(got, 0)
                }
                guard !piece.isEmpty else { throw .broken("The file is shorter than it was.") }
                guard try unsafe socket.send(piece.span.bytes) else { return }
                done += Int64(piece.count)
            }
        }
    }
}
