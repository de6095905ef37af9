import Cells

/// Reads a sheet's XML row by row. `plainCell` reads the form of cell that nearly all programs write, `carefulCell` every other.
/// A row that the window cuts off is read again from its start once the window has moved on.
struct SheetScanner {
    enum Outcome {
        case row, passed, end, incomplete
        case fault(SpreadsheetFault)
    }

    private enum Phase { case root, head, rows }

    let limits: Limits
    let styles: Styles
    let dates: DateSystem
    let shared: SharedTexts
    let sharedHasEmpty: Bool
    let cells: CellBuffer
    /// The prefix of the sheet's own elements.
    private(set) var prefix: [UInt8] = []
    private var phase = Phase.root
    private var lastRow = 0
    private(set) var current = RowNumber(0)
    private var currentIsStated = false
    private var isInRow = false

    init(limits: Limits, styles: Styles, dates: DateSystem, shared: SharedTexts) {
        self.limits = limits
        self.styles = styles
        self.dates = dates
        self.shared = shared
        sharedHasEmpty = shared.hasEmpty
        cells = CellBuffer(capacity: limits.columns)
    }

    /// Takes the next step and leaves the cursor behind what was read.
    mutating func next(_ cursor: inout MarkupCursor, into row: inout Row) -> Outcome {
        do throws(ScanStop) {
            switch phase {
            case .root: return try root(&cursor)
            case .head: return try head(&cursor)
            case .rows: return try nextRow(&cursor, into: &row)
            }
        } catch {
            switch error {
            case .incomplete: return .incomplete
            case .fault(let fault): return .fault(isInRow ? fault.at(row: current.value) : fault)
            }
        }
    }

    private mutating func root(_ cursor: inout MarkupCursor) throws(ScanStop) -> Outcome {
        let tag = try cursor.nextTag()
        prefix = cursor.prefix(of: tag.name)
        let local = tag.name.lowerBound + prefix.count..<tag.name.upperBound
        guard !tag.isEnd, cursor.spells(local, "worksheet") else { throw cursor.broken("a part that should be a sheet is something else") }
        phase = .head
        return tag.isEmpty ? .end : .passed
    }

    private mutating func head(_ cursor: inout MarkupCursor) throws(ScanStop) -> Outcome {
        let tag = try cursor.nextTag()
        if tag.element == .worksheet, tag.isEnd { return .end }
        if tag.element == .sheetData, !tag.isEnd {
            phase = .rows
            return tag.isEmpty ? .end : .passed
        }
        if !tag.isEnd { try cursor.skip(tag, depth: limits.xmlDepth) }
        return .passed
    }

    private mutating func nextRow(_ cursor: inout MarkupCursor, into row: inout Row) throws(ScanStop) -> Outcome {
        let tag = try cursor.nextTag()
        if tag.isEnd {
            guard tag.element == .sheetData else { throw cursor.unopened() }
            return .end
        }
        guard tag.element == .row else {
            try cursor.skip(tag, depth: limits.xmlDepth)
            return .passed
        }
        var number = lastRow + 1
        var isHidden = false
        var stated = false
        var isWrong = false
        try cursor.forEachAttribute(tag) { name, value in
            if cursor.spells(name, "r") {
                stated = true
                if let figure = cursor.wholeNumber(value), figure > 0 { number = figure } else { isWrong = true }
            } else if cursor.spells(name, "hidden") {
                isHidden = cursor.isTrue(value)
            }
        }
        if isWrong { throw cursor.broken("a row in it has no proper number") }
        row.reset(number: number)
        row.isHidden = isHidden
        current = RowNumber(number)
        currentIsStated = stated
        isInRow = true
        cells.reset()
        if !tag.isEmpty { try readCells(&cursor, into: &row) }
        // The row is whole only here: a cut before this point means that it is read again.
        guard current.value <= limits.rows else { throw .fault(.limit("it has rows beyond row \(limits.rows)", .split)) }
        lastRow = current.value
        isInRow = false
        row.number = current.value
        cells.move(to: &row)
        return .row
    }

    private mutating func readCells(_ cursor: inout MarkupCursor, into row: inout Row) throws(ScanStop) {
        var column = 0
        while true {
            while try plainCell(&cursor, column: &column) {}
            let tag = try cursor.nextTag()
            if tag.isEnd {
                guard tag.element == .row else { throw cursor.unopened() }
                return
            }
            if tag.element == .cell {
                try carefulCell(&cursor, tag, column: &column, into: &row)
            } else {
                try cursor.skip(tag, depth: limits.xmlDepth)
            }
        }
    }

    /// A cell's column. A cell without a place follows the one before it; a row without a number has its first cell's.
    mutating func column(at place: CellPlace?, after column: Int) -> Int {
        guard let place else { return column }
        if !currentIsStated {
            current = RowNumber(place.row)
            currentIsStated = true
        }
        return place.column
    }

    func tooWide() -> ScanStop { .fault(.limit("a row has more than \(limits.columns) columns", .split)) }
}

/// A row's number, and its digits as they end each of the row's cell references, for a comparison of eight bytes at once.
struct RowNumber {
    let value: Int
    /// The digits and the closing quote.
    let spelling: UInt64
    let mask: UInt64
    let length: Int

    init(_ value: Int) {
        self.value = value
        var spelling = UInt64(UInt8(ascii: "\""))
        var length = 1
        var rest = value
        // Eight digits and more never match; the careful way reads them.
        while rest > 0, length < 8 {
            spelling = spelling << 8 | UInt64(48 + rest % 10)
            rest /= 10
            length += 1
        }
        self.spelling = spelling
        self.length = length
        mask = length == 8 ? .max : (1 << UInt64(length * 8)) - 1
    }
}
