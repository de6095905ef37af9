import Dispatch
import Glibc
import Synchronization

/// Shuts connections that are overdue; libmicrohttpd itself shuts only those that are idle.
final class Doorkeeper: Sendable {
    private let patience: Mutex<Patience<SuspendingClock>>
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let rounds: DispatchSourceTimer
    private let clock = SuspendingClock()

    init(limit: Duration) {
        patience = Mutex(Patience(limit: limit))
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "web.doorkeeper"))
        unsafe rounds = timer
        let pause = max(limit.milliseconds / 8, 20)
        timer.schedule(deadline: .now(), repeating: .milliseconds(pause), leeway: .milliseconds(pause / 4))
        timer.setEventHandler { [weak self] in self?.round() }
        timer.activate()
    }

    deinit { unsafe rounds.cancel() }

    func began(_ socket: Int32) { patience.withLock { $0.began(socket, at: clock.now) } }
    func finishedRequest(_ socket: Int32) { patience.withLock { $0.finishedRequest(socket, at: clock.now) } }
    func ended(_ socket: Int32) { patience.withLock { $0.ended(socket) } }

    private func round() {
        patience.withLock { patience in
            // Within the lock: libmicrohttpd calls `ended` before it closes a descriptor, so none of these can have become
            // another file meanwhile. It then sees the end of the stream and cleans up itself.
            for socket in patience.overdue(at: clock.now) { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }
}

/// Decides which connections have had their time: those that did not finish a request within `limit` of their start or of
/// their last finished request.
struct Patience<C: Clock> where C.Duration == Duration {
    let limit: Duration
    private var since: [Int32: C.Instant] = [:]

    init(limit: Duration) { self.limit = limit }

    mutating func began(_ socket: Int32, at now: C.Instant) { since[socket] = now }

    /// A finished request starts the time anew. One that never began was closed meanwhile.
    mutating func finishedRequest(_ socket: Int32, at now: C.Instant) {
        if since[socket] != nil { since[socket] = now }
    }

    mutating func ended(_ socket: Int32) { since[socket] = nil }

    func overdue(at now: C.Instant) -> [Int32] {
        since.filter { $0.value.duration(to: now) >= limit }.map(\.key).sorted()
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
