import Cells

/// Reads one sheet of an old workbook, record by record.
struct LegacySheet {
    let globals: LegacyGlobals
    let limits: Limits
    private(set) var records: LegacySheetRecords
    private let runs: LegacyRowRuns
    var row: Row
    let cells: CellBuffer
    /// A formula whose text stands in a record behind it.
    var waiting: Int32?

    init(_ stream: CompoundStream, at offset: Int, globals: LegacyGlobals, limits: Limits) throws(SpreadsheetFault) {
        self.globals = globals
        self.limits = limits
        row = Row(shared: globals.shared)
        cells = CellBuffer(capacity: limits.columns)
        var start = LegacyRecords(stream, at: offset)
        guard try start.next()?.kind == .beginning else { throw .damaged("a sheet in it does not begin where the workbook says") }
        records = LegacySheetRecords(start)
        runs = try LegacyRowRuns(start, limits: limits)
    }

    mutating func read(_ take: (Row) throws -> Bool) throws {
        if let sorted = runs.sorted {
            for run in sorted {
                records.seek(run.offset)
                for _ in 0..<run.records {
                    guard let (record, _) = try records.next(), try self.take(record, take) else { return }
                }
            }
        } else {
            while let (record, _) = try records.next() {
                if try !self.take(record, take) { return }
            }
        }
        _ = try handOver(take)
    }

    /// False when no more rows are wanted.
    private mutating func take(_ record: LegacyRecord, _ take: (Row) throws -> Bool) throws -> Bool {
        if record.kind == .string { try appendFormulaText(record.body) }
        guard record.kind?.isCell == true else { return true }
        guard let number = record.body.u16(0), let column = record.body.u16(2) else { throw LegacyText.cutOff }
        if number + 1 != row.number {
            if try !handOver(take) { return false }
            row.reset(number: number + 1)
        }
        try append(record, Int32(truncatingIfNeeded: column))
        return true
    }

    mutating func mergedCells() throws(SpreadsheetFault) -> [CellRange] {
        var ranges: [CellRange] = []
        while let (record, _) = try records.next() {
            guard record.kind == .mergedCells, let count = record.body.u16(0) else { continue }
            for index in 0..<count {
                guard let top = record.body.u16(2 + index * 8), let bottom = record.body.u16(4 + index * 8),
                    let left = record.body.u16(6 + index * 8), let right = record.body.u16(8 + index * 8), top <= bottom, left <= right
                else { break }
                guard ranges.count < limits.mergedCells else { throw .limit("a sheet has more than \(limits.mergedCells) merged cells") }
                ranges.append(CellRange(rows: top + 1...bottom + 1, columns: left...right))
            }
        }
        return ranges
    }

    private mutating func handOver(_ take: (Row) throws -> Bool) throws -> Bool {
        guard cells.count > 0 else { return true }
        row.isHidden = runs.hidden.contains(row.number)
        cells.move(to: &row)
        cells.reset()
        return try take(row)
    }
}
