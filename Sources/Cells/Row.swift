/// One row of a sheet. The reader fills the same row again and again: keep what you need of it, not the row.
@frozen package struct Row: Sendable {
    /// The row's number as the sheet shows it, from 1.
    package var number: Int
    package var isHidden: Bool
    /// In the order of their columns; empty cells are left out.
    package var cells: [Cell]
    /// The UTF-8 of the row's own texts; `Cell.range` points into it.
    package var bytes: [UInt8]
    /// The workbook's shared texts; none for CSV.
    package var shared: SharedTexts

    @inlinable package init(shared: SharedTexts = SharedTexts()) {
        number = 0
        isHidden = false
        cells = []
        bytes = []
        self.shared = shared
    }

    /// Empties the row for the next one and keeps its memory.
    @inlinable package mutating func reset(number: Int) {
        self.number = number
        isHidden = false
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends UTF-8 text as a cell.
    package mutating func append(text: some Collection<UInt8>, column: Int, isError: Bool = false) {
        guard let offset = Int32(exactly: bytes.count), let count = Int32(exactly: text.count), let column = Int32(exactly: column) else {
            return
        }
        bytes.append(contentsOf: text)
        cells.append(.text(offset: offset, count: count, column: column, isError: isError))
    }

    /// The cell in that column, if it is not empty. Rows are mostly dense, so the cell is looked for first where it would then be.
    @inlinable package func cell(column: Int) -> Cell? {
        if column < cells.count, Int(cells[column].column) == column { return cells[column] }
        var low = 0
        var high = min(cells.count, column + 1)
        while low < high {
            let middle = (low + high) / 2
            if Int(cells[middle].column) < column { low = middle + 1 } else { high = middle }
        }
        return low < cells.count && Int(cells[low].column) == column ? cells[low] : nil
    }

    /// The cell's text as UTF-8, without copying; an empty span for numbers, dates and booleans.
    @inlinable package func withText<Result>(of cell: Cell, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        switch cell.kind {
        case .text, .error: try body(bytes.span.extracting(cell.range))
        case .sharedText: try shared.withText(Int(cell.payload), body)
        case .number, .bool, .date: try body(Span())
        }
    }

    /// The cell as text, as a person would read it: numbers in plain digits, dates as `2025-03-01`.
    package func string(_ cell: Cell) -> String {
        switch cell.kind {
        case .text, .error, .sharedText: withText(of: cell) { String(copying: $0) }
        case .number: cell.number?.description ?? ""
        case .bool: cell.bool == true ? "TRUE" : "FALSE"
        case .date: cell.date?.description ?? ""
        }
    }
}

extension String {
    /// Decodes UTF-8, mending what is not valid.
    package init(copying bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
