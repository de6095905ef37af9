import Cells
import Frames
import Sellout
import Spreadsheets

/// Sends every cell of every sheet as it is.
struct CellsReading {
    /// A frame takes so many rows or bytes, whichever comes first.
    private static let mostRows = 256
    private static let mostBytes = 1 << 20
    /// What one row may take, so that it fits a frame.
    private static let longestRow = Frame.longest / 2

    let workbook: Workbook
    let send: (Frame) throws -> Void

    func carryOut() throws {
        for index in workbook.sheets.indices { try carryOut(sheet: index) }
        var findings = Findings()
        findings.warnings = workbook.notes.map { Warning($0.code.rawValue, $0.message, count: $0.count) }
        try send(.finished(findings))
    }

    /// One sheet, or its first rows.
    func carryOut(sheet index: Int, first most: Int = .max) throws {
        let sheet = workbook.sheets[index]
        var rows = RawRows(sheet: sheet.name)
        var bytes = 0
        var taken = 0
        try workbook.read(sheet: index) { row in
            let size = CellsReading.size(of: row)
            guard size <= CellsReading.longestRow else { throw CellsReading.tooLong(row, of: sheet) }
            if rows.lines.count == CellsReading.mostRows || bytes + size > CellsReading.mostBytes, !rows.lines.isEmpty {
                try send(.rows(rows))
                rows.lines.removeAll(keepingCapacity: true)
                bytes = 0
            }
            bytes += size
            let cells = row.cells.map { (Int($0.column), RawRows.Value(shown: $0, in: row)) }
            rows.lines.append(RawRows.Line(number: row.number, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first })))
            taken += 1
            return taken < most
        }
        if !rows.lines.isEmpty { try send(.rows(rows)) }
    }

    /// No fewer bytes than the row takes in a frame.
    private static func size(of row: Row) -> Int {
        row.cells.reduce(0) { sum, cell in sum + 32 + row.withText(of: cell) { $0.count } }
    }

    private static func tooLong(_ row: Row, of sheet: Sheet) -> FileRefusal {
        FileRefusal(
            .limitExceeded,
            "The cells of row \(row.number) of the sheet \(sheet.name) hold more than \(longestRow >> 20) MiB. Shorten their texts and send the "
                + "file again.")
    }
}

extension RawRows.Value {
    /// A formula without a result is listed as an error, so that nobody takes it for an empty cell.
    fileprivate init(shown cell: Cell, in row: Row) {
        self = cell.kind == .uncalculated ? .error("#NOT_CALCULATED") : RawRows.Value(cell, in: row)
    }
}

/// Sends the sheets' names and sizes.
struct SheetsReading {
    let workbook: Workbook
    let send: (Frame) throws -> Void

    func carryOut() throws {
        for (index, sheet) in workbook.sheets.enumerated() {
            var rows = 0
            var columns = 0
            try workbook.read(sheet: index) { row in
                rows = max(rows, row.number)
                columns = max(columns, (row.cells.last?.column).map { Int($0) + 1 } ?? 0)
                return true
            }
            try send(.sheet(SheetSummary(name: sheet.name, rows: rows, columns: columns, isHidden: sheet.isHidden)))
        }
        try send(.finished(Findings()))
    }
}
