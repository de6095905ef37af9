/// Where each row's cells lie among a sheet's records. Most programs write rows in order, some in the order they were filled in.
struct LegacyRowRuns {
    struct Run {
        let row: Int
        /// Where the run's first record begins in the stream.
        let offset: Int
        var records: Int
    }

    /// In the order of rows; nil where the file has them in that order, so that none need be kept.
    private(set) var sorted: [Run]?
    /// Numbers of hidden rows, from 1.
    private(set) var hidden: Set<Int> = []
    /// Whether a formula has another result than an empty text. Programs that cannot calculate, such as xlwt, write that for each.
    private(set) var hasResults = false

    init(_ records: LegacySheetRecords, limits: Limits) throws(SpreadsheetFault) {
        var reader = records
        var runs: [Run] = []
        var isSorted = true
        while let (record, offset) = try reader.next() {
            // Whatever lies between a run's own records is stepped over with them.
            if !runs.isEmpty, record.kind?.isCell != true { runs[runs.count - 1].records += 1 }
            if record.kind == .formula, record.resultKind != LegacyRecord.emptyText { hasResults = true }
            switch record.kind {
            case .row:
                guard let number = record.body.u16(0), let options = record.body.u32(12), options & 0x20 != 0 else { continue }
                hidden.insert(number + 1)
            case .some(let kind) where kind.isCell:
                guard let row = record.body.u16(0) else { throw LegacyText.cutOff }
                guard row < limits.rows else { throw .limit("it has rows beyond row \(limits.rows)", .split) }
                if let last = runs.last, last.row == row + 1 {
                    runs[runs.count - 1].records += 1
                } else {
                    if let last = runs.last, last.row > row + 1 { isSorted = false }
                    guard runs.count < 1 << 20 else { throw .limit("its cells lie in too much disorder") }
                    runs.append(Run(row: row + 1, offset: offset, records: 1))
                }
            default: break
            }
        }
        if !isSorted { sorted = runs.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element) }
    }
}

/// A sheet's own records, to its end. A chart inside it has a beginning and an end of its own and is passed over.
struct LegacySheetRecords {
    private(set) var records: LegacyRecords
    /// Where the next sheet begins. One that runs on into another would be read again with each of them.
    private let bound: Int

    init(_ records: LegacyRecords, bound: Int) {
        self.records = records
        self.bound = bound
    }

    mutating func next() throws(SpreadsheetFault) -> (record: LegacyRecord, offset: Int)? {
        var depth = 0
        while true {
            let offset = records.offset
            guard offset < bound else { throw .damaged("its cells run on into another sheet") }
            guard let record = try records.next() else { throw .damaged("a sheet in it ends too early, so it was cut off on the way") }
            switch record.kind {
            case .beginning: depth += 1
            case .end:
                if depth == 0 { return nil }
                depth -= 1
            default: if depth == 0 { return (record, offset) }
            }
        }
    }

    mutating func seek(_ offset: Int) { records.seek(offset) }
}
