/// A rectangle of cells, such as a merged header: rows from 1 as the sheet shows them, columns from 0, both ends included.
package struct CellRange: Hashable, Sendable {
    package let rows: ClosedRange<Int>
    package let columns: ClosedRange<Int>

    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
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
struct CellPlace: Hashable {
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
