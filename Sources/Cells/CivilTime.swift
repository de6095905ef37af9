/// A date and time of day as a sheet shows it, with no time zone: milliseconds since 1970-01-01T00:00:00 on that wall clock.
@frozen package struct CivilTime: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    @inlinable package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    @inlinable package init(day: CivilDay) { milliseconds = Int64(day.number) * 86_400_000 }

    @inlinable package var day: CivilDay {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return CivilDay(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
    }

    @inlinable package static func < (one: CivilTime, other: CivilTime) -> Bool { one.milliseconds < other.milliseconds }
}

extension CivilTime: CustomStringConvertible {
    /// `2025-03-01`, or `2025-03-01T13:05:00` with `.250` behind it where the time has them.
    package var description: String {
        let rest = milliseconds - Int64(day.number) * 86_400_000
        guard rest != 0 else { return day.description }
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let seconds = rest / 1000
        let clock = "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let fraction = rest % 1000
        return fraction == 0 ? clock : clock + "." + "\(1000 + fraction)".dropFirst()
    }
}
