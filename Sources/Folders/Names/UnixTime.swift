import Glibc

/// A point in wall-clock time as the file system notes it.
public struct UnixTime: Hashable, Comparable, Sendable {
    public let seconds: Int64
    public let nanoseconds: Int64

    public init(seconds: Int64, nanoseconds: Int64 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }

    public static func now() -> UnixTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(time)
    }

    /// Negative where this time is still to come.
    public func age(at now: UnixTime) -> Duration {
        let (whole, overflow) = now.seconds.subtractingReportingOverflow(seconds)
        guard !overflow else { return now > self ? .seconds(Int64.max) : .seconds(Int64.min) }
        return .seconds(whole) + .nanoseconds(now.nanoseconds) - .nanoseconds(nanoseconds)
    }

    public static func < (one: UnixTime, other: UnixTime) -> Bool {
        (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds)
    }
}
