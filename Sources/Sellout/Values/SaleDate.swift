import Cells

/// When a sale was made: on a day, or somewhere in a month, dated on its first day.
@frozen package struct SaleDate: Hashable, Sendable {
    package let day: CivilDay
    package let isMonthly: Bool

    package static func day(_ day: CivilDay) -> SaleDate { SaleDate(day: day, isMonthly: false) }

    package static func month(_ month: Month) -> SaleDate { SaleDate(day: month.firstDay, isMonthly: true) }

    @inlinable package init(day: CivilDay, isMonthly: Bool) {
        self.day = day
        self.isMonthly = isMonthly
    }
}
