import Cells

/// Reads the figures of one row and keeps what is wrong with them. One is used for all rows of a sheet.
struct RowFigures {
    let conventions: Conventions
    private let sheetName: String
    /// What the file calls its columns.
    private let titles: [Int: String]
    private(set) var errors: [RowError] = []

    static let largestQuantity: Int64 = 1_000_000_000
    static let largestAmount: Int64 = 100_000_000_000_000
    static let years = 1990...2100

    init(_ order: SheetOrder, titles: [Int: String]) {
        conventions = order.conventions
        sheetName = order.sheetName
        self.titles = titles
    }

    mutating func beginRow() { if !errors.isEmpty { errors.removeAll() } }

    mutating func wrong(
        _ type: RowErrorType, _ field: Field, _ column: Int?, _ row: Row, _ message: String, _ suggestion: String? = nil
    ) {
        let value = column.flatMap { row.cell(column: $0) }.map { String(row.string($0).prefix(200)) }
        errors.append(
            RowError(
                sheet: sheetName, row: row.number, column: column.map(ColumnName.text), type: type, message: message, field: field.rawValue,
                value: value, suggestion: suggestion))
    }

    func title(_ field: Field, _ column: Int?) -> String {
        guard let title = column.flatMap({ titles[$0] }), !title.isEmpty else { return field.rawValue }
        return title
    }

    mutating func missing(_ field: Field, _ column: Int?, _ row: Row) {
        let title = title(field, column)
        wrong(.missingRequiredField, field, column, row, "\(title) is empty.", "Fill in \(title).")
    }

    /// A number in a cell, however the reseller writes it; nil, with its error kept, where there is none.
    mutating func number(_ field: Field, _ column: Int?, _ row: Row, _ type: RowErrorType, required: Bool = true) -> DecimalNumber? {
        guard let column, let cell = row.cell(column: column) else {
            if required { missing(field, column, row) }
            return nil
        }
        if let number = cell.number { return number }
        guard cell.kind == .text || cell.kind == .sharedText else {
            let title = title(field, column)
            wrong(type, field, column, row, "\(title) is \(row.string(cell)), which is no number.", "Write a number into \(title).")
            return nil
        }
        switch row.withText(of: cell, { conventions.numbers.read($0, currency: conventions.currency) }) {
        case .number(let number): return number
        case .none:
            if required { missing(field, column, row) }
            return nil
        case .unreadable(let why):
            let title = title(field, column)
            wrong(
                type, field, column, row, "\(title) \"\(row.string(cell).prefix(200))\" cannot be read: \(why).",
                "Write a plain number into \(title).")
            return nil
        }
    }

    mutating func quantity(_ column: Int?, _ row: Row, required: Bool = true) -> Int64? {
        guard let number = number(.quantity, column, row, .invalidQuantity, required: required) else { return nil }
        guard let whole = number.whole else {
            wrong(
                .invalidQuantity, .quantity, column, row, "The quantity \(number) is not a whole number.",
                "Write how many pieces were sold.")
            return nil
        }
        if whole.magnitude > RowFigures.largestQuantity.magnitude {
            wrong(.invalidQuantity, .quantity, column, row, "The quantity \(number) is too large to be true.", "Check the column.")
            return nil
        }
        if whole < 0, !conventions.returnsAllowed {
            wrong(
                .invalidQuantity, .quantity, column, row, "The quantity \(number) is negative, and returns are not taken here.",
                "Leave returns out.")
            return nil
        }
        return whole
    }

    mutating func amount(_ field: Field, _ column: Int?, _ row: Row, required: Bool = true) -> Money? {
        guard let number = number(field, column, row, .invalidPrice, required: required) else { return nil }
        guard let money = Money(number), money.units.magnitude <= RowFigures.largestAmount.magnitude else {
            wrong(.invalidPrice, field, column, row, "The amount \(number) is too large to be true.", "Check the column.")
            return nil
        }
        return money
    }

    /// What a total says, where it can be read; nothing is wrong with a row because its total is not.
    func stated(_ column: Int?, _ row: Row) -> DecimalNumber? {
        guard let column, let cell = row.cell(column: column) else { return nil }
        if let number = cell.number { return number }
        guard cell.kind == .text || cell.kind == .sharedText else { return nil }
        let reading = row.withText(of: cell) { conventions.numbers.read($0, currency: conventions.currency) }
        if case .number(let number) = reading { return number }
        return nil
    }

    func statedSums(quantity: Int?, amount: Int?, _ row: Row) -> ControlTotal.Sums {
        ControlTotal.Sums(quantity: stated(quantity, row)?.whole, amount: stated(amount, row).flatMap { Money($0) }?.units)
    }

    func isBlank(_ column: Int?, _ row: Row) -> Bool {
        guard let column, let cell = row.cell(column: column) else { return true }
        guard cell.kind == .text || cell.kind == .sharedText else { return false }
        let isBlank: Bool? = row.withText(of: cell) { text in
            for index in 0..<text.count where text[index] > 32 {
                return text.count > RowFigures.longestDash || (text[index] &- 48) < 10 ? false : nil
            }
            return true
        }
        // A dash or n/a says what an empty cell says.
        return isBlank ?? ["", "-", "–", "—", "−", "n/a"].contains(Folded.text(row.string(cell)))
    }

    private static let longestDash = 5
}
