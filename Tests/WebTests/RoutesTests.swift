import Testing
import Texts
import Web

@Suite struct RoutesTests {
    @Test func `an unknown path is answered 404 in JSON`() throws {
        let playground = try Playground()
        let answer = try playground.ask("/nothing")
        #expect(answer.status == 404)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(try answer.json == ["error": .text("There is nothing under this path.")])
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "BREW", "get"])
    func `another method is answered 405 with what is allowed`(method: String) throws {
        let answer = try Playground().ask("/status", method: method)
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == "GET, HEAD")
    }

    @Test(arguments: ["GET /nothing", "POST /status", "GET /%"])
    func `a refusal ends the connection, since what follows the head was not read`(request: String) throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        client.send(request + " HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        let answers = try client.receiveAll()
        #expect(answers.hasPrefix("HTTP/1.1 4"))
        #expect(!answers.contains("healthy"))
    }

    @Test func `HEAD is answered as GET is, without the body`() throws {
        let playground = try Playground()
        let get = try playground.ask("/readyz")
        let head = try playground.ask("/readyz", method: "HEAD")
        #expect(head.status == 200)
        #expect(head.headers["content-length"] == get.headers["content-length"])
        #expect(head.body.isEmpty)
    }

    @Test(arguments: ["/healthz", "/readyz", "/status", "/metrics", "/nothing"])
    func `every answer bears the security headers`(path: String) throws {
        let answer = try Playground().ask(path)
        #expect(answer.headers["x-content-type-options"] == "nosniff")
        #expect(answer.headers["cache-control"] == "no-store")
        #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
    }

    @Test func `a route's own header stands instead of the common one, and its escapes and query are understood`() throws {
        var routes = Routes()
        routes.add(.get, "/a b/ü") { request in
            var response = Response.text(request.header("x-name") ?? "none")
            response.headers = [Header("Content-Security-Policy", "default-src 'self'")]
            return response
        }
        let answer = try Playground(more: routes).ask("/a%20b/%C3%BC?c=d", headers: ["X-Name: value"])
        #expect(answer.headers["content-security-policy"] == "default-src 'self'")
        #expect(answer.body == "value")
    }

    @Test func `a header with a line break in it does not split the answer`() throws {
        var routes = Routes()
        routes.add(.get, "/split") { _ in Response(contentType: "text/plain\r\nX-Evil: 1", body: .bytes(.init())) }
        let playground = try Playground(more: routes)
        let client = try RawClient(playground.server)
        client.send("GET /split HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.receiveAll().contains("X-Evil") == false)
        #expect(try playground.isAlive())
    }
}
