/// Tells a number format that shows a date or a time from all others.
enum DateFormat {
    /// The formats that every spreadsheet program knows by number; those from 27 to 36, 50 to 58 and 71 to 81 are the Asian calendars'.
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
