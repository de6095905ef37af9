/// A day of the proleptic Gregorian calendar, as the number of days since 1970-01-01.
@usableFromInline @frozen package struct CivilDay: Hashable, Comparable, Sendable {
    @usableFromInline package let number: Int32

    @inlinable package init(number: Int32) { self.number = number }

    /// Nil where there is no such day: 32 December, 29 February 2025, the year 0 or 10000.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= CivilDay.days(inMonth: month, of: year) else {
            return nil
        }
        // Days from civil, http://howardhinnant.github.io/date_algorithms.html: years begin in March, so the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    package var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @inlinable package static func < (one: CivilDay, other: CivilDay) -> Bool { one.number < other.number }
}

extension CivilDay: CustomStringConvertible {
    /// `2025-03-01`
    @usableFromInline package var description: String { String(decoding: text, as: UTF8.self) }

    fileprivate var text: [UInt8] {
        let (year, month, day) = components
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text.append(Int64(year), width: 4)
        text.append(UInt8(ascii: "-"))
        text.append(Int64(month), width: 2)
        text.append(UInt8(ascii: "-"))
        text.append(Int64(day), width: 2)
        return text
    }

    /// Reads `2025-03-01`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// A date and time of day as a sheet shows it, with no time zone: milliseconds since 1970-01-01T00:00:00 on that wall clock.
@usableFromInline @frozen package struct CivilTime: Hashable, Comparable, Sendable {
    @usableFromInline package let milliseconds: Int64

    @inlinable package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    @inlinable package init(day: CivilDay) { milliseconds = Int64(day.number) * 86_400_000 }

    @inlinable package var day: CivilDay {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return CivilDay(number: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
    }

    @inlinable package static func < (one: CivilTime, other: CivilTime) -> Bool { one.milliseconds < other.milliseconds }
}

extension CivilTime: CustomStringConvertible {
    /// `2025-03-01` at midnight, otherwise `2025-03-01T13:05:00`, with `.250` behind it for parts of a second.
    @usableFromInline package var description: String {
        let rest = milliseconds - Int64(day.number) * 86_400_000
        guard rest != 0 else { return day.description }
        let seconds = rest / 1000
        var text = day.text
        for (mark, part) in [
            (UInt8(ascii: "T"), seconds / 3600), (UInt8(ascii: ":"), seconds / 60 % 60), (UInt8(ascii: ":"), seconds % 60),
        ] {
            text.append(mark)
            text.append(part, width: 2)
        }
        if rest % 1000 != 0 {
            text.append(UInt8(ascii: "."))
            text.append(rest % 1000, width: 3)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// In decimal digits, with zeros before it up to the width. Made for listings of thousands of dates.
    fileprivate mutating func append(_ number: Int64, width: Int) {
        let start = count
        var rest = number.magnitude
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0 || count - start < width
        if number < 0 { append(UInt8(ascii: "-")) }
        self[start...].reverse()
    }
}
