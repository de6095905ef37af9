/// The texts of a table's cells, row by row and one behind the other, so that fifty thousand records need no text of their own for each
/// cell. Beside each text lies how it is compared: in small letters. A cell without a text is not kept.
struct PackedCells: Sendable {
    private struct Cell {
        let column: UInt16
        let textEnd: UInt32
        /// Behind the mark that closes it.
        let foldedEnd: UInt32
    }

    /// Closes each folded text: no byte of UTF-8, so what is searched never reaches from one cell into the next.
    private static let mark: UInt8 = 0xFF
    private static let mostBytes = Int(UInt32.max / 2)

    private var texts: [UInt8] = []
    private var folded: [UInt8] = []
    private var cells: [Cell] = []
    private var rowEnds: [UInt32] = []

    var rows: Int { rowEnds.count }

    static func folded(_ text: some Collection<UInt8>) -> [UInt8] {
        if text.allSatisfy({ $0 < 0x80 }) { return text.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 } }
        return Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
    }

    /// Of the row that is open.
    mutating func add(_ text: some Collection<UInt8>, column: Int) {
        guard !text.isEmpty, let column = UInt16(exactly: column), folded.count + 8 * text.count < Self.mostBytes else { return }
        texts.append(contentsOf: text)
        folded.append(contentsOf: Self.folded(text))
        folded.append(Self.mark)
        cells.append(Cell(column: column, textEnd: UInt32(texts.count), foldedEnd: UInt32(folded.count)))
    }

    mutating func endRow() { rowEnds.append(UInt32(cells.count)) }

    /// No row comes any more: what was kept ready for more is given back.
    mutating func finish() {
        texts = Array(texts[...])
        folded = Array(folded[...])
        cells = Array(cells[...])
        rowEnds = Array(rowEnds[...])
    }
}

extension PackedCells {
    private func cells(of row: Int) -> Range<Int> { (row == 0 ? 0 : Int(rowEnds[row - 1]))..<Int(rowEnds[row]) }

    private func cell(_ row: Int, _ column: Int) -> Int? {
        let range = cells(of: row)
        // Records are mostly alike: each field stands in its column's place.
        let likely = range.lowerBound + column
        if likely < range.upperBound, Int(cells[likely].column) == column { return likely }
        return range.first { Int(cells[$0].column) == column }
    }

    private func text(at place: Int) -> ArraySlice<UInt8> {
        texts[(place == 0 ? 0 : Int(cells[place - 1].textEnd))..<Int(cells[place].textEnd)]
    }

    func has(_ row: Int, _ column: Int) -> Bool { cell(row, column) != nil }

    func text(_ row: Int, _ column: Int) -> ArraySlice<UInt8>? { cell(row, column).map(text) }

    func folded(_ row: Int, _ column: Int) -> ArraySlice<UInt8>? {
        cell(row, column).map { place in
            folded[(place == 0 ? 0 : Int(cells[place - 1].foldedEnd))..<Int(cells[place].foldedEnd) - 1]
        }
    }

    /// Marks the rows in which a cell holds that folded text; the others stay as they are.
    func mark(rowsHolding needle: [UInt8], in rows: inout [Bool]) {
        guard let first = needle.first, folded.count >= needle.count else { return }
        var row = 0
        var at = 0
        while at <= folded.count - needle.count {
            guard folded[at] == first, folded[at..<at + needle.count].elementsEqual(needle) else {
                at += 1
                continue
            }
            while foldedEnd(of: row) <= at { row += 1 }
            rows[row] = true
            at = foldedEnd(of: row)
        }
    }

    private func foldedEnd(of row: Int) -> Int {
        let cells = Int(rowEnds[row])
        return cells == 0 ? 0 : Int(self.cells[cells - 1].foldedEnd)
    }
}
