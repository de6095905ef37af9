import Cells
import Glibc

/// A moment in UTC. The ledger keeps its milliseconds; the kernel's notes on files are finer, and what is below a millisecond
/// counts when two of them are compared.
package struct Timestamp: Hashable, Sendable {
    /// Since 1970.
    package let milliseconds: Int64
    /// Nanoseconds of the millisecond that has begun: 0 to 999,999.
    private let rest: Int32

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
        rest = 0
    }

    /// `nanoseconds` are those of the second: 0 to 999,999,999. A moment that no calendar holds becomes the first or last one.
    package init(seconds: Int64, nanoseconds: Int64 = 0) {
        let part = min(max(nanoseconds, 0), 999_999_999)
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, carried) = whole.addingReportingOverflow(part / 1_000_000)
        milliseconds = overflow || carried ? (seconds < 0 ? .min : .max) : sum
        rest = Int32(part % 1_000_000)
    }

    /// The first moment of a month in UTC; nil for one that no calendar holds.
    package init?(year: Int, month: Int) {
        guard let day = CivilDay(year: year, month: month, day: 1) else { return nil }
        self.init(milliseconds: CivilTime(day: day).milliseconds)
    }

    package static func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }

    /// The UTC day.
    package var day: CivilDay { CivilTime(milliseconds: milliseconds).day }

    /// How long ago it was; negative where it is still to come.
    package func age(at now: Timestamp) -> Duration {
        .milliseconds(now.milliseconds) - .milliseconds(milliseconds) + .nanoseconds(Int64(now.rest) - Int64(rest))
    }

    /// The moment that has this age at this one.
    package func earlier(by age: Duration) -> Timestamp {
        let since = (.milliseconds(milliseconds) + .nanoseconds(Int64(rest)) - age).attoseconds / 1_000_000_000
        let (seconds, nanoseconds) = since.quotientAndRemainder(dividingBy: 1_000_000_000)
        return Timestamp(seconds: Int64(clamping: seconds), nanoseconds: Int64(clamping: nanoseconds))
    }
}

extension Timestamp: Comparable {
    package static func < (one: Timestamp, other: Timestamp) -> Bool {
        (one.milliseconds, one.rest) < (other.milliseconds, other.rest)
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2025-04-14T12:30:00.250Z`
    package var description: String {
        let text = CivilTime(milliseconds: milliseconds).description
        return text.count == 10 ? text + "T00:00:00Z" : text + "Z"
    }
}
