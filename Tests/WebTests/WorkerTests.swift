import Dispatch
import Glibc
import Synchronization
import Testing
import Web

/// What runs on workers while its connection is held.
@Suite struct WorkerTests {
    @Test func `a slow delivery makes its client wait, gets everything in order, and keeps nobody else waiting`() throws {
        let sink = SlowSink()
        var routes = Routes()
        routes.add(.post, "/slow", receive: { _ in .delivery(sink) })
        let playground = try Playground(more: routes)
        let before = Memory.resident
        let body = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 5) }
        let client = try RawClient(playground.server)
        client.send("POST /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(body.count)\r\n\r\n")
        let sender = DispatchQueue(label: "sender")
        sender.async { client.send(body) }
        var slowest = Duration.zero
        while sink.count < body.count / 2 {
            let start = ContinuousClock.now
            #expect(try playground.isAlive())
            slowest = max(slowest, start.duration(to: .now))
        }
        print("beside a slow delivery: /healthz \(slowest), \((Memory.resident - before) >> 10) KiB")
        #expect(try client.receiveAll().hasSuffix("\(body.count)"))
        #expect(sink.bytes == body)
        #expect(slowest < .seconds(5))
    }

    @Test func `who asks before sending to a delivery is told to go on, or is refused, by what a worker decides`() throws {
        let playground = try Playground(more: Routes.receiving(Sink()))
        let client = try RawClient(playground.server)
        client.send("POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        let first = try #require(try client.receive())
        #expect(String(decoding: first, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("hello")
        #expect(try client.receiveAll().hasSuffix("5"))
        let refused = try playground.exchange("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        #expect(refused.status == 403)
    }

    @Test func `a server that stops while a worker decides breaks off what it decided, once`() throws {
        let (entered, released) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let sink = Sink()
        var routes = Routes()
        routes.add(.post, "/late") { _ in
            entered.signal()
            released.wait()
            return .delivery(sink)
        }
        let playground = try Playground(more: routes)
        let client = try RawClient(playground.server)
        client.send("POST /late HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
        entered.wait()
        DispatchQueue(label: "release").asyncAfter(deadline: .now() + 0.2) { released.signal() }
        playground.server.stop()
        #expect((sink.finished, sink.brokenOff) == (0, 1))
        withExtendedLifetime(client) {}
    }

    @Test func `clients that go while a worker is at it harm nobody`() throws {
        var routes = Routes()
        routes.add(.get, "/slow") { _ in
            pause(milliseconds: 2)
            return .text("slow")
        }
        let playground = try Playground(more: routes)
        for number in 0..<300 {
            let client = try RawClient(playground.server)
            client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            if number.isMultiple(of: 2) { client.willReset() }
        }
        // On a busy machine those that have gone hold their places for a while, and who comes then is sent away.
        var answer: RawAnswer?
        for _ in 0..<500 where answer == nil {
            let client = try RawClient(playground.server)
            client.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = RawAnswer(try client.receiveAll())
            if answer == nil { pause(milliseconds: 20) }
        }
        #expect(answer?.body == "slow")
    }

    @Test func `slow requests in one breath are answered in order, and HEAD without a body`() throws {
        var routes = Routes()
        routes.add(.get, "/slow/{number}") { .text("answer \($0.parameters["number"] ?? "").") }
        let playground = try Playground(more: routes)
        let client = try RawClient(playground.server)
        DispatchQueue(label: "sender").async {
            for number in 0..<2000 { client.send("GET /slow/\(number) HTTP/1.1\r\nHost: x\r\n\r\n") }
            client.send("HEAD /slow/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        }
        let answers = try client.receiveAll()
        let numbers = answers.split(separator: "answer ").dropFirst().compactMap { $0.prefix { $0 != "." } }
        #expect(numbers == (0..<2000).map { "\($0)"[...] })
        #expect(answers.contains("Content-Length: 12\r\n"))
        #expect(answers.hasSuffix("\r\n\r\n"))
    }

    @Test func `more slow requests than workers wait their turn, and all are answered`() async throws {
        let running = Mutex(0)
        let most = Mutex(0)
        var routes = Routes()
        routes.add(.get, "/slow") { _ in
            let now = running.withLock { running in
                running += 1
                return running
            }
            most.withLock { $0 = max($0, now) }
            pause(milliseconds: 2)
            running.withLock { $0 -= 1 }
            return .text("slow")
        }
        var limits = ServerLimits()
        limits.workers = 3
        let playground = try Playground(limits: limits, more: routes)
        let clients = try (0..<60).map { _ in try RawClient(playground.server) }
        for client in clients { client.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
        for client in clients { #expect(try client.receiveAll().hasSuffix("slow")) }
        #expect(most.withLock { $0 } == 3)
    }
}

/// A delivery to a disk that is slower than the network.
private final class SlowSink: Delivery {
    private let kept = Mutex<[UInt8]>([])

    var bytes: [UInt8] { kept.withLock { $0 } }
    var count: Int { kept.withLock { $0.count } }

    func take(_ piece: RawSpan) -> Bool {
        pause(milliseconds: 5)
        kept.withLock { kept in unsafe piece.withUnsafeBytes { unsafe kept.append(contentsOf: $0) } }
        return true
    }

    func finish() -> Response { .text("\(count)") }

    func breakOff() {}
}
