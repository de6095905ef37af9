import Cells

/// Reads the figures of one row and keeps what is wrong with them. One is used for all rows of a sheet.
struct RowFigures {
    private let profile: Profile
    private let headers: HeaderRow
    private let sheetName: String
    private let titles: [Field: String]
    private(set) var errors: [RowError] = []

    static let largestQuantity: Int64 = 1_000_000_000
    static let largestAmount: Int64 = 100_000_000_000_000
    static let years = 1990...2100

    init(profile: Profile, headers: HeaderRow, sheetName: String, titles: [Field: String]) {
        self.profile = profile
        self.headers = headers
        self.sheetName = sheetName
        self.titles = titles
    }

    mutating func beginRow() { if !errors.isEmpty { errors.removeAll() } }

    func cell(_ field: Field, _ row: Row) -> Cell? { headers.columns[field].flatMap { row.cell(column: $0) } }

    mutating func wrong(_ type: RowErrorType, _ field: Field, _ row: Row, _ message: String, _ suggestion: String? = nil) {
        let value = cell(field, row).map { String(row.string($0).prefix(200)) }
        errors.append(
            RowError(
                sheet: sheetName, row: row.number, column: headers.columns[field].map(ColumnName.text), type: type, message: message,
                field: field.rawValue, value: value, suggestion: suggestion))
    }

    private mutating func missing(_ field: Field, _ row: Row) {
        let title = titles[field] ?? field.rawValue
        wrong(.missingRequiredField, field, row, "\(title) is empty.", "Fill in \(title).")
    }

    /// A number in a cell, however the reseller writes it; nil, with its error kept, where there is none.
    private mutating func number(_ field: Field, _ row: Row, _ type: RowErrorType, required: Bool = true) -> DecimalNumber? {
        guard let cell = cell(field, row) else {
            if required { missing(field, row) }
            return nil
        }
        if let number = cell.number { return number }
        let title = titles[field] ?? field.rawValue
        guard cell.kind == .text || cell.kind == .sharedText else {
            wrong(type, field, row, "\(title) is \(row.string(cell)), which is no number.", "Write a number into \(title).")
            return nil
        }
        switch row.withText(of: cell, { profile.numbers.read($0, currency: profile.terms.currency) }) {
        case .number(let number): return number
        case .none:
            if required { missing(field, row) }
            return nil
        case .unreadable(let why):
            wrong(type, field, row, "\(title) \"\(row.string(cell).prefix(200))\" cannot be read: \(why).", "Write a plain number into \(title).")
            return nil
        }
    }

    mutating func quantity(_ row: Row) -> Int64? {
        guard let number = number(.quantity, row, .invalidQuantity) else { return nil }
        guard let whole = number.whole else {
            wrong(.invalidQuantity, .quantity, row, "The quantity \(number) is not a whole number.", "Write how many pieces were sold.")
            return nil
        }
        if whole.magnitude > RowFigures.largestQuantity.magnitude {
            wrong(.invalidQuantity, .quantity, row, "The quantity \(number) is too large to be true.", "Check the column.")
            return nil
        }
        if whole < 0, !profile.returnsAllowed {
            wrong(.invalidQuantity, .quantity, row, "The quantity \(number) is negative, and returns are not taken here.", "Leave returns out.")
            return nil
        }
        return whole
    }

    mutating func amount(_ field: Field, _ row: Row, required: Bool = true) -> Money? {
        guard let number = number(field, row, .invalidPrice, required: required) else { return nil }
        guard let money = Money(number), money.units.magnitude <= RowFigures.largestAmount.magnitude else {
            wrong(.invalidPrice, field, row, "The amount \(number) is too large to be true.", "Check the column.")
            return nil
        }
        return money
    }

    mutating func date(_ row: Row) -> SaleDate? {
        if headers.columns[.date] != nil {
            guard let cell = cell(.date, row) else {
                missing(.date, row)
                return nil
            }
            if let day = day(cell, row) { return .day(day) }
            let example = profile.dates == .monthFirst ? "1/28/2025" : profile.dates == .dayFirst ? "28.01.2025" : "2025-01-28"
            wrong(
                .invalidDateFormat, .date, row, "\"\(row.string(cell).prefix(200))\" is no date this file can hold.",
                "Write the date like \(example) or as an Excel date.")
            return nil
        }
        let (before, year, month) = (errors.count, wholeNumber(.year, row), wholeNumber(.month, row))
        guard errors.count == before else { return nil }
        if let year, let month, let period = Month(year: Int(clamping: year), month: Int(clamping: month)) { return .month(period) }
        wrong(.invalidDateFormat, .month, row, "Year and month \(year ?? 0)/\(month ?? 0) are no month.", "Write the month as 1 to 12.")
        return nil
    }

    private func day(_ cell: Cell, _ row: Row) -> CivilDay? {
        let day =
            cell.kind == .text || cell.kind == .sharedText ? row.withText(of: cell) { profile.dates.read($0) } : cell.date?.day
        guard let day, RowFigures.years.contains(day.components.year) else { return nil }
        return day
    }

    private mutating func wholeNumber(_ field: Field, _ row: Row) -> Int64? {
        guard let cell = cell(field, row) else {
            missing(field, row)
            return nil
        }
        if let number = cell.number?.whole { return number }
        let text = row.string(cell)
        if let number = Int64(text.drop { $0 == " " }) { return number }
        if field == .month, let number = MonthName.number(text) { return Int64(number) }
        wrong(.invalidDateFormat, field, row, "\"\(text.prefix(200))\" is no \(field.rawValue).", "Write the \(field.rawValue) as a number.")
        return nil
    }

    /// The EAN, nil where the cell is empty; what is no EAN is kept as an error.
    mutating func ean(_ row: Row) -> EAN? {
        guard let cell = cell(.ean, row) else { return nil }
        if let number = cell.number {
            if let ean = EAN(number) { return ean }
        } else if cell.kind == .text || cell.kind == .sharedText {
            let (ean, isBlank) = row.withText(of: cell) { text -> (EAN?, Bool) in
                var (start, end) = (0, text.count)
                while start < end, text[start] <= 32 { start += 1 }
                while end > start, text[end - 1] <= 32 { end -= 1 }
                return (EAN(text: text.extracting(start..<end)), start == end)
            }
            if ean != nil || isBlank { return ean }
        }
        let text = row.string(cell)
        if text.contains("E+") || text.contains("e+") {
            wrong(.invalidEAN, .ean, row, "\(text) has lost its digits to scientific notation.", "Format the column as text and enter all 13 digits.")
        } else {
            wrong(.invalidEAN, .ean, row, "\"\(text.prefix(200))\" is no EAN: it must have 13 digits.", "Enter the 13 digits of the article.")
        }
        return nil
    }
}

/// A column's letters: 0 is A, 26 is AA.
public enum ColumnName {
    public static func text(_ column: Int) -> String {
        var rest = column + 1
        var letters: [UInt8] = []
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}
