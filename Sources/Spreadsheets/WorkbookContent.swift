import Cells

/// What each format's reader offers to the workbook.
protocol WorkbookContent {
    var format: Format { get }
    var sheets: [Sheet] { get }
    var notes: [Note] { get }
    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws
    func mergedCells(sheet index: Int) throws -> [CellRange]
}

/// What a file is by its content.
package enum Format: Sendable {
    case xlsx, xlsm, xls, csv
}

/// A sheet of cells; chart sheets and macro sheets are not listed.
package struct Sheet: Hashable, Sendable {
    /// As NFC.
    package let name: String
    package let isHidden: Bool
    /// Among all the workbook's tabs, from 0.
    package let position: Int

    package init(name: String, isHidden: Bool, position: Int) {
        self.name = name
        self.isHidden = isHidden
        self.position = position
    }
}

/// Something the reader decided that its sender should know.
package struct Note: Sendable {
    package enum Code: String, Sendable {
        /// A text file without a byte order mark that is not UTF-8.
        case readAsWindows1252 = "READ_AS_WINDOWS_1252"
        /// A text file whose last record has no line end behind it: its last cell may go on.
        case lastLineOpen = "LAST_LINE_OPEN"
        /// A text file whose last record has fewer fields than its header and than the record before it.
        case lastLineShort = "LAST_LINE_SHORT"
    }

    package let code: Code
    package let message: String
    /// How often it was met.
    package let count: Int
}

/// A rectangle of cells, such as a merged header: rows from 1 as the sheet shows them, columns from 0, both ends included.
package struct CellRange: Sendable {
    package let rows: ClosedRange<Int>
    package let columns: ClosedRange<Int>

    init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        self.rows = rows
        self.columns = columns
    }

    /// Reads `B2:D3` or `B2`; nil for anything else.
    init?(reference: some StringProtocol) {
        let corners = reference.split(separator: ":", omittingEmptySubsequences: false)
        guard corners.count <= 2, let first = corners.first, let last = corners.last,
            let from = CellPlace(reference: first.utf8), let to = CellPlace(reference: last.utf8)
        else { return nil }
        rows = min(from.row, to.row)...max(from.row, to.row)
        columns = min(from.column, to.column)...max(from.column, to.column)
    }
}

/// Where a cell stands: row from 1, column from 0.
struct CellPlace {
    let row: Int
    let column: Int

    /// Reads `AB12`, also in lower case and with `$`.
    init?(reference: some Sequence<UInt8>) {
        var letters = 0
        var number = 0
        var anyDigit = false
        for byte in reference where byte != UInt8(ascii: "$") {
            let letter = (byte & 0xDF) &- UInt8(ascii: "A")
            if letter < 26, !anyDigit, letters < 100_000 {
                letters = letters * 26 + Int(letter) + 1
            } else if byte &- 48 < 10, letters > 0, number < 100_000_000 {
                number = number * 10 + Int(byte &- 48)
                anyDigit = true
            } else {
                return nil
            }
        }
        guard anyDigit, number > 0 else { return nil }
        row = number
        column = letters - 1
    }
}
