import Cells

/// From which day a workbook counts its dates.
struct DateSystem {
    let startsIn1904: Bool

    /// The last day that has a date is 9999-12-31.
    private var lastSerial: Int64 { startsIn1904 ? 2_957_003 : 2_958_465 }

    /// Nil for what no sheet shows as a date.
    @inline(__always)
    func time(_ serial: DecimalNumber) -> CivilTime? {
        serial.exponent == 0 ? time(day: serial.digits, milliseconds: 0) : time(serial.double)
    }

    private func time(_ serial: Double) -> CivilTime? {
        guard serial.magnitude < 3_000_000 else { return nil }
        let day = serial.rounded(.down)
        let milliseconds = ((serial - day) * 86_400_000).rounded(.toNearestOrEven)
        return time(day: Int64(day), milliseconds: Int64(milliseconds))
    }

    /// Serial 60 of the 1900 system is a 29 February 1900, which never was: serials from there on count from 1899-12-30, earlier ones
    /// from 1899-12-31.
    private func time(day: Int64, milliseconds: Int64) -> CivilTime? {
        guard day <= lastSerial, day >= -600_000 else { return nil }
        let start: Int64 = startsIn1904 ? -24_107 : day >= 0 && day < 60 ? -25_568 : -25_569
        return CivilTime(milliseconds: (start + day) * 86_400_000 + milliseconds)
    }

    /// A cell of type `d`: `2025-03-01`, `2025-03-01T13:05:00.25Z`, `13:05:00`.
    func time(iso text: String) -> CivilTime? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        var clock = parts.last.map(String.init) ?? ""
        if clock.hasSuffix("Z") { clock.removeLast() }
        if parts.count == 1, clock.contains(":") {
            return DateSystem.milliseconds(clock).flatMap { time(day: 0, milliseconds: $0) }
        }
        guard let day = parts.first.flatMap({ CivilDay(String($0)) }) else { return nil }
        guard parts.count == 2 else { return parts.count == 1 ? CivilTime(day: day) : nil }
        return DateSystem.milliseconds(clock).map { CivilTime(milliseconds: CivilTime(day: day).milliseconds + $0) }
    }

    private static func milliseconds(_ clock: String) -> Int64? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hours = Int64(parts[0]), let minutes = Int64(parts[1]), (0...24).contains(hours),
            (0..<60).contains(minutes)
        else { return nil }
        let seconds = parts.count == 3 ? DecimalNumber(text: parts[2].utf8)?.units(places: 3) : 0
        guard let seconds, (0..<61_000).contains(seconds) else { return nil }
        return (hours * 60 + minutes) * 60_000 + seconds
    }
}

/// Tells a number format that shows a date or a time from all others.
enum DateFormat {
    /// Formats that every spreadsheet program knows by number. Those of the East Asian calendars are 27 to 36, 50 to 58 and 71 to 81.
    static func isDate(builtIn number: Int) -> Bool {
        switch number {
        case 14...22, 27...36, 45...47, 50...58, 71...81: true
        default: false
        }
    }

    /// Looks for a letter of a date in the first section, outside of what is only shown: `"quoted"`, `\d`, `_d`, `*d`, `[Red]`, `[$-409]`.
    static func isDate(code: String) -> Bool {
        var bytes = code.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: ";"): return false
            case UInt8(ascii: "\""): while let inner = bytes.next(), inner != UInt8(ascii: "\"") {}
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): _ = bytes.next()
            case UInt8(ascii: "["):
                var inner: [UInt8] = []
                while let next = bytes.next(), next != UInt8(ascii: "]") { inner.append(next | 0x20) }
                if isElapsed(inner) { return true }
            case _ where letters.contains(byte | 0x20): return true
            default: break
            }
        }
        return false
    }

    private static let letters = Array("dmyhs".utf8)

    /// `[h]`, `[mm]`, `[ss]`: hours beyond a day.
    private static func isElapsed(_ inner: [UInt8]) -> Bool {
        guard let first = inner.first, Array("hms".utf8).contains(first) else { return false }
        return inner.allSatisfy { $0 == first }
    }
}
