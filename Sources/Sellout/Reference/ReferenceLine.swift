import Cells

/// One line of a reference file, read field by field. Its problems are gathered, so that a line tells all its mistakes at once.
struct ReferenceLine {
    let row: Row
    let header: ReferenceHeader
    private(set) var problems: [ReferenceProblem] = []

    /// In bytes. No name is longer: a longer text is a quote that was never closed.
    private static let longestText = 500

    init(_ row: Row, header: ReferenceHeader) {
        self.row = row
        self.header = header
    }

    /// The field's cell, unless it is blank.
    private func cell(_ field: ReferenceField) -> Cell? {
        guard let column = header.column(of: field), let cell = row.cell(column: column) else { return nil }
        return text(of: cell).isEmpty ? nil : cell
    }

    /// The field's cell; a blank one is a problem.
    private mutating func filled(_ field: ReferenceField) -> Cell? {
        let cell = cell(field)
        if cell == nil { note(field, "\(field.header) is empty.") }
        return cell
    }

    mutating func note(_ field: ReferenceField, value: String? = nil, _ message: String) {
        problems.append(ReferenceProblem(row: row.number, column: header.title(of: field), value: value, message: message))
    }

    /// Empty if the field is.
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
        guard filled(field) != nil else { return nil }
        let text = optionalText(field)
        return text.isEmpty ? nil : text
    }

    mutating func ean(_ field: ReferenceField = .ean) -> EAN? {
        guard let cell = filled(field) else { return nil }
        let text = text(of: cell)
        if let ean = cell.number.map(EAN.init) ?? EAN(text) { return ean }
        note(field, value: shown(text), "\(shown(text)) is no EAN: thirteen digits are expected.")
        return nil
    }

    mutating func number(_ field: ReferenceField) -> DecimalNumber? {
        filled(field).flatMap { number($0, field) }
    }

    mutating func number(_ cell: Cell, _ field: ReferenceField) -> DecimalNumber? {
        if let number = cell.number { return number }
        let text = text(of: cell)
        if let number = DecimalNumber(text: text.utf8) { return number }
        note(field, value: shown(text), "\(shown(text)) is no number with a decimal point.")
        return nil
    }

    mutating func day(_ field: ReferenceField) -> CivilDay? {
        guard let cell = filled(field) else { return nil }
        let text = text(of: cell)
        if let day = cell.date?.day ?? CivilDay(text) ?? CivilDay(written: text) { return day }
        note(field, value: shown(text), "\(shown(text)) is no date such as 2025-04-17.")
        return nil
    }

    /// Without the white space around it.
    func text(of cell: Cell) -> String {
        let text = row.string(cell)
        guard let first = text.utf8.first, let last = text.utf8.last else { return text }
        // Mostly there is nothing to trim, and a look at whole characters is slow.
        if (0x21..<0x7F).contains(first), (0x21..<0x7F).contains(last) { return text }
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private func shown(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }
}

extension CivilDay {
    /// A day as the ECB writes it in its daily file: `17 April 2025`.
    fileprivate init?(written text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 3, let day = Int(parts[0]), let month = MonthName.number(String(parts[1])), let year = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }
}

/// One thing wrong with one line of a reference file. The other lines are taken.
package struct ReferenceProblem: Hashable, Sendable {
    /// As a spreadsheet or a text editor numbers it, from 1.
    package let row: Int
    /// The header as the file spells it; nil if the whole line is meant.
    package let column: String?
    /// What the file says there.
    package let value: String?
    package let message: String

    package init(row: Int, column: String?, value: String? = nil, message: String) {
        self.row = row
        self.column = column
        self.value = value
        self.message = message
    }
}
