import Cells

extension RowFigures {
    /// The date in a column. `patterns` are further ways to write it that the profile names, such as weeks.
    mutating func period(_ field: Field, _ column: Int?, _ row: Row, like patterns: [PeriodPattern], year: Int? = nil) -> Period? {
        guard let column, let cell = row.cell(column: column), !isBlank(column, row) else {
            missing(field, column, row)
            return nil
        }
        if let day = cell.date?.day {
            // Spreadsheet programs turn a month that somebody types into a date.
            if RowFigures.years.contains(day.components.year) { return field == .period ? .month(Month(day)) : .day(day) }
        } else if cell.kind == .text || cell.kind == .sharedText {
            if let day = row.withText(of: cell, { conventions.dates.read($0) }), RowFigures.years.contains(day.components.year) {
                return .day(day)
            }
        }
        if !patterns.isEmpty, cell.date == nil, let period = patterns.read(row.string(cell))?.completed(year: year), period.date != nil {
            return period
        }
        let day = conventions.dates == .monthFirst ? "1/28/2025" : conventions.dates == .dayFirst ? "28.01.2025" : "2025-01-28"
        let example = field == .period ? "\"Jan 2025\" or \"Q1 2025\"" : "\(day) or as an Excel date"
        wrong(
            .invalidDateFormat, field, column, row, "\"\(row.string(cell).prefix(200))\" is no \(field.rawValue) this file can hold.",
            "Write the \(field.rawValue) like \(example).")
        return nil
    }

    mutating func month(year: Int?, month: Int?, _ row: Row) -> Month? {
        let (before, yearNumber, monthNumber) = (errors.count, wholeNumber(.year, year, row), wholeNumber(.month, month, row))
        guard errors.count == before else { return nil }
        if let day = month.flatMap({ row.cell(column: $0)?.date?.day }), let yearNumber, Int64(day.components.year) != yearNumber {
            wrong(
                .invalidDateFormat, .month, month, row, "The month is \(Month(day)), and the year beside it is \(yearNumber).",
                "Correct the month or the year.")
            return nil
        }
        if let yearNumber, let monthNumber, RowFigures.years.contains(Int(clamping: yearNumber)),
            let period = Month(year: Int(clamping: yearNumber), month: Int(clamping: monthNumber))
        {
            return period
        }
        wrong(
            .invalidDateFormat, .month, month, row, "Year and month \(yearNumber ?? 0)/\(monthNumber ?? 0) are no month.",
            "Write the month as 1 to 12.")
        return nil
    }

    /// A year or a month, where the cell holds one; no error where it does not.
    func quietNumber(_ column: Int?, _ row: Row) -> Int? {
        guard let column, let cell = row.cell(column: column), !isBlank(column, row) else { return nil }
        if let number = cell.number?.whole { return Int(exactly: number) }
        let text = Folded.text(row.string(cell))
        return Int(text) ?? MonthName.number(text)
    }

    /// The period in a cell, where it holds one.
    func quietPeriod(_ column: Int, _ row: Row, like patterns: [PeriodPattern]) -> Period? {
        guard let cell = row.cell(column: column) else { return nil }
        if let day = cell.date?.day ?? row.withText(of: cell, { conventions.dates.read($0) }) { return .day(day) }
        return patterns.read(row.string(cell))
    }

    private mutating func wholeNumber(_ field: Field, _ column: Int?, _ row: Row) -> Int64? {
        guard let column, let cell = row.cell(column: column), !isBlank(column, row) else {
            missing(field, column, row)
            return nil
        }
        if let number = cell.number?.whole { return number }
        let text = Folded.text(row.string(cell))
        if let number = Int64(text) { return number }
        if field == .month, let number = MonthName.number(text) { return Int64(number) }
        if field == .month, let day = cell.date?.day { return Int64(day.components.month) }
        wrong(
            .invalidDateFormat, field, column, row, "\"\(text.prefix(200))\" is no \(field.rawValue).",
            "Write the \(field.rawValue) as a number.")
        return nil
    }
}
