import Foundation
import Testing
import Web

/// Whatever a client does, it is answered or its connection is closed, and the next one is served.
@Suite struct HostileClientTests {
    @Test func `a huge header is refused`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("GET /status HTTP/1.1\r\nHost: x\r\nX-Long: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n")
        let answer = try client.receiveAll()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        #expect(try playground.isAlive())
    }

    @Test func `a huge path is refused`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("GET /" + String(repeating: "a", count: 1 << 20) + " HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = try client.receiveAll()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        #expect(try playground.isAlive())
    }

    @Test func `ten thousand headers are refused`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("GET /status HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 10_000) + "\r\n")
        let answer = try client.receiveAll()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        #expect(try playground.isAlive())
    }

    @Test(arguments: [
        "/../../etc/passwd", "/healthz/../status", "/%2e%2e/status", "//status", "/status/", "/STATUS", "/status%2f", "/./status", "*",
        "/;",
    ])
    func `a path that is not exactly a route's is nothing`(path: String) throws {
        #expect(try Playground().ask(path).status == 404)
    }

    @Test(arguments: ["/healthz%00", "/%00", "/%", "/%4", "/%zz", "/%ff", "/%0d%0aX-Evil:%201", "/%c0%af"])
    func `a path that is no text is no route's`(path: String) throws {
        let answer = try Playground().ask(path)
        #expect(answer.status == 404)
        #expect(answer.headers["x-evil"] == nil)
    }

    @Test(arguments: [
        "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET /healthz\0x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\r\n\r\n",
        "GET /status HTTP/1.1\r\n\r\n", "GET /status HTTP/9.9\r\nConnection: close\r\n\r\n",
        "GET http://[/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /status HTTP/1.1\r\nHost: x\r\nConnection: close\r\nNo colon here\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /status HTTP/1.1\nHost: x\nConnection: close\n folded: yes\n\n",
        "GET /status HTTP/1.1\r\nHost: x\r\nX: a\0b\r\nConnection: close\r\n\r\n",
    ])
    func `what is hardly a request is answered or closed`(request: String) throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send(request)
        client.endSending()
        _ = try client.receiveAll()
        #expect(try playground.isAlive())
    }

    @Test(arguments: [
        "Content-Length: 5\r\n\r\nhello", "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nffffffffffffffffff\r\n",
    ])
    func `a body where none belongs is refused, and what follows it is not taken for a request`(rest: String) throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("GET /status HTTP/1.1\r\nHost: x\r\n" + rest + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        let answers = try client.receiveAll()
        #expect(answers.hasPrefix("HTTP/1.1 4"))
        #expect(!answers.contains("healthy"))
        #expect(try playground.isAlive())
    }

    @Test func `a posted body without end is cut off by the answer`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("POST /status HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
        #expect(try client.receiveAll().hasPrefix("HTTP/1.1 405"))
        #expect(try playground.isAlive())
    }

    @Test func `pipelined requests are answered in order`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        let paths = ["/readyz", "/metrics", "/status", "/readyz"]
        for path in paths.dropLast() { client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n") }
        client.send("GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answers = try client.receiveAll().components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
        #expect(answers.count == 4)
        #expect(zip(answers, ["\"reasons\"", "# HELP", "\"limiter\"", "\"reasons\""]).allSatisfy { $0.contains($1) })
    }
}
