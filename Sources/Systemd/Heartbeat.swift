import Dispatch
import Synchronization

/// Decides whether the daemon is alive: while no part owes an answer for longer than `patience`. Values in, values out.
package struct Heartbeat<C: Clock>: Sendable where C.Duration == Duration, C.Instant: Sendable {
    /// The longest that a part may take to answer.
    package let patience: Duration
    /// What each part owes, and when that was first seen. Time counts from there: if it is the one who looks that is late, the parts
    /// are not to blame.
    private var seen: [String: (owedSince: C.Instant, at: C.Instant)] = [:]

    package init(patience: Duration) { self.patience = patience }

    /// `owed`: since when each part owes an answer. A part that lives answers, and owes another one later.
    package mutating func look(_ owed: [String: C.Instant], at now: C.Instant) {
        seen = owed.reduce(into: [:]) { kept, part in
            let before = seen[part.key].flatMap { $0.owedSince == part.value ? $0 : nil }
            kept[part.key] = before ?? (part.value, now)
        }
    }

    package func silentParts(at now: C.Instant) -> [String] {
        seen.filter { $0.value.at.duration(to: now) > patience }.map(\.key).sorted()
    }
}

/// Looks at what the daemon's parts owe and sends `WATCHDOG=1` while they live. Runs without a service manager too: health is
/// asked for over HTTP as well.
package final class HeartbeatDriver: Sendable {
    private let owed: @Sendable () -> [String: SuspendingClock.Instant]
    private let notifier: Notifier
    private let decision: Mutex<Heartbeat<SuspendingClock>>
    // The kernel's monotonic clock, by which the service manager measures too.
    private let clock = SuspendingClock()
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let timer: DispatchSourceTimer

    /// `owed` returns at once what is known. `interval` is the service manager's where it watches, 30 s otherwise; a part that is
    /// silent so long is stuck.
    package init(
        notifier: Notifier = Notifier(), interval: Duration? = nil, owed: @escaping @Sendable () -> [String: SuspendingClock.Instant]
    ) {
        let interval = max(interval ?? notifier.watchdogInterval ?? .seconds(30), .milliseconds(40))
        self.owed = owed
        self.notifier = notifier
        decision = Mutex(Heartbeat(patience: interval))
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "systemd.heartbeat"))
        unsafe self.timer = timer
        // "Every half of the returned time" is sd_watchdog_enabled(3)'s advice; a third leaves room for a late timer.
        let pause = DispatchTimeInterval.microseconds(Int(interval.microseconds / 3))
        timer.schedule(deadline: .now(), repeating: pause)
        timer.setEventHandler { [weak self] in self?.beat() }
        timer.activate()
    }

    deinit { unsafe timer.cancel() }

    /// The parts that have owed an answer for longer than the interval; `/healthz` says so.
    package var silentParts: [String] { decision.withLock { $0.silentParts(at: clock.now) } }

    private func beat() {
        let owed = owed()
        let silent = decision.withLock { decision in
            decision.look(owed, at: clock.now)
            return decision.silentParts(at: clock.now)
        }
        if silent.isEmpty {
            notifier.heartbeat()
        } else {
            notifier.status("Not answering: \(silent.joined(separator: ", ")).")
        }
    }
}
