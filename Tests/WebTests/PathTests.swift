import Testing
import Web

/// Which route gets a request, and what it is told of path and query.
@Suite struct PathTests {
    private func playground() throws -> Playground {
        var routes = Routes()
        for path in [
            "/api/uploads/{id}/errors", "/api/uploads/status/{id}", "/api/uploads/batches", "/api/uploads/{id}",
            "/api/{room}/batches/{id}",
        ] {
            routes.add(.get, path) { request in
                let found = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return .text(([path] + found).joined(separator: " "))
            }
        }
        routes.add(.delete, "/api/uploads/{id}") { .text("deleted \($0.parameters["id"] ?? "")") }
        routes.add(.get, "/query") { request in .text(request.query.map { "\($0.name)=\($0.value);" }.joined()) }
        return try Playground(more: routes)
    }

    @Test(arguments: [
        ("/api/uploads/7/errors", "/api/uploads/{id}/errors id=7"), ("/api/uploads/status/7", "/api/uploads/status/{id} id=7"),
        ("/api/uploads/status/errors", "/api/uploads/status/{id} id=errors"), ("/api/uploads/batches", "/api/uploads/batches"),
        ("/api/uploads/batch", "/api/uploads/{id} id=batch"), ("/api/uploads/batches/9", "/api/{room}/batches/{id} id=9 room=uploads"),
        ("/api/uploads/a%2Fb%20c", "/api/uploads/{id} id=a/b c"), ("/api/uploads/%7Bid%7D", "/api/uploads/{id} id={id}"),
        ("/api/uploads/..", "/api/uploads/{id} id=.."),
    ])
    func `a literal goes before a parameter, and a parameter is one whole segment`(path: String, said: String) throws {
        #expect(try playground().ask(path).body == said)
    }

    @Test(arguments: ["/api/uploads/", "/api/uploads//errors", "/api/uploads/7/errors/", "/api//batches/9", "/api"])
    func `a parameter is never empty`(path: String) throws {
        #expect(try playground().ask(path).status == 404)
    }

    @Test func `methods of one pattern are told apart, and a foreign one hears which there are`() throws {
        let playground = try playground()
        #expect(try playground.ask("/api/uploads/7", method: "DELETE").body == "deleted 7")
        #expect(try playground.ask("/api/uploads/7", method: "POST").headers["allow"] == "DELETE, GET, HEAD")
        #expect(try playground.ask("/api/uploads/status", method: "DELETE").body == "deleted status")
    }

    @Test(arguments: [
        ("", ""), ("?", ""), ("?a=1&b=2&a=3", "a=1;b=2;a=3;"), ("?a", "a=;"), ("?a=", "a=;"), ("?=1", "=1;"), ("?a=b=c", "a=b=c;"),
        ("?a+b=c%2Bd+e", "a b=c+d e;"), ("?x=%26%3D%3F", "x=&=?;"), ("?&&a=1&", "a=1;"), ("?n=%C3%BC", "n=ü;"), ("?a=1?b=2", "a=1?b=2;"),
        ("?a=%0A", "a=\n;"),
    ])
    func `a query is told in order, its escapes decoded`(query: String, said: String) throws {
        #expect(try playground().ask("/query" + query).body == said)
    }

    @Test(arguments: [
        ("?a=%", "a=\u{FFFD};"), ("?a=%4", "a=\u{FFFD};"), ("?a=%zz&b=1", "a=\u{FFFD};b=1;"), ("?a=%ff", "a=\u{FFFD};"),
        ("?%00=1", "\u{FFFD}=1;"), ("?a%0d%0a=1", "\u{FFFD}=1;"),
    ])
    func `what of a query is no text is nothing that anybody could mean`(query: String, said: String) throws {
        #expect(try playground().ask("/query" + query).body == said)
    }
}
