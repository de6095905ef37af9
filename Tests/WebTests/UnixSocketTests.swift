import Foundation
import Glibc
import Linux
import Testing
import Web

/// Listening on a Unix socket.
@Suite struct UnixSocketTests {
    private let path = NSTemporaryDirectory() + "sellout-listen-\(UUID().uuidString.prefix(8))"

    private func routes() -> Routes {
        var routes = Routes()
        routes.add(.get, "/") { .text($0.client) }
        return routes
    }

    @Test func `a socket of the wanted mode is there, and who connects is local`() throws {
        defer { unsafe unlink(path) }
        let server = try WebServer(on: .unix(path: path, mode: 0o620), routes: routes())
        #expect(try HTTPClient(server.address).get("/").body == Array("local".utf8))
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o620)
        #expect(unsafe access(path + ".new", F_OK) != 0)
    }

    @Test func `a stale socket is replaced, a live one is left to its owner`() throws {
        defer { unsafe unlink(path) }
        let first = try WebServer(on: .unix(path: path), routes: routes())
        let fault = #expect(throws: WebFault.self) { try WebServer(on: .unix(path: path), routes: routes()) }
        #expect(fault?.errno == EADDRINUSE)
        #expect(fault?.description.hasPrefix("Listen on unix:\(path): Address already in use.") == true)
        #expect(try HTTPClient(first.address).get("/").status == 200)
        first.stop()
        let second = try WebServer(on: .unix(path: path), routes: routes())
        #expect(try HTTPClient(second.address).get("/").status == 200)
    }

    @Test func `a file that is no socket is left alone`() throws {
        defer { unsafe unlink(path) }
        _ = try Descriptor(opening: path, flags: O_WRONLY | O_CREAT, mode: 0o600)
        let fault = #expect(throws: WebFault.self) { try WebServer(on: .unix(path: path), routes: routes()) }
        #expect(fault?.description.hasSuffix("What stands there is no socket; it is left alone.") == true)
        #expect(throws: WebFault.self) { try WebServer(on: .unix(path: "/nowhere/x.sock"), routes: routes()) }
    }
}
