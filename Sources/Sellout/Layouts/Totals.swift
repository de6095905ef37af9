import Cells

/// What the first text of a total row looks like: as the profile says, or as sums are called in any of the resellers' languages. For
/// most rows a look at their bytes is enough, without making a text.
struct TotalMarks: Sendable {
    private let patterns: [NamePattern]
    /// Whether one of the patterns could match a text that is called like no sum.
    private let areUnusual: Bool

    init(_ patterns: [NamePattern]) {
        self.patterns = patterns
        areUnusual = patterns.contains { pattern in
            let bytes = Array(Folded.text(pattern.text).utf8)
            return !TotalWords.mayBe(bytes.span)
        }
    }

    func mark(_ cell: Cell, _ row: Row) -> Bool {
        guard cell.kind == .text || cell.kind == .sharedText else { return false }
        guard areUnusual || row.withText(of: cell, { TotalWords.mayBe($0) }) else { return false }
        let text = Folded.text(row.string(cell))
        return patterns.match(folded: text) || TotalWords.isTotal(text)
    }

    /// The same, with what is known already of texts that the workbook shares.
    func mark(_ cell: Cell, _ row: Row, _ known: inout [UInt8]) -> Bool {
        guard let shared = cell.sharedIndex else { return mark(cell, row) }
        if shared < known.count, known[shared] != 0 { return known[shared] == 2 }
        let isTotal = mark(cell, row)
        if shared >= known.count { known += [UInt8](repeating: 0, count: max(shared + 1 - known.count, known.count)) }
        known[shared] = isTotal ? 2 : 1
        return isTotal
    }

    /// Whether the row's first text is left of `column` and marks a total.
    func markRow(_ row: Row, before column: Int = .max) -> Bool {
        guard let first = row.cells.first, Int(first.column) < column else { return false }
        return mark(first, row)
    }

    /// Whether it is a total of everything and not of a part: its mark is no pattern like `* total`.
    func isOfAll(_ row: Row) -> Bool {
        guard let first = row.cells.first else { return false }
        let text = Folded.text(row.string(first))
        return patterns.contains { !$0.text.contains("*") && $0.matches(folded: text) } || TotalWords.isAlone(text)
    }
}

/// Compares the totals that the file states for its rows with what was extracted: the sum of all rows, and each row that differs.
struct RowControls {
    /// More are in the sum, but not listed.
    private static let mostListed = 50

    private let scope: String
    private var file = ControlTotal.Sums()
    private var extracted = ControlTotal.Sums()
    private var differing: [ControlTotal] = []

    init(scope: String) { self.scope = scope }

    mutating func add(row: Int, file stated: ControlTotal.Sums, extracted found: ControlTotal.Sums) {
        guard !stated.isEmpty else { return }
        file.add(stated)
        extracted.add(
            ControlTotal.Sums(quantity: stated.quantity == nil ? nil : found.quantity, amount: stated.amount == nil ? nil : found.amount))
        let total = ControlTotal.compare("row \(row)", file: stated, extracted: found)
        if !total.agrees, differing.count < RowControls.mostListed { differing.append(total) }
    }

    func report(to harvest: Harvest) {
        guard !file.isEmpty else { return }
        harvest.control(.compare(scope, file: file, extracted: extracted))
        for total in differing { harvest.control(total) }
    }
}
