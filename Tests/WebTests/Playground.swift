import Testing
import Web

/// A server on a port of its own, with the status routes over a source of the test's.
struct Playground {
    let source = TestSource()
    let tally = Tally()
    let server: WebServer

    init(limits: ServerLimits = ServerLimits(), address: String = "127.0.0.1:0", more: Routes = Routes()) throws {
        let routes = Routes.status(of: source, tally: tally).adding(more)
        server = try WebServer(on: ListenAddress(parsing: address), routes: routes, limits: limits)
    }

    func ask(_ target: String, method: String = "GET", headers: [String] = []) throws -> RawAnswer {
        let client = try RawClient(server)
        let head = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        client.send(head.joined(separator: "\r\n") + "\r\n\r\n")
        return try #require(RawAnswer(client.receiveAll()))
    }

    /// The server still serves.
    func isAlive() throws -> Bool { try ask("/healthz").status == 200 }
}
