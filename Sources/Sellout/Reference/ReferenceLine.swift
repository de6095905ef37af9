import Cells

/// One line of a reference file, read field by field; what is wrong is gathered, so that a line tells all its mistakes at once.
struct ReferenceLine {
    let row: Row
    let header: ReferenceHeader
    private(set) var problems: [ReferenceProblem] = []

    /// Longer than any name; what is longer is a broken quote.
    private static let longestText = 500

    init(_ row: Row, header: ReferenceHeader) {
        self.row = row
        self.header = header
    }

    /// The field's cell, unless it is empty or blank.
    func cell(_ field: ReferenceField) -> Cell? {
        guard let column = header.column(of: field), let cell = row.cell(column: column) else { return nil }
        return text(of: cell).isEmpty ? nil : cell
    }

    mutating func note(_ field: ReferenceField, value: String? = nil, _ message: String) {
        problems.append(ReferenceProblem(row: row.number, column: header.title(of: field), value: value, message: message))
    }

    /// Empty where the field is.
    mutating func optionalText(_ field: ReferenceField) -> String {
        guard let cell = cell(field) else { return "" }
        let text = text(of: cell)
        guard text.utf8.count <= ReferenceLine.longestText else {
            note(field, value: String(text.prefix(40)) + "…", "\(field.header) is longer than \(ReferenceLine.longestText) bytes.")
            return ""
        }
        guard cell.kind != .error else {
            note(field, value: text, "\(field.header) holds the error \(text).")
            return ""
        }
        return text
    }

    mutating func text(_ field: ReferenceField) -> String? {
        guard cell(field) != nil else {
            note(field, "\(field.header) is empty.")
            return nil
        }
        let text = optionalText(field)
        return text.isEmpty ? nil : text
    }

    mutating func ean(_ field: ReferenceField = .ean) -> EAN? {
        guard let cell = cell(field) else {
            note(field, "\(field.header) is empty.")
            return nil
        }
        let text = text(of: cell)
        if let ean = cell.number.map(EAN.init) ?? EAN(text) { return ean }
        note(field, value: shown(text), "\(shown(text)) is no EAN: thirteen digits are expected.")
        return nil
    }

    mutating func number(_ field: ReferenceField) -> DecimalNumber? {
        guard let cell = cell(field) else {
            note(field, "\(field.header) is empty.")
            return nil
        }
        return number(cell, field)
    }

    mutating func number(_ cell: Cell, _ field: ReferenceField) -> DecimalNumber? {
        if let number = cell.number { return number }
        let text = text(of: cell)
        if let number = DecimalNumber(text: text.utf8) { return number }
        note(field, value: shown(text), "\(shown(text)) is no number with a decimal point.")
        return nil
    }

    mutating func day(_ field: ReferenceField) -> CivilDay? {
        guard let cell = cell(field) else {
            note(field, "\(field.header) is empty.")
            return nil
        }
        let text = text(of: cell)
        if let day = cell.date?.day ?? CivilDay(text) ?? WrittenDay(text)?.day { return day }
        note(field, value: shown(text), "\(shown(text)) is no date such as 2025-04-17.")
        return nil
    }

    /// Without the white space around it.
    func text(of cell: Cell) -> String {
        let text = row.string(cell)
        guard let first = text.utf8.first, let last = text.utf8.last else { return text }
        // Nothing to trim is by far the most frequent, and looking at whole characters is slow.
        if (0x21..<0x7F).contains(first), (0x21..<0x7F).contains(last) { return text }
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private func shown(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }
}
