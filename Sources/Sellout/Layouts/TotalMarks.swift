import Cells

/// What the first text of a total row looks like. Most rows are let pass by a look at their bytes, without making a text.
struct TotalMarks: Sendable {
    private let patterns: [NamePattern]
    /// A lower-case ASCII word that each total holds; nil where a pattern has none.
    private let words: [[UInt8]]?

    init(_ patterns: [NamePattern]) {
        self.patterns = patterns
        let cores = patterns.map { pattern in
            Folded.text(pattern.text).split { !$0.isASCII || !$0.isLetter }.max { $0.count < $1.count }.map { Array($0.utf8) }
        }
        words = cores.contains { $0 == nil } ? nil : cores.compactMap { $0 }
    }

    var isEmpty: Bool { patterns.isEmpty }

    func mark(_ cell: Cell, _ row: Row) -> Bool {
        guard !patterns.isEmpty, cell.kind == .text || cell.kind == .sharedText else { return false }
        if let words, !row.withText(of: cell, { text in words.contains { TotalMarks.holds($0, text) } }) { return false }
        return patterns.match(folded: Folded.text(row.string(cell)))
    }

    /// Whether the first text of the row, left of `column`, marks a total.
    func markRow(_ row: Row, before column: Int = .max) -> Bool {
        guard !patterns.isEmpty, let first = row.cells.first, Int(first.column) < column else { return false }
        return mark(first, row)
    }

    /// A total of everything, not of a part: its mark leaves nothing open, as `* total` does.
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
