import Foundation
import Glibc
import Linux
import Testing
import Web

/// What the client makes of a server, ours and worse ones.
@Suite struct HTTPClientTests {
    private static func server(_ path: String) throws -> WebServer {
        var routes = Routes.echo.adding(.receiving(Sink(wanted: 9_000_000)))
        routes.add(.get, "/big") { _ in Response(contentType: "text/plain", body: .bytes(.init(repeating: 66, count: 3_000_000))) }
        routes.add(.get, "/who") { .text("\($0.client) \($0.header("x-a") ?? "-") \($0.asked("q") ?? "-")") }
        return try WebServer(on: .unix(path: path), routes: routes)
    }

    private static func path() -> String { NSTemporaryDirectory() + "sellout-client-\(UUID().uuidString.prefix(8))" }

    @Test func `it asks our server over a Unix socket, with headers, a query and bodies`() throws {
        let path = Self.path()
        let server = try Self.server(path)
        defer { unsafe unlink(path) }
        let client = HTTPClient(server.address)
        let who = try client.get("/who?q=a%20b", headers: [Header("X-A", "1")])
        #expect(who.status == 200)
        #expect(String(decoding: who.body, as: UTF8.self) == "local 1 a b")
        #expect(who.header("content-type") == "text/plain; charset=utf-8")
        #expect(try client.ask(.patch, "/echo", body: .bytes(Array("hello".utf8))).body == Array("PATCH hello".utf8))
        #expect(try client.ask(.post, "/full", body: .bytes(.init(repeating: 1, count: 8_000_000))).body == Array("8000000".utf8))
        #expect(try client.get("/nothing").status == 404)
        server.stop()
        #expect(throws: HTTPClientFault.unreachable(errno: ECONNREFUSED)) { try client.get("/who") }
    }

    @Test func `it sends a file, and a file that has become shorter is a fault`() throws {
        let path = Self.path()
        let server = try Self.server(path)
        let file = try Descriptor(opening: path + ".file", flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        defer { unsafe _ = (unlink(path), unlink(path + ".file")) }
        try file.write([UInt8](repeating: 7, count: 200_000))
        let client = HTTPClient(server.address)
        #expect(try client.ask(.post, "/full", body: .file(file, size: 200_000)).body == Array("200000".utf8))
        #expect(throws: HTTPClientFault.broken("The file is shorter than it was.")) {
            try client.ask(.post, "/full", body: .file(file, size: 300_000))
        }
    }

    @Test func `it asks over TCP too`() throws {
        let playground = try Playground()
        #expect(try HTTPClient(playground.server.address).get("/healthz").status == 200)
        playground.server.stop()
        #expect(throws: HTTPClientFault.unreachable(errno: ECONNREFUSED)) { try HTTPClient(playground.server.address).get("/healthz") }
    }

    @Test func `an answer above the limit is a fault, and in pieces it comes whole`() throws {
        let path = Self.path()
        let server = try Self.server(path)
        defer { unsafe unlink(path) }
        #expect(throws: HTTPClientFault.tooLong(limit: 1000)) { try HTTPClient(server.address, longestBody: 1000).get("/big") }
        var count = 0
        let reply = try HTTPClient(server.address, longestBody: 1000).fetch(.get, "/big") { head, piece in
            count += head.status == 200 ? piece.byteCount : 0
            return true
        }
        #expect((reply.status, reply.body.count, count) == (200, 0, 3_000_000))
        _ = try HTTPClient(server.address).fetch(.get, "/big") { _, piece in
            count = piece.byteCount
            return false
        }
        #expect(count < 3_000_000)
    }

    @Test func `a body that is not wanted gets the server's refusal all the same`() throws {
        let path = Self.path()
        let server = try Self.server(path)
        defer { unsafe unlink(path) }
        for target in ["/echo", "/nothing", "/refuse"] {
            #expect(
                [403, 404, 413].contains(
                    try HTTPClient(server.address).ask(.post, target, body: .bytes(.init(repeating: 1, count: 2_000_000))).status))
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"), ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", ""),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nT: x\r\n\r\n",
            "hello"
        ),
        ("HTTP/1.0 204 No Content\r\n\r\n", ""), ("HTTP/1.1 200 OK\r\ncontent-length:5 \r\n\r\nhello", nil),
    ])
    func `an answer is read as it is written, in one piece or byte by byte`(answer: String, body: String?) throws {
        for pieces in [[answer], answer.unicodeScalars.map { String($0) }] {
            let server = try CannedServer(pieces)
            let reply = try? HTTPClient(server.address).get("/x")
            #expect(reply.map { String(decoding: $0.body, as: UTF8.self) } == body)
            #expect(server.request == "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        }
    }

    @Test(arguments: [
        "", "\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nno length", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhh",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b",
        "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 40_000) + "\r\n\r\n",
        String(repeating: "HTTP/1.1 100 C\r\n\r\n", count: 20),
        String(repeating: "x", count: 100_000),
    ])
    func `an answer that is broken, endless or cut short is a fault`(answer: String) throws {
        let server = try CannedServer([answer])
        let fault = #expect(throws: HTTPClientFault.self) { try HTTPClient(server.address).get("/x") }
        guard case .broken = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    }

    @Test func `a server that drips or says nothing is given up at the deadline`() throws {
        let dripping = try CannedServer(["HTTP/1.1 200 OK\r\n"] + .init(repeating: "A: b\r\n", count: 200), pause: 10)
        #expect(throws: HTTPClientFault.late) { try HTTPClient(dripping.address, deadline: .milliseconds(150)).get("/x") }
        let silent = try CannedServer([], staysOpen: true)
        #expect(throws: HTTPClientFault.late) { try HTTPClient(silent.address, deadline: .milliseconds(100)).get("/x") }
        let deaf = try CannedServer([], staysOpen: true, waitsForRequest: false)
        #expect(throws: HTTPClientFault.late) {
            try HTTPClient(deaf.address, deadline: .milliseconds(100)).ask(.post, "/x", body: .bytes(.init(repeating: 1, count: 5_000_000)))
        }
    }

    @Test(arguments: ["/a b", "/a\r\nX: y", "/a\u{0}"]) func `a target that would split the request is not sent`(target: String) throws {
        let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        #expect(throws: HTTPClientFault.self) { try HTTPClient(server.address).get(target) }
        #expect(throws: HTTPClientFault.self) { try HTTPClient(server.address).get("/", headers: [Header("A", target + "\n")]) }
    }

    @Test func `nobody there is said as it is`() {
        #expect(throws: HTTPClientFault.unreachable(errno: ENOENT)) { try HTTPClient(.unix(path: "/nowhere/x.sock")).get("/") }
        #expect(HTTPClientFault.unreachable(errno: ENOENT).description == "The server is not reached: No such file or directory.")
    }
}
