import CSystemd
import Glibc
import Texts

/// Tells the service manager how the daemon is doing. Without one (`NOTIFY_SOCKET` unset) every call does nothing.
package struct Notifier: Sendable {
    /// What became of a notification.
    package enum Delivery: Hashable, Sendable {
        case sent
        /// Nobody asked for notifications.
        case unsupervised
        case failed(errno: Int32)
    }

    /// Of a status, in bytes. The manager drops a notification above 4096 bytes whole (NOTIFY_BUFFER_MAX), and people read
    /// one line.
    private static let longestStatus = 500

    package init() {}

    /// Start, or a reload, is complete.
    @discardableResult package func ready(status: String? = nil) -> Delivery { send(["READY=1"] + line(status)) }

    /// What `systemctl status` shows.
    @discardableResult package func status(_ text: String) -> Delivery { send(line(text)) }

    /// Only while the daemon's parts answer: see `Heartbeat`.
    @discardableResult package func heartbeat() -> Delivery { send(["WATCHDOG=1"]) }

    /// A reload begins; `ready` ends it.
    @discardableResult package func reloading(status: String? = nil) -> Delivery {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        let microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
        return send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"] + line(status))
    }

    @discardableResult package func stopping(status: String? = nil) -> Delivery { send(["STOPPING=1"] + line(status)) }

    /// Asks for this much more time, from now, while a start or stop goes on. Ask again before it is over.
    @discardableResult package func extendTimeout(by time: Duration) -> Delivery {
        send(["EXTEND_TIMEOUT_USEC=\(time.microseconds)"])
    }

    /// The time after which the service manager takes the daemon for hung; nil where it does not watch.
    package var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard unsafe sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    /// A file name in it must neither end the line nor begin another assignment.
    private func line(_ status: String?) -> [String] {
        status.map { ["STATUS=" + Printable.line($0, longest: Notifier.longestStatus)] } ?? []
    }

    private func send(_ assignments: [String]) -> Delivery {
        let result = unsafe sd_notify(0, assignments.joined(separator: "\n"))
        return result > 0 ? .sent : result == 0 ? .unsupervised : .failed(errno: -result)
    }
}

extension Duration {
    /// Whole microseconds, between 0 and a day.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds < 86_400 else { return 86_400_000_000 }
        return seconds < 0 ? 0 : max(seconds * 1_000_000 + attoseconds / 1_000_000_000_000, 0)
    }
}
