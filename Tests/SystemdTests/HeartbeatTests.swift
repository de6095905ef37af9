import Glibc
import Synchronization
import Systemd
import Testing

/// Time as a test sets it.
struct TestClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}

    static func at(_ seconds: Int) -> Instant { Instant(offset: .seconds(seconds)) }
}

@Suite struct HeartbeatTests {
    private func heartbeat() -> Heartbeat<TestClock> {
        Heartbeat(parts: ["watcher", "limiter", "ledger"], patience: .seconds(30))
    }

    @Test func `the first beat is due at once, and every part is asked`() {
        var heartbeat = heartbeat()
        let action = heartbeat.tick(at: TestClock.at(0))
        #expect(action.isBeatDue)
        #expect(action.ask == ["ledger", "limiter", "watcher"])
    }

    @Test func `while all parts answer the beat goes on for good`() {
        var heartbeat = heartbeat()
        for round in 0..<100 {
            let action = heartbeat.tick(at: TestClock.at(round * 10))
            #expect(action.isBeatDue)
            for part in action.ask { heartbeat.answered(part) }
        }
    }

    @Test(arguments: ["watcher", "limiter", "ledger"])
    func `one stuck part stops the beat after the interval, and its late answer starts it again`(stuck: String) {
        var heartbeat = heartbeat()
        for seconds in stride(from: 0, through: 30, by: 10) {
            let action = heartbeat.tick(at: TestClock.at(seconds))
            #expect(action.isBeatDue)
            for part in action.ask where part != stuck { heartbeat.answered(part) }
        }
        #expect(heartbeat.tick(at: TestClock.at(40)).silent == [stuck])
        #expect(heartbeat.silentParts(at: TestClock.at(40)) == [stuck])
        for part in ["watcher", "limiter", "ledger"] { heartbeat.answered(part) }
        #expect(heartbeat.tick(at: TestClock.at(50)).isBeatDue)
    }

    @Test func `a part that owes an answer is not asked again until it has given it`() {
        var heartbeat = heartbeat()
        _ = heartbeat.tick(at: TestClock.at(0))
        heartbeat.answered("ledger")
        #expect(heartbeat.tick(at: TestClock.at(10)).ask == ["ledger"])
    }

    @Test func `an answer from an unknown part changes nothing`() {
        var heartbeat = heartbeat()
        _ = heartbeat.tick(at: TestClock.at(0))
        heartbeat.answered("stranger")
        #expect(heartbeat.silentParts(at: TestClock.at(31)) == ["ledger", "limiter", "watcher"])
        #expect(heartbeat.tick(at: TestClock.at(31)).ask == [])
    }

    @Test func `a driver that comes back late blames no part`() {
        var heartbeat = heartbeat()
        for part in heartbeat.tick(at: TestClock.at(0)).ask { heartbeat.answered(part) }
        #expect(heartbeat.tick(at: TestClock.at(3600)).isBeatDue)
    }
}

/// The driver against a notify socket. Waits only for what has to come.
@Suite struct HeartbeatDriverTests {
    @Test func `the watchdog is fed while the parts answer`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            let driver = HeartbeatDriver(questions: ["ledger": { $0() }], interval: .milliseconds(200))
            for _ in 0..<10 { #expect(try manager.receive() == "WATCHDOG=1") }
            withExtendedLifetime(driver) {}
        }
    }

    @Test func `a stuck part stops the watchdog and is named in the status, and its answer feeds it again`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            let owed = Mutex<[@Sendable () -> Void]>([])
            let isStuck = Mutex(true)
            let driver = HeartbeatDriver(
                questions: [
                    "limiter": { $0() },
                    "ledger": { answer in if isStuck.withLock({ $0 }) { owed.withLock { $0.append(answer) } } else { answer() } },
                ], interval: .milliseconds(200))
            var notification = try manager.receive()
            #expect(notification == "WATCHDOG=1")
            for _ in 0..<100 where notification == "WATCHDOG=1" { notification = try manager.receive() }
            #expect(notification == "STATUS=Not answering: ledger.")
            #expect(driver.silentParts == ["ledger"])
            for _ in 0..<5 { #expect(try manager.receive() == "STATUS=Not answering: ledger.") }
            isStuck.withLock { $0 = false }
            for answer in owed.withLock({ $0 }) { answer() }
            for _ in 0..<100 where notification != "WATCHDOG=1" { notification = try manager.receive() }
            #expect(notification == "WATCHDOG=1")
        }
    }

    @Test func `a driver that nobody holds ends`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            var driver: HeartbeatDriver? = HeartbeatDriver(questions: [:], interval: .milliseconds(40))
            #expect(driver?.silentParts == [])
            #expect(try manager.receive() == "WATCHDOG=1")
            weak let held = driver
            driver = nil
            // Its own timer may hold it for the length of one beat.
            for _ in 0..<100_000 where held != nil { sched_yield() }
            #expect(held == nil)
        }
    }
}
