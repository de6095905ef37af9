import Batches

/// The month in which a file was received, in UTC.
package struct ArchiveMonth: Hashable, Sendable {
    package let year: Int
    package let month: Int

    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// Nil for a time that no calendar month of four-digit years holds.
    package init?(of time: Timestamp) {
        let (year, month, _) = time.day.components
        self.init(year: year, month: month)
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
