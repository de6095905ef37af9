import Glibc

/// The month in which a file was received, in UTC.
public struct ArchiveMonth: Hashable, Sendable {
    public let year: Int
    public let month: Int

    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// Nil for a time that no calendar month of four-digit years holds.
    public init?(of time: UnixTime) {
        var clock = time_t(time.seconds)
        var parts = unsafe tm()
        guard unsafe gmtime_r(&clock, &parts) != nil else { return nil }
        unsafe self.init(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1)
    }

    var yearFolder: FileName { Self.name(year, digits: 4) }
    var monthFolder: FileName { Self.name(month, digits: 2) }

    private static func name(_ number: Int, digits: Int) -> FileName {
        let text = String(number)
        guard let name = FileName(String(repeating: "0", count: max(0, digits - text.count)) + text) else {
            preconditionFailure("digits are a file name")
        }
        return name
    }
}
