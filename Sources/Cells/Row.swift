/// One row of a sheet. The reader fills the same row again and again: keep what you need of it, not the row.
@usableFromInline @frozen package struct Row: Sendable {
    /// The row's number as the sheet shows it, from 1.
    @usableFromInline package var number: Int
    @usableFromInline package var isHidden: Bool
    /// Whether one of the cells is a formula without a result. Whoever fills the row says so.
    @usableFromInline package var hasUncalculated: Bool
    /// Whether a formula's stored result is 0: some programs write that for every formula and leave the sum to Excel.
    @usableFromInline package var hasZeroFormula: Bool
    /// In the order of their columns; empty cells are left out.
    @usableFromInline package var cells: [Cell]
    /// The UTF-8 of the row's own texts; `Cell.range` points into it.
    @usableFromInline package var bytes: [UInt8]
    /// The workbook's shared texts; none for CSV.
    @usableFromInline package var shared: SharedTexts

    @inlinable package init(shared: SharedTexts = SharedTexts()) {
        number = 0
        isHidden = false
        hasUncalculated = false
        hasZeroFormula = false
        cells = []
        bytes = []
        self.shared = shared
    }

    /// Empties the row for the next one and keeps its memory.
    @inlinable package mutating func reset(number: Int) {
        self.number = number
        isHidden = false
        hasUncalculated = false
        hasZeroFormula = false
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

    /// The cell in that column, if it is not empty. Most rows have no gaps, so the first look is where the cell would then be.
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

    /// Lends the cell's text as UTF-8, without a copy; an empty span for every other kind.
    @inlinable package func withText<Result>(of cell: Cell, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        switch cell.kind {
        case .text, .error: try body(bytes.span.extracting(cell.range))
        case .sharedText: try shared.withText(Int(cell.payload), body)
        case .number, .bool, .date, .uncalculated: try body(Span())
        }
    }

    /// UTF-8 bytes of the shared texts that the cells show, counted anew for each cell; only of those longer than so many.
    package func sharedTextBytes(longerThan least: Int) -> Int {
        guard shared.longest > least else { return 0 }
        var sum = 0
        for cell in cells {
            guard let index = cell.sharedIndex, case let length = shared.byteCount(index), length > least else { continue }
            sum += length
        }
        return sum
    }

    /// The cell as text, as a person would read it: numbers in plain digits, dates as `2025-03-01`.
    package func string(_ cell: Cell) -> String {
        switch cell.kind {
        case .text, .error, .sharedText: withText(of: cell) { String(copying: $0) }
        case .number: cell.number?.description ?? ""
        case .bool: cell.bool == true ? "TRUE" : "FALSE"
        case .date: cell.date?.description ?? ""
        case .uncalculated: ""
        }
    }
}

/// A workbook's shared texts in one buffer: text `n` lies between `ends[n - 1]` and `ends[n]`.
/// Copies share both arrays, so they cost nothing.
@usableFromInline @frozen package struct SharedTexts: Sendable {
    @usableFromInline package private(set) var bytes: [UInt8] = []
    @usableFromInline private(set) var ends: [Int32] = []
    /// Bytes of the longest text.
    package private(set) var longest = 0

    @inlinable package init() {}

    @inlinable package var count: Int { ends.count }

    package mutating func append(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        ends.append(Int32(clamping: bytes.count))
        longest = max(longest, text.count)
    }

    /// Makes room ahead, so that growing never holds everything twice.
    package mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    @inlinable package func isEmpty(_ index: Int) -> Bool { ends[index] == (index == 0 ? 0 : ends[index - 1]) }

    /// 0 for a text that is not there.
    package func byteCount(_ index: Int) -> Int {
        guard ends.indices.contains(index) else { return 0 }
        return Int(ends[index] - (index == 0 ? 0 : ends[index - 1]))
    }

    /// Whether any text has no bytes.
    package var hasEmpty: Bool { ends.indices.contains { isEmpty($0) } }

    @inlinable func withText<Result>(_ index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        guard index >= 0, index < ends.count else { return try body(Span()) }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return try body(bytes.span.extracting(start..<Int(ends[index])))
    }
}

extension String {
    /// Decodes UTF-8 and mends what is not valid.
    package init(copying bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
