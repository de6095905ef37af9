import Cells

/// Reads the figures of one row, and keeps what is wrong with them. A sheet's rows share one.
struct RowFigures {
    let conventions: Conventions
    let sheetName: String
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

    /// Forgets what was found wrong in a second look.
    mutating func restore(_ errors: [RowError]) { self.errors = errors }

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

    /// The number in a cell, as the reseller writes numbers. If there is none: nil, and an error is kept.
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

    /// The number in a total, or nil. A total that cannot be read is no error.
    func stated(_ column: Int?, _ row: Row) -> DecimalNumber? {
        guard let column, let cell = row.cell(column: column) else { return nil }
        if let number = cell.number { return number }
        guard cell.kind == .text || cell.kind == .sharedText else { return nil }
        let reading = row.withText(of: cell) { conventions.numbers.read($0, currency: conventions.currency) }
        if case .number(let number) = reading { return number }
        return nil
    }

    /// Whether the cell holds a number, or nothing.
    func isReadable(_ column: Int?, _ row: Row) -> Bool { isBlank(column, row) || stated(column, row) != nil }

    /// Whether the cell holds a valid EAN.
    func hasEAN(_ column: Int?, _ row: Row) -> Bool { valid(column, row) != nil }

    /// The EAN in a cell, where it holds one.
    func valid(_ column: Int?, _ row: Row) -> EAN? {
        guard let column, let cell = row.cell(column: column) else { return nil }
        return cell.number.flatMap { EAN($0) } ?? EAN(Folded.text(row.string(cell)))
    }

    /// `#REF!` and the like name nothing.
    mutating func refuseErrorValue(_ field: Field, _ column: Int?, _ row: Row) {
        guard let column, let cell = row.cell(column: column) else { return }
        let title = title(field, column)
        wrong(.missingRequiredField, field, column, row, "\(title) is \(row.string(cell)), which names nothing.", "Fill in \(title).")
    }

    /// True, with an error for each, where one of these columns has a formula that was never calculated.
    mutating func uncalculated(_ columns: [Int], _ row: Row) -> Bool {
        let before = errors.count
        for cell in row.cells where cell.kind == .uncalculated && columns.contains(Int(cell.column)) {
            let column = Int(cell.column)
            errors.append(
                RowError(
                    sheet: sheetName, row: row.number, column: ColumnName.text(column), type: .formulaNotCalculated,
                    message:
                        "\(titles[column].flatMap { $0.isEmpty ? nil : $0 } ?? "Column \(ColumnName.text(column))") is a formula that was never calculated.",
                    field: nil, value: nil, suggestion: "Open the file in Excel, save it, and send it again."))
        }
        return errors.count > before
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
        // A dash or n/a means the same as an empty cell.
        return isBlank ?? ["", "-", "–", "—", "−", "n/a"].contains(Folded.text(row.string(cell)))
    }

    private static let longestDash = 5
}

extension RowFigures {
    /// The EAN, or nil if the cell is empty. If it holds anything else: nil, and an error is kept.
    mutating func ean(_ column: Int?, _ row: Row) -> EAN? {
        guard let column, let cell = row.cell(column: column) else { return nil }
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
        // There may be a no-break space around the digits, or a dash for none.
        let folded = Folded.text(text)
        if let ean = EAN(folded) { return ean }
        if folded.isEmpty || ["-", "–", "—", "n/a"].contains(folded) { return nil }
        if text.contains("E+") || text.contains("e+") {
            wrong(
                .invalidEAN, .ean, column, row, "\(text) has lost its digits to scientific notation.",
                "Format the column as text and enter all 13 digits.")
        } else {
            wrong(
                .invalidEAN, .ean, column, row, "\"\(text.prefix(200))\" is no EAN: it must have 13 digits.",
                "Enter the 13 digits of the article.")
        }
        return nil
    }

    /// Whether the cell was meant to hold an article number: it has digits, though perhaps not the right number of them.
    func looksLikeEAN(_ column: Int?, _ row: Row) -> Bool {
        guard let column, let cell = row.cell(column: column) else { return false }
        if cell.kind == .error { return true }
        let text = Folded.text(row.string(cell))
        return text.utf8.count >= 8 && text.utf8.count { ($0 &- 48) < 10 } * 2 > text.utf8.count
    }
}
