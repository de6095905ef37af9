import Foundation
import Glibc
import Synchronization
import Testing
import Web

/// Many clients at once that mean harm. The server answers others meanwhile; bounds on time are wide, what was measured is printed.
@Suite(.serialized) struct SiegeTests {
    /// How long `/healthz` takes at its slowest of a few times, each on a connection of its own.
    private func slowestAnswer(_ playground: Playground, times: Int = 20) throws -> Duration {
        var slowest = Duration.zero
        for _ in 0..<times {
            let start = ContinuousClock.now
            #expect(try playground.isAlive())
            slowest = max(slowest, start.duration(to: .now))
        }
        return slowest
    }

    @Test(arguments: [ServerLimits(), .open])
    func `two thousand connections that never finish their heads keep nobody out`(limits: ServerLimits) throws {
        let playground = try Playground(limits: limits)
        let before = Memory.resident
        var crowd: [RawClient] = []
        for _ in 0..<2000 {
            let client = try RawClient(playground.server)
            client.send("GET /status HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            crowd.append(client)
        }
        let slowest = try slowestAnswer(playground)
        for client in crowd { client.send("a") }
        let again = try slowestAnswer(playground)
        print(
            "2,000 connections of one address, \(limits.connections) allowed: /healthz \(slowest) and \(again), \((Memory.resident - before) >> 10) KiB"
        )
        #expect(max(slowest, again) < .seconds(5))
    }

    @Test func `four thousand kept connections cost little memory, and more find their place`() throws {
        var limits = ServerLimits.open
        limits.connectionsPerAddress = nil
        let playground = try Playground(limits: limits)
        let before = Memory.resident
        var crowd: [RawClient] = []
        for _ in 0..<4300 {
            let client = try RawClient(playground.server)
            client.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
            crowd.append(client)
        }
        for client in crowd.suffix(100) { #expect(try client.receiveAnswer().status == 200) }
        let slowest = try slowestAnswer(playground)
        print("4,096 connections with an answer each: \((Memory.resident - before) >> 10) KiB, /healthz \(slowest)")
        #expect(Memory.resident - before < 400 << 20)
    }

    @Test func `while every worker hangs, and connections come and go, the quick routes answer`() throws {
        let released = Mutex(false)
        var routes = Routes()
        routes.add(.get, "/hang") { _ in
            while !released.withLock({ $0 }) { pause(milliseconds: 5) }
            return .text("at last")
        }
        let playground = try Playground(limits: .open, more: routes)
        defer { released.withLock { $0 = true } }
        let crowd = try (0..<200).map { _ in
            let client = try RawClient(playground.server)
            client.send("GET /hang HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return client
        }
        let slowest = try slowestAnswer(playground, times: 200)
        print("200 requests of a slow route that hangs: /healthz \(slowest)")
        #expect(slowest < .seconds(5))
        released.withLock { $0 = true }
        for client in crowd { #expect(try client.receiveAll().hasSuffix("at last")) }
    }

    @Test func `a flood of headers is refused, over and over`() throws {
        let playground = try Playground()
        for count in [101, 400, 100_000] {
            let client = try RawClient(playground.server)
            client.send("GET /status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + String(repeating: "A: b\r\n", count: count) + "\r\n")
            let answer = try client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 431") || count == 100_000 && answer.isEmpty)
        }
        #expect(try playground.isAlive())
    }

    @Test func `a gibibyte that is announced is refused before it comes, and a flood that comes all the same is cut`() throws {
        let playground = try Playground(more: .echo)
        let answer = try playground.exchange("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n")
        #expect(answer.status == 413)
        let client = try RawClient(playground.server)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 65, count: 1 << 20) + Array("\r\n".utf8)
        var sent = 0
        while sent < 1024, client.send(chunk) { sent += 1 }
        #expect(sent < 1024)
        print("Of 1,024 MiB that nobody wanted, \(sent) were read")
        #expect(try playground.isAlive())
    }

    @Test func `ten thousand requests in one breath are answered in order`() throws {
        let playground = try Playground()
        let client = try RawClient(playground.server)
        let count = 10_000
        let sender = Thread { for _ in 0..<count { client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") } }
        sender.start()
        var answers = 0
        var rest: [UInt8] = []
        let mark = Array("\"parts\"".utf8)
        while answers < count, let bytes = try client.receive() {
            rest += bytes
            while let found = rest.firstRange(of: mark) {
                answers += 1
                rest.removeFirst(found.upperBound)
            }
        }
        #expect(answers == count)
    }

    @Test func `a body that drips is cut, though it is never idle, and one that flows is not`() throws {
        var limits = ServerLimits()
        limits.grace = .milliseconds(500)
        limits.slowest = 1 << 20
        let sink = Sink()
        let playground = try Playground(limits: limits, more: Routes.receiving(sink))
        let client = try RawClient(playground.server)
        client.send("POST /full HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")
        var drops = 0
        while drops < 4000, client.send("a") {
            drops += 1
            pause(milliseconds: 2)
        }
        #expect(drops < 4000)
        let quick = try RawClient(playground.server)
        quick.send("POST /full HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20000000\r\n\r\n")
        for _ in 0..<20 {
            quick.send([UInt8](repeating: 65, count: 1_000_000))
            pause(milliseconds: 50)
        }
        #expect(try quick.receiveAll().hasPrefix("HTTP/1.1 200"))
    }

    @Test func `who does not take its answer is cut`() throws {
        var limits = ServerLimits()
        limits.grace = .milliseconds(300)
        limits.slowest = 1 << 30
        var routes = Routes()
        routes.add(.get, "/big") { _ in Response(contentType: "text/plain", body: .bytes(.init(repeating: 65, count: 64 << 20))) }
        let playground = try Playground(limits: limits, more: routes)
        let client = try RawClient(playground.server)
        client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        pause(milliseconds: 1000)
        #expect(try client.receiveAll().utf8.count < 64 << 20)
    }
}

enum Memory {
    /// What the process holds of the machine's memory, in bytes.
    static var resident: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
