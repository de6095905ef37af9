import Dispatch
import Glibc
import Synchronization

/// Shuts connections that have had their time or must make room; libmicrohttpd itself shuts only those that are idle.
final class Doorkeeper: Sendable {
    private let patience: Mutex<Patience<SuspendingClock>>
    private let tally: RouteTally
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let rounds: DispatchSourceTimer
    private let clock = SuspendingClock()

    init(_ limits: ServerLimits, tally: RouteTally) {
        patience = Mutex(Patience(limits))
        self.tally = tally
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "web.doorkeeper"))
        unsafe rounds = timer
        let pause = min(max(min(limits.head, limits.grace).milliseconds / 8, 20), 500)
        timer.schedule(deadline: .now(), repeating: .milliseconds(pause), leeway: .milliseconds(pause / 4))
        timer.setEventHandler { [weak self] in self?.look { $0.overdue(at: $1) } }
        timer.activate()
    }

    deinit { unsafe rounds.cancel() }

    func began(_ socket: Int32, from address: UInt64?) { look { $0.began(socket, from: address, at: $1) } }
    func lineCame(_ socket: Int32) { patience.withLock { $0.lineCame(socket, at: clock.now) } }
    func bodyCame(_ socket: Int32, bytes: Int = 0) { patience.withLock { $0.bodyCame(socket, bytes: bytes, at: clock.now) } }
    func works(_ socket: Int32) { patience.withLock { $0.works(socket) } }
    func answers(_ socket: Int32, bytes: Int) { patience.withLock { $0.answers(socket, bytes: bytes, at: clock.now) } }
    func finishedRequest(_ socket: Int32) { patience.withLock { $0.finishedRequest(socket, at: clock.now) } }
    func ended(_ socket: Int32) { patience.withLock { $0.ended(socket) } }

    private func look(_ decide: (inout Patience<SuspendingClock>, SuspendingClock.Instant) -> [Patience<SuspendingClock>.Cut]) {
        let cuts = patience.withLock { patience in
            let cuts = decide(&patience, clock.now)
            // Within the lock: libmicrohttpd calls `ended` before it closes a descriptor, so none of these can have become
            // another file meanwhile. It then sees the end of the stream and cleans up itself.
            for cut in cuts { shutdown(cut.socket, Int32(SHUT_RDWR)) }
            return cuts
        }
        for cut in cuts {
            switch cut.reason {
            case .tooMany: tally.rejected(.limit)
            case .tooSlow: tally.rejected(.timeout)
            case .idle: break
            }
        }
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
