import Cells

/// Reads one sheet of an old workbook, record by record.
struct LegacySheet {
    private let globals: LegacyGlobals
    private let limits: Limits
    private var records: LegacySheetRecords
    private let runs: LegacyRowRuns
    private var row: Row
    private let cells: CellBuffer
    /// The column of a formula whose text stands in a record behind it.
    private var waiting: Int32?

    init(_ stream: CompoundStream, at offset: Int, globals: LegacyGlobals, limits: Limits) throws(SpreadsheetFault) {
        self.globals = globals
        self.limits = limits
        row = Row(shared: globals.shared)
        cells = CellBuffer(capacity: limits.columns)
        var start = LegacyRecords(stream, at: offset)
        guard try start.next()?.kind == .beginning else { throw .damaged("a sheet in it does not begin where the workbook says") }
        records = LegacySheetRecords(start, bound: globals.start(ofSheetBehind: offset))
        runs = try LegacyRowRuns(records, limits: limits)
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
        do throws(SpreadsheetFault) {
            try append(record, Int32(truncatingIfNeeded: column))
        } catch {
            throw error.at(row: row.number)
        }
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
                guard ranges.count < limits.mergedCells else {
                    throw .limit("it has more than \(limits.mergedCells) merged cells", .split)
                }
                ranges.append(CellRange(rows: top + 1...bottom + 1, columns: left...right))
            }
        }
        return ranges
    }

    private mutating func handOver(_ take: (Row) throws -> Bool) throws -> Bool {
        try giveUpWaiting()
        guard cells.count > 0 else { return true }
        row.isHidden = runs.hidden.contains(row.number)
        cells.move(to: &row)
        cells.reset()
        return try take(row)
    }
}

extension LegacySheet {
    private mutating func append(_ record: LegacyRecord, _ column: Int32) throws(SpreadsheetFault) {
        let body = record.body
        try giveUpWaiting()
        let style = body.u16(4) ?? 0
        switch record.kind {
        case .number: try append(body.double(6), style, column)
        case .rk: try append(rk: body.u32(6), style, column)
        case .multipleRK:
            for index in 0..<max(0, (body.bytes.count - 6) / 6) {
                try append(rk: body.u32(6 + index * 6), body.u16(4 + index * 6) ?? 0, column + Int32(truncatingIfNeeded: index))
            }
        case .sharedLabel:
            guard let index = body.u32(6), index < globals.shared.count else {
                throw .damaged("a cell names a shared text that is not there")
            }
            if !globals.shared.isEmpty(index) { try append(.sharedText(Int32(truncatingIfNeeded: index), column: column)) }
        case .label, .richText: try append(text: try globals.text(body, at: 6, isShort: false), column)
        case .boolOrError:
            guard let value = body.u8(6), let isError = body.u8(7) else { throw LegacyText.cutOff }
            if isError == 0 { try append(.bool(value != 0, column: column)) } else { try append(error: value, column) }
        case .formula: try appendResult(record, style, column)
        default: break
        }
    }

    /// A formula's last result: a number, or the eight bytes of no number, which say what else it is.
    private mutating func appendResult(_ record: LegacyRecord, _ style: Int, _ column: Int32) throws(SpreadsheetFault) {
        let body = record.body
        guard let kind = record.resultKind else { return try append(body.double(6), style, column) }
        switch kind {
        case 0: waiting = column
        case 1: try append(.bool(body.u8(8) != 0, column: column))
        case 2: try append(error: body.u8(8) ?? 0, column)
        case LegacyRecord.emptyText where runs.hasResults || globals.isCalculated: break
        default: try appendUncalculated(column)
        }
    }

    /// A formula whose text should follow, and did not.
    private mutating func giveUpWaiting() throws(SpreadsheetFault) {
        if let column = waiting.take() { try appendUncalculated(column) }
    }

    private mutating func appendUncalculated(_ column: Int32) throws(SpreadsheetFault) {
        row.hasUncalculated = true
        try append(.uncalculated(column: column))
    }

    private mutating func appendFormulaText(_ body: LittleEndian) throws(SpreadsheetFault) {
        guard let column = waiting.take() else { return }
        guard globals.isUnicode, let count = body.u16(0) else {
            return try append(text: try globals.text(body, at: 0, isShort: false), column)
        }
        var bytes: [UInt8] = []
        var text = LegacyText(body, at: 2, continuedIn: records.records)
        try text.unicode(count: count, to: &bytes)
        try append(text: bytes, column)
    }

    private func append(_ cell: Cell) throws(SpreadsheetFault) {
        guard cell.column < limits.columns, cells.append(cell) else {
            throw .limit("a row has more than \(limits.columns) columns", .split)
        }
    }

    private mutating func append(text: [UInt8], _ column: Int32, isError: Bool = false) throws(SpreadsheetFault) {
        guard text.count <= limits.textBytes else { throw .limit("a cell's text is longer than \(limits.textBytes) bytes", .shorten) }
        guard let offset = Int32(exactly: row.bytes.count), !text.isEmpty else { return }
        row.bytes.append(contentsOf: text)
        try append(.text(offset: offset, count: Int32(text.count), column: column, isError: isError))
    }

    private mutating func append(error code: Int, _ column: Int32) throws(SpreadsheetFault) {
        let names = [0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"]
        try append(text: Array((names[code] ?? "#ERR!").utf8), column, isError: true)
    }

    private func append(_ value: Double?, _ style: Int, _ column: Int32) throws(SpreadsheetFault) {
        guard let value else { throw LegacyText.cutOff }
        let whole = Int64(exactly: value).flatMap { $0.magnitude < 1 << 53 ? DecimalNumber(digits: $0) : nil }
        guard let number = whole ?? DecimalNumber(value) else { return }
        try append(number, style, column)
    }

    /// A number in 30 bits: a whole one or the upper part of a double, either perhaps in hundredths.
    private func append(rk: Int?, _ style: Int, _ column: Int32) throws(SpreadsheetFault) {
        guard let rk else { throw LegacyText.cutOff }
        if rk & 2 != 0 {
            let value = Int64(Int32(truncatingIfNeeded: rk) >> 2)
            return try append(DecimalNumber(digits: value, exponent: rk & 1 != 0 ? -2 : 0), style, column)
        }
        let value = Double(bitPattern: UInt64(rk & ~3) << 32)
        try append(rk & 1 != 0 ? value / 100 : value, style, column)
    }

    private func append(_ number: DecimalNumber, _ style: Int, _ column: Int32) throws(SpreadsheetFault) {
        if globals.isDate(style), let time = globals.dates.time(number) {
            try append(.date(time, column: column))
        } else {
            try append(.number(number, column: column))
        }
    }
}
