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
    private func heartbeat() -> Heartbeat<TestClock> { Heartbeat(patience: .seconds(30)) }

    @Test func `what owes nothing, or owes since just now, is alive`() {
        var heartbeat = heartbeat()
        #expect(heartbeat.silentParts(at: TestClock.at(0)) == [])
        heartbeat.look(["ledger": TestClock.at(0)], at: TestClock.at(0))
        #expect(heartbeat.silentParts(at: TestClock.at(30)) == [])
    }

    @Test func `while all parts answer they live for good`() {
        var heartbeat = heartbeat()
        for round in 0..<100 {
            heartbeat.look(["watcher": TestClock.at(round * 10), "ledger": TestClock.at(round * 10 - 5)], at: TestClock.at(round * 10))
            #expect(heartbeat.silentParts(at: TestClock.at(round * 10)) == [])
        }
    }

    @Test(arguments: ["watcher", "ledger"])
    func `one stuck part is silent after the interval, and its late answer gives it life again`(stuck: String) {
        var heartbeat = heartbeat()
        for seconds in stride(from: 0, through: 40, by: 10) {
            var owed = ["watcher": TestClock.at(seconds), "ledger": TestClock.at(seconds)]
            owed[stuck] = TestClock.at(0)
            heartbeat.look(owed, at: TestClock.at(seconds))
            #expect(heartbeat.silentParts(at: TestClock.at(seconds)) == (seconds > 30 ? [stuck] : []))
        }
        heartbeat.look(["watcher": TestClock.at(50)], at: TestClock.at(50))
        #expect(heartbeat.silentParts(at: TestClock.at(50)) == [])
    }

    @Test func `one who looks late blames no part`() {
        var heartbeat = heartbeat()
        heartbeat.look(["ledger": TestClock.at(0)], at: TestClock.at(0))
        heartbeat.look(["ledger": TestClock.at(5)], at: TestClock.at(3600))
        #expect(heartbeat.silentParts(at: TestClock.at(3600)) == [])
        #expect(heartbeat.silentParts(at: TestClock.at(3631)) == ["ledger"])
    }
}

/// The driver against a notify socket. Waits only for what has to come.
@Suite struct HeartbeatDriverTests {
    @Test func `the watchdog is fed while the parts answer`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            let driver = HeartbeatDriver(interval: .milliseconds(200)) { ["ledger": .now] }
            for _ in 0..<10 { #expect(try manager.receive() == "WATCHDOG=1") }
            withExtendedLifetime(driver) {}
        }
    }

    @Test func `a stuck part stops the watchdog and is named in the status, and its answer feeds it again`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            let began = SuspendingClock.now
            let isStuck = Mutex(true)
            let driver = HeartbeatDriver(interval: .milliseconds(200)) {
                ["watcher": .now, "ledger": isStuck.withLock { $0 } ? began : .now]
            }
            var notification = try manager.receive()
            #expect(notification == "WATCHDOG=1")
            for _ in 0..<100 where notification == "WATCHDOG=1" { notification = try manager.receive() }
            #expect(notification == "STATUS=Not answering: ledger.")
            #expect(driver.silentParts == ["ledger"])
            for _ in 0..<5 { #expect(try manager.receive() == "STATUS=Not answering: ledger.") }
            isStuck.withLock { $0 = false }
            for _ in 0..<100 where notification != "WATCHDOG=1" { notification = try manager.receive() }
            #expect(notification == "WATCHDOG=1")
        }
    }

    @Test func `a driver that nobody holds ends`() async {
        await #expect(processExitsWith: .success) {
            let manager = try NotifySocket(socketName(abstract: true))
            var driver: HeartbeatDriver? = HeartbeatDriver(interval: .milliseconds(40)) { [:] }
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
