import Dispatch
import Synchronization

/// Asks the daemon's parts in turn and sends `WATCHDOG=1` while they answer. Runs without a service manager too: health
/// is asked for over HTTP as well.
package final class HeartbeatDriver: Sendable {
    /// Asks one part: hands `answer` to the part's own queue or loop and returns at once. `answer` may be called from
    /// anywhere, and not at all.
    package typealias Question = @Sendable (_ answer: @escaping @Sendable () -> Void) -> Void

    private let questions: [String: Question]
    private let notifier: Notifier
    private let decision: Mutex<Heartbeat<SuspendingClock>>
    // The kernel's monotonic clock, by which the service manager measures too.
    private let clock = SuspendingClock()
    // Touched by init and deinit alone.
    nonisolated(unsafe) private let timer: DispatchSourceTimer

    /// `interval` is the service manager's where it watches, 30 s otherwise. A part that is silent so long is stuck.
    package init(questions: [String: Question], notifier: Notifier = Notifier(), interval: Duration? = nil) {
        let interval = max(interval ?? notifier.watchdogInterval ?? .seconds(30), .milliseconds(40))
        self.questions = questions
        self.notifier = notifier
        decision = Mutex(Heartbeat(parts: questions.keys.sorted(), patience: interval))
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
        let action = decision.withLock { $0.tick(at: clock.now) }
        if action.isBeatDue {
            notifier.heartbeat()
        } else {
            notifier.status("Not answering: \(action.silent.joined(separator: ", ")).")
        }
        for part in action.ask {
            questions[part]? { [weak self] in self?.answered(part) }
        }
    }

    private func answered(_ part: String) { decision.withLock { $0.answered(part) } }
}
