import Cells

/// What the first text of a total row looks like. For most rows a look at their bytes is enough, without making a text.
struct TotalMarks: Sendable {
    private let patterns: [NamePattern]
    /// For each pattern a lower-case ASCII word that its totals hold; nil if a pattern has none.
    private let words: [[UInt8]]?

    init(_ patterns: [NamePattern]) {
        self.patterns = patterns
        let cores = patterns.map { pattern in
            Folded.text(pattern.text).split { !$0.isASCII || !$0.isLetter }.max { $0.count < $1.count }.map { Array($0.utf8) }
        }
        words = cores.contains { $0 == nil } ? nil : cores.compactMap { $0 }
    }

    func mark(_ cell: Cell, _ row: Row) -> Bool {
        guard !patterns.isEmpty, cell.kind == .text || cell.kind == .sharedText else { return false }
        if let words, !row.withText(of: cell, { text in words.contains { TotalMarks.holds($0, text) } }) { return false }
        return patterns.match(folded: Folded.text(row.string(cell)))
    }

    /// Whether the row's first text is left of `column` and marks a total.
    func markRow(_ row: Row, before column: Int = .max) -> Bool {
        guard !patterns.isEmpty, let first = row.cells.first, Int(first.column) < column else { return false }
        return mark(first, row)
    }

    /// Whether it is a total of everything and not of a part: its mark is no pattern like `* total`.
    func isOfAll(_ row: Row) -> Bool {
        guard let first = row.cells.first else { return false }
        return patterns.filter { !$0.text.contains("*") }.match(row.string(first))
    }

    private static func holds(_ word: [UInt8], _ text: Span<UInt8>) -> Bool {
        guard text.count >= word.count else { return false }
        var start = 0
        while start <= text.count - word.count {
            var place = 0
            while place < word.count, text[start + place] | 32 == word[place] { place += 1 }
            if place == word.count { return true }
            start += 1
        }
        return false
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
