import Foundation
import Glibc
import Testing

@testable import Web

/// Where a server may listen, and how.
@Suite struct ListeningTests {
    private static func routes() -> Routes {
        var routes = Routes()
        routes.add(.get, "/who") { .text($0.client) }
        return routes
    }

    @Test func `one server listens in several places, and all of them end with it`() throws {
        let path = NSTemporaryDirectory() + "sellout-several-\(UUID().uuidString.prefix(8))"
        defer { unsafe unlink(path) }
        let places = [ListenPlace.address(.inet(host: "127.0.0.1", port: 0)), .address(.off), .address(.unix(path: path))]
        let server = try WebServer(on: places, routes: Self.routes())
        #expect(server.addresses.count == 2)
        let said = try server.addresses.map { String(decoding: try HTTPClient($0).get("/who").body, as: UTF8.self) }
        #expect(said == ["127.0.0.1", "local"])
        server.stop()
        for address in server.addresses { #expect(throws: HTTPClientFault.self) { try HTTPClient(address).get("/who") } }
    }

    @Test func `where one of several places fails, none is left behind`() throws {
        let first = try WebServer(on: .inet(host: "127.0.0.1", port: 0), routes: Self.routes())
        let free = try WebServer(on: .inet(host: "127.0.0.1", port: 0), routes: Self.routes())
        free.stop()
        #expect(throws: WebFault.self) { try WebServer(on: [.address(free.address), .address(first.address)], routes: Self.routes()) }
        #expect(throws: HTTPClientFault.unreachable(errno: ECONNREFUSED)) { try HTTPClient(free.address).get("/who") }
    }

    @Test func `a socket that was handed over is served on, and what waits in its queue with it`() throws {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let wanted = ListenAddress.inet(host: "127.0.0.1", port: 0)
        #expect(unsafe wanted.withName { unsafe bind(number, $0, $1) } == 0)
        #expect(listen(number, 16) == 0)
        // Whoever keeps a copy, as a service manager does, keeps the queue.
        let kept = dup(number)
        defer { close(kept) }
        let server = try WebServer(on: [.inherited(number)], routes: Self.routes())
        guard case .inet("127.0.0.1", let port) = server.address, port > 0 else { return #expect(Bool(false)) }
        #expect(try HTTPClient(server.address).get("/who").status == 200)
        server.stop()
        let waiting = try RawClient(server)
        waiting.send("GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let second = try WebServer(on: [.inherited(dup(kept))], routes: Self.routes())
        #expect(try waiting.receiveAll().hasSuffix("127.0.0.1"))
        #expect(second.address == server.address)
    }

    @Test func `what was handed over and does not listen is refused with a sentence`() throws {
        let file = unsafe open("/dev/null", O_RDONLY)
        let datagrams = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        let deaf = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        for number in [file, datagrams, deaf] {
            let fault = #expect(throws: WebFault.self) { try WebServer(on: [.inherited(number)], routes: Self.routes()) }
            #expect(
                fault?.description
                    == "Listen on the socket that was handed over, number \(number) failed. It is no stream socket that listens.")
        }
    }

    @Test(arguments: [
        ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("[::1]:1", true), ("[::ffff:127.0.0.1]:1", true), ("unix:/run/x", true),
        ("off", true),
        ("0.0.0.0:1", false), ("[::]:1", false), ("192.0.2.1:1", false), ("[2001:db8::1]:1", false), ("[::ffff:192.0.2.1]:1", false),
        ("128.0.0.1:1", false),
    ])
    func `an address that others reach wants TLS, its own or a proxy's`(text: String, isLoopback: Bool) throws {
        let address = try ListenAddress(parsing: text)
        #expect(address.isLoopback == isLoopback)
        try Exposure.check([address], hasTLS: true, isBehindProxy: false)
        try Exposure.check([address], hasTLS: false, isBehindProxy: true)
        do throws(Exposure.Refused) {
            try Exposure.check([.off, address], hasTLS: false, isBehindProxy: false)
            #expect(isLoopback)
        } catch {
            #expect(!isLoopback)
            #expect(error.description.hasPrefix("\(text) is reached from other machines:"))
        }
    }

    @Test(arguments: [
        ([], "127.0.0.1"), (["192.0.2.7"], "192.0.2.7"), (["10.0.0.1, 192.0.2.7"], "192.0.2.7"),
        (["10.0.0.1", "2001:db8::1"], "2001:db8::1"),
        (["192.0.2.7, evil"], "127.0.0.1"), (["192.0.2.7,"], "192.0.2.7"), ([""], "127.0.0.1"), (["1.2.3.4\u{1b}[31m"], "127.0.0.1"),
    ])
    func `behind a proxy the client is whom the proxy names last, elsewhere nobody may name it`(said: [String], client: String) throws {
        for isBehindProxy in [true, false] {
            var settings = ServerSettings()
            settings.isBehindProxy = isBehindProxy
            let server = try #require(try WebServer.start(on: .inet(host: "127.0.0.1", port: 0), routes: Self.routes(), settings: settings))
            let raw = try RawClient(server)
            raw.send("GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + said.map { "X-Forwarded-For: \($0)\r\n" }.joined() + "\r\n")
            #expect(try RawAnswer(raw.receiveAll())?.body == (isBehindProxy ? client : "127.0.0.1"))
        }
    }

    @Test func `a stop with patience lets a request end, takes no new one, and says that the connection ends`() throws {
        let (entered, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        var routes = Routes()
        routes.add(.get, "/hang") { _ in
            entered.signal()
            released.wait()
            return .text("at last")
        }
        let server = try WebServer(on: .inet(host: "127.0.0.1", port: 0), routes: routes)
        let client = try RawClient(server)
        client.send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n")
        entered.wait()
        let stopping = Thread { server.stop(patience: .seconds(20)) }
        stopping.start()
        pause(milliseconds: 100)
        released.signal()
        let answer = try #require(RawAnswer(client.receiveAll()))
        #expect(answer.body == "at last")
        #expect(answer.headers["connection"]?.lowercased() == "close")
        while !stopping.isFinished { pause(milliseconds: 5) }
        #expect(throws: (any Error).self) { try RawClient(server) }
    }

    @Test func `a stop without patience does not wait for clients, only for routes`() throws {
        let server = try WebServer(on: .inet(host: "127.0.0.1", port: 0), routes: .echo)
        let client = try RawClient(server)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")
        pause(milliseconds: 50)
        server.stop()
        #expect(try client.receiveAll() == "")
    }
}
