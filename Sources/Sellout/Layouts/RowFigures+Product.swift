import Cells

extension RowFigures {
    /// The EAN, nil where the cell is empty; what is no EAN is kept as an error.
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
        // A no-break blank around the digits, a dash for none.
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

    /// Whether the cell holds something that was meant to be an article number: digits, if not the right number of them.
    func looksLikeEAN(_ column: Int?, _ row: Row) -> Bool {
        guard let column, let cell = row.cell(column: column) else { return false }
        let text = Folded.text(row.string(cell))
        return text.utf8.count >= 8 && text.utf8.count { ($0 &- 48) < 10 } * 2 > text.utf8.count
    }
}
