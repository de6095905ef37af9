import Cells

/// When a sale was made: on a day, or somewhere in a month, dated on its first day.
@frozen public struct SaleDate: Hashable, Sendable {
    public let day: CivilDay
    public let isMonthly: Bool

    public static func day(_ day: CivilDay) -> SaleDate { SaleDate(day: day, isMonthly: false) }

    public static func month(_ month: Month) -> SaleDate { SaleDate(day: month.firstDay, isMonthly: true) }

    @inlinable public init(day: CivilDay, isMonthly: Bool) {
        self.day = day
        self.isMonthly = isMonthly
    }
}
