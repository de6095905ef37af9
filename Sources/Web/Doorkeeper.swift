import Dispatch
import Glibc
import Synchronization

/// One connection, as the doorkeeper knows it. Its own lock, so that threads with a request each do not wait for each other.
final class Guest: Attendant, Sendable {
    fileprivate let socket: Int32
    private let limits: ServerLimits
    private let visit: Mutex<Visit<SuspendingClock>>
    private let leaving = Atomic(false)

    fileprivate init(_ socket: Int32, _ limits: ServerLimits) {
        self.socket = socket
        self.limits = limits
        visit = Mutex(Visit(limits, at: SuspendingClock.now))
    }

    func lineCame() { visit.withLock { $0.lineCame(limits, at: SuspendingClock.now) } }
    func bodyCame(bytes: Int = 0) { visit.withLock { $0.bodyCame(limits, bytes: bytes, at: SuspendingClock.now) } }
    func works() { visit.withLock { $0.works(at: SuspendingClock.now) } }
    func answers(bytes: Int) { visit.withLock { $0.answers(limits, bytes: bytes, at: SuspendingClock.now) } }
    func finishedRequest() { visit.withLock { $0.finishedRequest(limits, at: SuspendingClock.now) } }

    var standing: Visit<SuspendingClock>.Standing? {
        leaving.load(ordering: .relaxed) ? nil : visit.withLock(\.standing)
    }

    /// Nil where it may stay; else whether it was idle.
    fileprivate func overdue(at now: SuspendingClock.Instant) -> (wasIdle: Bool, ())? {
        visit.withLock { visit in visit.isOverdue(at: now) ? (visit.isIdle, ()) : nil }
    }

    /// libmicrohttpd sees the end of the stream and cleans up itself. False where it was shut before.
    fileprivate func shut() -> Bool {
        guard !leaving.exchange(true, ordering: .relaxed) else { return false }
        shutdown(socket, Int32(SHUT_RDWR))
        return true
    }
}

/// Shuts connections that have had their time or must make room; libmicrohttpd itself shuts only those that are idle.
final class Doorkeeper: Sendable {
    private let limits: ServerLimits
    private let tally: RouteTally
    // Descriptors are shut within the lock: libmicrohttpd tells of a connection's end before it closes the descriptor, so none of
    // these can have become another file meanwhile.
    private let crowd: Mutex<Crowd<Guest>>
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let rounds: DispatchSourceTimer

    init(_ limits: ServerLimits, tally: RouteTally) {
        self.limits = limits
        self.tally = tally
        crowd = Mutex(Crowd(limits))
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "web.doorkeeper"))
        unsafe rounds = timer
        let pause = min(max(min(limits.head, limits.grace).milliseconds / 8, 20), 500)
        timer.schedule(deadline: .now(), repeating: .milliseconds(pause), leeway: .milliseconds(pause / 4))
        timer.setEventHandler { [weak self] in self?.round() }
        timer.activate()
    }

    deinit { unsafe rounds.cancel() }

    /// Somebody may have to go for it.
    func began(_ socket: Int32, from address: UInt64?) -> Guest {
        let guest = Guest(socket, limits)
        let hasMadeRoom = crowd.withLock { $0.began(socket, from: address, guest)?.shut() ?? false }
        if hasMadeRoom { tally.rejected(.limit) }
        return guest
    }

    func ended(_ guest: Guest) { crowd.withLock { $0.ended(guest.socket) } }

    private func round() {
        let now = SuspendingClock.now
        let slow = crowd.withLock { crowd in
            crowd.members.values.count { guest in
                guard let overdue = guest.overdue(at: now), guest.shut() else { return false }
                return !overdue.wasIdle
            }
        }
        for _ in 0..<slow { tally.rejected(.timeout) }
    }
}

extension Duration {
    /// Whole milliseconds, at least 0 and at most a day.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 86_400 else { return 86_400_000 }
        return seconds < 0 ? 0 : max(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000), 0)
    }
}
