import Glibc
import Testing
import Web

@Suite struct WebServerTests {
    @Test func `an address in use is refused with the address and a way out`() throws {
        let first = try Playground()
        let fault = #expect(throws: WebFault.self) { try WebServer(on: first.server.address, routes: Routes()) }
        #expect(fault?.errno == EADDRINUSE)
        #expect(fault?.description.contains(first.server.address.description) == true)
        #expect(fault?.description.hasSuffix("Another program listens there; choose another port, or off.") == true)
    }

    @Test func `an address of another machine is refused`() throws {
        let fault = #expect(throws: WebFault.self) { try WebServer(on: .inet(host: "192.0.2.1", port: 0), routes: Routes()) }
        #expect(fault?.errno == EADDRNOTAVAIL)
    }

    @Test func `off starts nothing`() throws {
        #expect(try WebServer.start(on: .off, routes: Routes()) == nil)
    }

    @Test func `a stopped server closes its connections and frees its port, and stopping twice is harmless`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.receiveAnswer().status == 200)
        playground.server.stop()
        playground.server.stop()
        #expect(try client.receive() == nil)
        #expect(throws: (any Error).self) { try RawClient(playground.server) }
        let second = try WebServer(on: playground.server.address, routes: Routes())
        #expect(second.address == playground.server.address)
    }

    @Test func `it listens on IPv6 too`() throws {
        #expect(try Playground(address: "[::1]:0").ask("/healthz").status == 200)
    }
}
