import Cells

/// A calendar month: `2025-04`.
package struct Month: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int

    package init?(year: Int, month: Int) {
        guard (1900...2199).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    package init(_ day: CivilDay) {
        let parts = day.components
        year = parts.year
        month = parts.month
    }

    /// A monthly figure is dated on the first day of its month.
    package var firstDay: CivilDay { CivilDay(year: year, month: month, day: 1) ?? CivilDay(number: 0) }

    package var lastDay: CivilDay {
        CivilDay(year: year, month: month, day: CivilDay.days(inMonth: month, of: year)) ?? CivilDay(number: 0)
    }

    package static func < (one: Month, other: Month) -> Bool { (one.year, one.month) < (other.year, other.month) }
}

extension Month: CustomStringConvertible {
    package var description: String { String(firstDay.description.prefix(7)) }

    package init?(_ text: String) {
        guard text.utf8.count == 7, let day = CivilDay(text + "-01") else { return nil }
        self.init(year: day.components.year, month: day.components.month)
    }
}
