import Cells
import Frames
import Sellout
import Spreadsheets

/// Sends every cell of every sheet as it is.
struct CellsReading {
    private static let piece = 256

    let workbook: Workbook
    let send: (Frame) throws -> Void

    func carryOut() throws {
        for (index, sheet) in workbook.sheets.enumerated() {
            var rows = RawRows(sheet: sheet.name)
            try workbook.read(sheet: index) { row in
                let cells = row.cells.map { (Int($0.column), RawRows.Value(shown: $0, in: row)) }
                rows.lines.append(RawRows.Line(number: row.number, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first })))
                if rows.lines.count >= CellsReading.piece {
                    try send(.rows(rows))
                    rows.lines.removeAll(keepingCapacity: true)
                }
                return true
            }
            if !rows.lines.isEmpty { try send(.rows(rows)) }
        }
        var findings = Findings()
        findings.warnings = workbook.notes.map { Warning($0.code.rawValue, $0.message, count: $0.count) }
        try send(.finished(findings))
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
