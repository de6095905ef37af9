import Cells

/// What a text says about time. Not all of it dates a sale: a year or a month's name alone needs the other half from elsewhere.
enum Period: Hashable, Sendable {
    case day(CivilDay)
    case month(Month)
    /// Booked on its last month; the text is kept on the sale.
    case span(last: Month, text: String)
    /// Dated on its Monday; the text is kept on the sale.
    case week(monday: CivilDay, text: String)
    case year(Int)
    case monthOfYear(Int)

    var date: SaleDate? {
        switch self {
        case .day(let day): .day(day)
        case .month(let month), .span(let month, _): .month(month)
        case .week(let monday, _): .day(monday)
        case .year, .monthOfYear: nil
        }
    }

    var span: String? {
        switch self {
        case .span(_, let text), .week(_, let text): text
        case .day, .month, .year, .monthOfYear: nil
        }
    }

    /// The year it lies in; nil for a month's name alone.
    var year: Int? {
        if case .year(let year) = self { return year }
        return date?.day.components.year
    }
}
