import Dispatch
import Glibc
import Linux
import Synchronization
import Testing
import Web

/// Requests with bodies, small ones and streamed ones.
@Suite struct BodyTests {
    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func `every method that may have a body gets it whole, however it comes`(method: String) throws {
        let playground = try Playground(more: .echo)
        for rest in [
            "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
        ] {
            let answer = try playground.exchange("\(method) /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest)
            #expect(answer.status == 200)
            #expect(answer.body == "\(method) hello")
        }
        #expect(try playground.ask("/echo", method: method).body == "\(method) ")
    }

    @Test(arguments: [
        "Content-Length: 9\r\n\r\nhello you", "Transfer-Encoding: chunked\r\n\r\n4\r\nhell\r\n5\r\no you\r\n0\r\n\r\n",
        "Content-Length: 2000000000\r\n\r\n", "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    ])
    func `a body above the limit is refused with 413 and the limit, and the connection ends`(rest: String) throws {
        let playground = try Playground(more: .echo)
        let answer = try playground.exchange("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest)
        #expect(answer.status == 413)
        #expect(answer.body.contains("This path takes a body of at most 8 bytes."))
        #expect(try playground.isAlive())
    }

    @Test(arguments: ["POST /nothing", "POST /status", "POST /echo", "POST /refuse", "POST /full"])
    func `a client that sends it all first and listens later still gets its refusal`(target: String) throws {
        let playground = try Playground(more: .echo.adding(Routes.receiving(Sink(wanted: 1000))))
        let client = try RawClient(playground.server)
        client.send("\(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n")
        #expect(client.send([UInt8](repeating: 65, count: 8_000_000)))
        let answer = try #require(RawAnswer(client.receiveAll()))
        #expect([404, 405, 413, 403].contains(answer.status))
    }

    @Test(arguments: ["POST /nothing", "POST /status", "POST /echo", "POST /refuse"])
    func `who asks before sending is refused without being told to go on`(target: String) throws {
        let playground = try Playground(more: .echo.adding(Routes.receiving(Sink())))
        let answer = try playground.exchange("\(target) HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\nExpect: 100-continue\r\n\r\n")
        #expect([404, 405, 413, 403].contains(answer.status))
    }

    @Test func `who asks before sending is told to go on`() throws {
        let playground = try Playground(more: .echo)
        let client = try RawClient(playground.server)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        let first = try #require(try client.receive())
        #expect(String(decoding: first, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("hello")
        #expect(try client.receiveAll().hasSuffix("POST hello"))
    }

    @Test(arguments: [
        "5\r\nhelloX\r\n0\r\n\r\n", "zz\r\nhello\r\n", "-5\r\nhello\r\n", "fffffffffffffffff\r\nhello", "5 \r\n\r\n\r\n\r\nhello",
        "5\rhello\r0\r\r", "\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
    ])
    func `a broken chunk ends the connection and the delivery, and no half of it is answered as whole`(chunks: String) throws {
        let sink = Sink()
        let playground = try Playground(more: Routes.receiving(sink))
        let client = try RawClient(playground.server)
        client.send("POST /full HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
        client.endSending()
        #expect(try !client.receiveAll().contains(" 200 "))
        playground.server.stop()
        #expect(sink.finished == 0)
        #expect(sink.brokenOff == 1)
    }

    @Test func `a streamed body arrives in pieces, in order, and whole`() throws {
        let sink = Sink()
        let playground = try Playground(more: Routes.receiving(sink))
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let client = try RawClient(playground.server)
        client.send("POST /full HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(body.count)\r\n\r\n")
        client.send(body)
        #expect(try RawAnswer(client.receiveAll())?.body == "3000000")
        #expect(sink.bytes == body)
        #expect(sink.pieces > 1)
        #expect((sink.finished, sink.brokenOff) == (1, 0))
    }

    @Test func `bodies in tiny chunks, faster than they are taken, arrive whole`() throws {
        let sinks = (0..<8).map { _ in Sink(milliseconds: 3) }
        var routes = Routes()
        for (number, sink) in sinks.enumerated() { routes.add(.post, "/\(number)") { _ in .delivery(sink) } }
        let playground = try Playground(more: routes)
        let chunks = Array(String(repeating: "10\r\n0123456789abcdef\r\n", count: 40_000).utf8)
        let clients = try sinks.indices.map { number in
            let client = try RawClient(playground.server)
            client.send("POST /\(number) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
            return client
        }
        DispatchQueue.concurrentPerform(iterations: clients.count) { number in
            clients[number].send(chunks)
            clients[number].send("0\r\n\r\n")
        }
        for (client, sink) in zip(clients, sinks) {
            #expect(try RawAnswer(client.receiveAll())?.body == "640000")
            #expect((sink.finished, sink.brokenOff) == (1, 0))
        }
    }

    @Test(arguments: [true, false])
    func `a client that goes in the middle breaks the delivery off once`(abruptly: Bool) throws {
        let sink = Sink()
        let playground = try Playground(more: Routes.receiving(sink))
        do {
            let client = try RawClient(playground.server)
            client.send("POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
            client.send([UInt8](repeating: 65, count: 500_000))
            sink.wait(for: 300_000)
            if abruptly { client.willReset() } else { client.endSending() }
            if !abruptly { #expect(try client.receiveAll().isEmpty) }
        }
        playground.server.stop()
        #expect((sink.finished, sink.brokenOff) == (0, 1))
        #expect(300_000...500_000 ~= sink.bytes.count)
    }

    @Test func `a server that stops in the middle breaks the delivery off once`() throws {
        let sink = Sink()
        let playground = try Playground(more: Routes.receiving(sink))
        let client = try RawClient(playground.server)
        client.send("POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")
        client.send([UInt8](repeating: 65, count: 500_000))
        sink.wait(for: 300_000)
        playground.server.stop()
        #expect((sink.finished, sink.brokenOff) == (0, 1))
        withExtendedLifetime(client) {}
    }

    @Test(arguments: [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\nhello", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5, 5\r\n\r\nhello", "Content-Length: +5\r\n\r\nhello", "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
    ])
    func `a request of which two readers could see different ends is refused`(rest: String) throws {
        let playground = try Playground(more: .echo)
        let client = try RawClient(playground.server)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answers = try client.receiveAll()
        #expect(answers.isEmpty || answers.hasPrefix("HTTP/1.1 4"), "\(answers)")
        #expect(!answers.contains("healthy"))
    }

    @Test func `a file is answered whole, byte for byte, and HEAD tells its size`() throws {
        let path = "/tmp/sellout-web-\(getpid())-file"
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) | 0x20 & 0x7F }.map { $0 & 0x7F }
        let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        unsafe unlink(path)
        try file.write(bytes)
        var routes = Routes()
        routes.add(.get, "/file") { _ in Response(contentType: "text/plain", body: .file(file, size: 1_000_000)) }
        let playground = try Playground(more: routes)
        for _ in 0..<2 { #expect(Array(try playground.ask("/file").body.utf8) == bytes) }
        let head = try playground.ask("/file", method: "HEAD")
        #expect(head.headers["content-length"] == "1000000")
        #expect(head.body.isEmpty)
    }
}

extension Playground {
    /// Sends that and takes what comes until the server closes.
    func exchange(_ request: String) throws -> RawAnswer {
        let client = try RawClient(server)
        client.send(request)
        return try #require(RawAnswer(client.receiveAll()))
    }
}

extension Routes {
    /// `/echo` answers method and body, of at most 8 bytes.
    static var echo: Routes {
        var routes = Routes()
        for method in [Request.Method.post, .put, .patch, .delete] {
            routes.add(method, "/echo", bodyLimit: 8) { .text("\($0.method.rawValue) " + String(decoding: $0.body, as: UTF8.self)) }
        }
        return routes
    }

    /// `/full` gives the sink what comes, `/refuse` refuses by the head.
    static func receiving(_ sink: Sink) -> Routes {
        var routes = Routes()
        routes.add(.post, "/full", receive: { _ in .delivery(sink) })
        routes.add(.post, "/refuse", receive: { _ in .refuse(.refusal(403, "Not you.")) })
        return routes
    }
}

/// A delivery that keeps what it gets.
final class Sink: Delivery {
    private struct Kept {
        var bytes: [UInt8] = []
        var pieces = 0
        var finished = 0
        var brokenOff = 0
    }

    private let kept = Mutex(Kept())
    private let wanted: Int

    private let milliseconds: Int

    /// `milliseconds`: so long it takes for each piece.
    init(wanted: Int = .max, milliseconds: Int = 0) {
        self.wanted = wanted
        self.milliseconds = milliseconds
    }

    var bytes: [UInt8] { kept.withLock { $0.bytes } }
    var pieces: Int { kept.withLock { $0.pieces } }
    var finished: Int { kept.withLock { $0.finished } }
    var brokenOff: Int { kept.withLock { $0.brokenOff } }

    func take(_ piece: RawSpan) -> Bool {
        if milliseconds > 0 { pause(milliseconds: milliseconds) }
        return kept.withLock { kept in
            kept.pieces += 1
            unsafe piece.withUnsafeBytes { unsafe kept.bytes.append(contentsOf: $0) }
            return kept.bytes.count <= wanted
        }
    }

    func finish() -> Response {
        let count = kept.withLock { kept in
            kept.finished += 1
            return kept.bytes.count
        }
        return count > wanted ? .refusal(413, "Too much.") : .text("\(count)")
    }

    func breakOff() { kept.withLock { $0.brokenOff += 1 } }

    /// Until so many bytes are here; gives up after a while.
    func wait(for count: Int) {
        for _ in 0..<2000 where bytes.count < count { pause(milliseconds: 5) }
    }
}
