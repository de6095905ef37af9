import Dispatch
import Testing
import Web

/// Clients that cost time and connections.
@Suite struct CrowdTests {
    @Test func `a client that drips its request is cut off, though it is never idle`() throws {
        var limits = ServerLimits()
        limits.head = .milliseconds(300)
        let playground = try Playground(limits: limits)
        let client = try RawClient(playground.server)
        var drops = 0
        client.send("GET /status HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        // Far less than the head's limit, at a pace that never leaves the connection idle.
        while drops < 4000, client.send("a") {
            drops += 1
            pause(milliseconds: 5)
        }
        #expect(drops < 4000)
        #expect(try playground.isAlive())
    }

    @Test func `a client that keeps asking keeps its connection`() throws {
        var limits = ServerLimits()
        limits.head = .milliseconds(500)
        limits.idle = .seconds(1)
        let playground = try Playground(limits: limits)
        let client = try RawClient(playground.server)
        for _ in 0..<12 {
            client.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.receiveAnswer().status == 200)
            pause(milliseconds: 200)
        }
    }

    @Test func `a client that says nothing is cut off`() throws {
        var limits = ServerLimits()
        limits.idle = .seconds(1)
        let playground = try Playground(limits: limits)
        #expect(try RawClient(playground.server).receive() == nil)
        #expect(try playground.isAlive())
    }

    @Test func `a connection above the limit takes the place of one that has said nothing`() throws {
        var limits = ServerLimits()
        limits.connections = 4
        let playground = try Playground(limits: limits)
        let idlers = try (0..<12).map { _ in try RawClient(playground.server) }
        #expect(try playground.isAlive())
        withExtendedLifetime(idlers) {}
    }

    @Test(arguments: [1, 64])
    func `while one route hangs the others answer, however few connections are allowed, and its late answer still comes`(
        connections: Int
    ) throws {
        let hanging = DispatchSemaphore(value: 0)
        let released = DispatchSemaphore(value: 0)
        var routes = Routes()
        routes.add(.get, "/hang") { _ in
            hanging.signal()
            released.wait()
            return .text("at last")
        }
        var limits = ServerLimits()
        limits.connections = connections
        let playground = try Playground(limits: limits, more: routes)
        // The server cannot stop before its routes return.
        defer { withExtendedLifetime(playground) { _ = released.signal() } }
        let patient = try RawClient(playground.server)
        patient.send("GET /hang HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(hanging.wait(timeout: .now() + 20) == .success)
        for _ in 0..<40 { #expect(try playground.isAlive()) }
        released.signal()
        #expect(try patient.receiveAll().hasSuffix("at last"))
    }

    @Test func `five hundred clients that leave without a word harm nobody`() throws {
        let playground = try Playground()
        for number in 0..<500 {
            let client = try RawClient(playground.server)
            if number.isMultiple(of: 2) { client.send("GET /status HTTP/1.1\r\n") }
        }
        #expect(try playground.isAlive())
    }

    @Test func `clients at once all get whole answers`() async throws {
        let playground = try Playground()
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { try playground.ask("/status").body == TestSource.page }
            }
            return try await group.reduce(into: 0) { count, whole in count += whole ? 1 : 0 }
        }
        #expect(answers == 64)
    }
}
