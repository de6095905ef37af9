import Cells
import Sellout

/// One row of a sheet, read field by field. All that is wrong with it is told.
struct RetailLine {
    let row: Row
    let header: SheetHeader
    private(set) var faults: [RetailFault] = []

    /// In bytes: a longer text is no name.
    private static let longestText = 2000

    init(_ row: Row, _ header: SheetHeader) {
        self.row = row
        self.header = header
    }

    mutating func note(_ field: Int, value: String? = nil, _ message: String, do suggestion: String) {
        faults.append(
            RetailFault(
                sheet: header.sheet.rawValue, row: row.number, column: header.title(field), value: value, message, do: suggestion))
    }

    /// Without the white space around it; empty where nothing stands there.
    mutating func text(_ field: Int) -> String {
        guard let cell = header.cell(field, of: row) else { return "" }
        let text = trimmed(row.string(cell))
        switch cell.kind {
        case .error: note(field, value: text, "This cell holds the error \(text).", do: "Mend its formula, or write the value.")
        case .uncalculated: note(field, "This formula has no stored result.", do: "Open the file in Excel, save it and send it again.")
        default:
            guard text.utf8.count > Self.longestText else { return text }
            note(field, value: text, "This text is longer than \(Self.longestText) bytes.", do: "Shorten it.")
        }
        return ""
    }

    /// What must be there.
    mutating func filled(_ field: Int) -> String {
        let before = faults.count
        let text = text(field)
        if text.isEmpty, faults.count == before { note(field, "\(header.title(field)) is empty.", do: "Fill it in, or take the row away.") }
        return text
    }

    mutating func optional(_ field: Int) -> String? {
        let text = text(field)
        return text.isEmpty ? nil : text
    }

    /// Not below zero. Nil where nothing stands there.
    mutating func number(_ field: Int, isPercent: Bool = false) -> DecimalNumber? {
        guard let cell = header.cell(field, of: row) else { return nil }
        var text = text(field)
        guard !text.isEmpty else { return nil }
        if isPercent, text.hasSuffix("%") { text = trimmed(String(text.dropLast())) }
        guard let number = cell.number ?? (cell.kind == .text || cell.kind == .sharedText ? DecimalNumber(text: text.utf8) : nil) else {
            note(field, value: text, "\(text) is no number.", do: "Write digits, with a point before decimals and nothing else.")
            return nil
        }
        guard number.digits >= 0 else {
            note(field, value: text, "\(text) is below zero.", do: "Write a number from 0.")
            return nil
        }
        guard let exact = Exact(number) else {
            note(
                field, value: text, "\(text) is above \(Exact.largest).",
                do: "Is it a slip of the keyboard? Write the number that is meant.")
            return nil
        }
        guard !isPercent || exact.units <= 100 * Exact.one else {
            note(field, value: text, "\(text) % is above 100 %.", do: "Write the margin as a percentage from 0 to 100.")
            return nil
        }
        return number
    }

    mutating func count(_ field: Int) -> Int? {
        guard let number = number(field) else { return nil }
        guard let whole = number.whole, let count = Int(exactly: whole), count <= 1_000_000_000 else {
            note(field, value: number.description, "\(number) is no whole number.", do: "Write a whole number.")
            return nil
        }
        return count
    }

    private func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last else { return text }
        // Mostly there is nothing to trim, and a look at whole characters is slow.
        if (0x21..<0x7F).contains(first), (0x21..<0x7F).contains(last) { return text }
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
