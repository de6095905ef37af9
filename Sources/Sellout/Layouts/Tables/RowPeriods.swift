import Cells

/// Dates the rows of a table; equal texts are read once.
struct RowPeriods {
    private let columns: TableColumns
    private let patterns: [PeriodPattern]
    /// Of weeks and months that are written without one.
    private let year: Int?
    private var texts = TextTable()
    private var known: [Int32: Period] = [:]

    init(columns: TableColumns, rule: PeriodRule, year: Int?) {
        self.columns = columns
        self.year = year
        patterns = !rule.texts.isEmpty ? rule.texts : columns.period != nil ? PeriodRule.usualTexts : []
    }

    mutating func period(_ row: Row, _ figures: inout RowFigures) -> Period? {
        if columns.date != nil { return read(.date, columns.date, row, &figures) }
        if columns.period != nil { return read(.period, columns.period, row, &figures) }
        return figures.month(year: columns.year, month: columns.month, row).map { .month($0) }
    }

    private mutating func read(_ field: Field, _ column: Int?, _ row: Row, _ figures: inout RowFigures) -> Period? {
        // Days are read faster than they are looked up.
        guard !patterns.isEmpty else { return figures.period(field, column, row, like: []) }
        let text = texts.number(of: column.flatMap { row.cell(column: $0) }, in: row)
        if let period = known[text] { return period }
        let period = figures.period(field, column, row, like: patterns, year: year)
        if let period, text != TextTable.none { known[text] = period }
        return period
    }
}

/// The reseller's number at the beginning of a product's text.
enum LeadingNumber {
    static func of(_ text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count >= 4, let next = text.dropFirst(digits.count).first, !next.isLetter else { return nil }
        return String(digits)
    }
}
