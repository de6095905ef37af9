import Cells

/// What a text says about time. It may not be enough to date a sale: a year or a month's name alone needs the other half.
enum Period: Hashable, Sendable {
    case day(CivilDay)
    case month(Month)
    /// Several months, dated on the last of them. The sale keeps the text.
    case span(first: Month, last: Month, text: String)
    /// Dated on its Monday. The sale keeps the text.
    case week(monday: CivilDay, text: String)
    case year(Int)
    case monthOfYear(Int)
    case weekOfYear(Int, text: String)

    var date: SaleDate? {
        switch self {
        case .day(let day): .day(day)
        case .month(let month), .span(_, let month, _): .month(month)
        case .week(let monday, _): .day(monday)
        case .year, .monthOfYear, .weekOfYear: nil
        }
    }

    /// With this year if it has none.
    func completed(year: Int?) -> Period {
        guard let year else { return self }
        switch self {
        case .monthOfYear(let month): return Month(year: year, month: month).map { .month($0) } ?? self
        case .weekOfYear(let week, let text): return CivilDay(mondayOfWeek: week, year: year).map { .week(monday: $0, text: text) } ?? self
        case .day, .month, .span, .week, .year: return self
        }
    }

    /// The days that it means; of several months the last one's, which alone is known for sure. Nil where its year is not said.
    var days: ClosedRange<CivilDay>? {
        switch self {
        case .day(let day): day...day
        case .month(let month), .span(_, let month, _): month.firstDay...month.lastDay
        case .week(let monday, _): monday...CivilDay(number: monday.number + 6)
        case .year(let year):
            CivilDay(year: year, month: 1, day: 1).flatMap { first in CivilDay(year: year, month: 12, day: 31).map { first...$0 } }
        case .monthOfYear, .weekOfYear: nil
        }
    }

    /// As a person would say it.
    var words: String {
        switch self {
        case .day(let day): day.description
        case .month(let month): month.description
        case .span(_, _, let text), .week(_, let text), .weekOfYear(_, let text): text
        case .year(let year): String(year)
        case .monthOfYear(let month): "month \(month)"
        }
    }

    /// The months that it means; nil for what is no month and no span of months.
    var months: ClosedRange<Month>? {
        switch self {
        case .month(let month): month...month
        case .span(let first, let last, _) where first <= last: first...last
        default: nil
        }
    }

    /// Whether both can be said of the same sales: one lies within the other. What says no year is not judged.
    func agrees(with other: Period) -> Bool {
        guard let days, let others = other.days else { return true }
        return days.overlaps(others)
    }

    var span: String? {
        switch self {
        case .span(_, _, let text), .week(_, let text): text
        case .day, .month, .year, .monthOfYear, .weekOfYear: nil
        }
    }

    /// What a sale keeps of it.
    var details: SaleDetails? { span.map { SaleDetails(span: $0) } }

    /// Nil for a month's name or a week without a year.
    var year: Int? {
        if case .year(let year) = self { return year }
        return date?.day.components.year
    }
}

extension CivilDay {
    /// ISO 8601: the first week of a year holds the 4th of January.
    init?(mondayOfWeek week: Int, year: Int) {
        guard let fourth = CivilDay(year: year, month: 1, day: 4) else { return nil }
        // 1970-01-01 was a Thursday.
        let weekday = ((fourth.number + 3) % 7 + 7) % 7
        self.init(number: fourth.number - weekday + Int32(clamping: week - 1) * 7)
    }
}
