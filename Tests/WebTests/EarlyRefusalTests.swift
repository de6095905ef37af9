import Synchronization
import Testing
import Web

/// Bodies that are too large: who sends them hears it before their end, and also when they listen only then.
@Suite struct EarlyRefusalTests {
    private static let refusal = Response.refusal(413, "Too much.")

    private static func routes(_ sink: Measured) -> Routes {
        var routes = Routes()
        routes.add(.post, "/announced", receive: { _ in .refuseAtOnce(refusal) })
        routes.add(.post, "/measured", receive: { _ in .delivery(sink) })
        return routes
    }

    /// Takes a hundred bytes and not one more.
    final class Measured: Delivery {
        private let seen = Mutex((size: 0, finished: 0, brokenOff: 0))

        var finished: Int { seen.withLock { $0.finished } }
        var brokenOff: Int { seen.withLock { $0.brokenOff } }

        func take(_ piece: RawSpan) -> Bool {
            seen.withLock { seen in
                seen.size += piece.byteCount
                return seen.size <= 100
            }
        }

        func finish() -> Response {
            seen.withLock { $0.finished += 1 }
            return .text("whole")
        }

        func breakOff() { seen.withLock { $0.brokenOff += 1 } }

        var earlyRefusal: Response? { seen.withLock { $0.size > 100 } ? EarlyRefusalTests.refusal : nil }
    }

    private func head(_ path: String, _ framing: String) -> String { "POST \(path) HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n" }

    @Test(arguments: ["Content-Length: 8000000", "Content-Length: 1099511627776", "Content-Length: 9\r\nExpect: 100-continue"])
    func `what a head announces is refused before a byte of it has come`(framing: String) throws {
        let playground = try Playground(more: Self.routes(Measured()))
        let client = try RawClient(playground.server)
        client.send(head("/announced", framing))
        let answer = try #require(RawAnswer(client.receiveAll()))
        #expect(answer.status == 413 && answer.body.contains("Too much."))
        #expect(try playground.isAlive())
    }

    @Test(arguments: ["/announced", "/measured"])
    func `who sends it all first and listens later hears the same`(path: String) throws {
        let playground = try Playground(more: Self.routes(Measured()))
        let client = try RawClient(playground.server)
        client.send(head(path, "Content-Length: 8000000"))
        #expect(client.send([UInt8](repeating: 65, count: 8_000_000)))
        #expect(RawAnswer(try client.receiveAll())?.status == 413)
    }

    @Test func `a body without a length is refused as soon as it is too long, and let go of once`() throws {
        let sink = Measured()
        let playground = try Playground(more: Self.routes(sink))
        let client = try RawClient(playground.server)
        client.send(head("/measured", "Transfer-Encoding: chunked"))
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 65, count: 65_536) + Array("\r\n".utf8)
        // As much as shows it, and no end.
        for _ in 0..<8 { client.send(chunk) }
        let answer = try #require(RawAnswer(client.receiveAll()))
        #expect(answer.status == 413 && answer.headers["connection"] == "close" && answer.isWhole)
        // The client may have its answer before the connection's end is known here.
        for _ in 0..<1000 where sink.brokenOff == 0 { pause(milliseconds: 10) }
        #expect(sink.finished == 0 && sink.brokenOff == 1)
        #expect(try playground.isAlive())
    }

    @Test func `what is small enough is answered as ever`() throws {
        let sink = Measured()
        let playground = try Playground(more: Self.routes(sink))
        let client = try RawClient(playground.server)
        client.send(head("/measured", "Connection: close\r\nContent-Length: 100") + String(repeating: "A", count: 100))
        #expect(try client.receiveAll().hasSuffix("whole"))
        #expect(sink.finished == 1 && sink.brokenOff == 0)
    }
}
