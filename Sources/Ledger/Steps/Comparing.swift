import Cells
import Sellout

/// What a comparison found beside the outcomes that it wrote to the rows.
struct Comparison {
    var restated: [RestatedBag] = []
    /// Final sales whose place the restated ones take.
    var replaced: [Int64] = []
    /// Final sales of months that a living document covers, but no longer names.
    var noLongerListed = 0
}

/// Compares a batch's rows with what is final: both sides ordered by key and walked once, side by side.
struct Comparing {
    let connection: Connection
    let batch: BatchRow
    let isLiving: Bool

    func run() throws(LedgerFault) -> Comparison {
        let sides = ComparedSales(connection: connection, batch: batch)
        let errors = ErrorTable(connection: connection)
        let wentAway = try errors.drop(batch.rows, .repeated)
        guard let months = try sides.months(), try sides.ledgerHasSales(from: months.first, to: months.last) else {
            // All are new, also those that were something else before what they repeated was deleted.
            if batch.record.state != .processing { try makeAllNew() }
            if wentAway > 0 { try errors.sort(batch) }
            return Comparison()
        }
        let named = isLiving ? try sides.namedMonths() : []
        var file = try sides.ofFile()
        defer { file.close() }
        var ledger = try sides.ofLedger(from: months.first, to: months.last)
        defer { ledger.close() }
        var comparison = Comparison()
        var repeats = RepeatedSales(connection: connection, batch: batch)
        var ours = try file.next()
        var theirs = try ledger.next()
        while ours != nil || theirs != nil {
            let ourTurn = theirs.map { theirs in ours.map { !(theirs.key < $0.key) } ?? false } ?? true
            let theirTurn = ours.map { ours in theirs.map { !(ours.key < $0.key) } ?? false } ?? true
            try judge(ourTurn ? ours : nil, theirTurn ? theirs : nil, named: named, &comparison, &repeats)
            if ourTurn { ours = try file.next() }
            if theirTurn { theirs = try ledger.next() }
        }
        try repeats.flush()
        if wentAway > 0 || repeats.count > 0 { try errors.sort(batch) }
        return comparison
    }

    private func judge(
        _ ours: SaleBag?, _ theirs: SaleBag?, named: Set<Month>, _ comparison: inout Comparison, _ repeats: inout RepeatedSales
    ) throws(LedgerFault) {
        switch BagComparison(file: ours?.figures ?? [], ledger: theirs?.figures ?? []) {
        case .new:
            if let ours { try mark(ours, .new) }
        case .unchanged:
            guard let ours, let theirs else { return }
            try mark(ours, isLiving ? .unchanged : .repeated)
            if !isLiving { try repeats.add(ours, earlier: theirs) }
        case .restated:
            guard let ours, let theirs else { return }
            try mark(ours, .restated)
            comparison.restated.append(try RestatedBag(key: ours.key, old: theirs.figures, new: ours.figures))
            comparison.replaced += theirs.ids
        case .noLongerListed:
            guard let theirs, named.contains(Month(theirs.key.day)) else { return }
            comparison.noLongerListed += theirs.ids.count
        }
    }

    private static let places = ColumnList(StagingTable.outcome, StagingTable.id)

    private func mark(_ bag: SaleBag, _ outcome: RowOutcome) throws(LedgerFault) {
        let mark = try connection.statement("UPDATE staging_sales SET outcome = ? WHERE id = ?", Self.places)
        for (id, before) in zip(bag.ids, bag.outcomes) where before != outcome {
            try mark.bind(outcome, to: StagingTable.outcome)
            try mark.bind(id, to: StagingTable.id)
            try mark.run()
        }
    }

    private func makeAllNew() throws(LedgerFault) {
        try connection.update(
            StagingTable.outcome(.new), where: "\(RowRange.within(StagingTable.table)) AND outcome IN (?, ?, ?)", batch.rows,
            RowOutcome.restated, RowOutcome.unchanged, RowOutcome.repeated)
    }
}

/// Writes the errors of sales that the ledger has already, in pieces, naming the batch that brought them first.
private struct RepeatedSales {
    private let connection: Connection
    private let batch: BatchRow
    private(set) var count = 0
    private var piece: [(RowError, ErrorTable.Cause)] = []
    private var origins: [Int64: String] = [:]

    init(connection: Connection, batch: BatchRow) {
        self.connection = connection
        self.batch = batch
    }

    mutating func add(_ bag: SaleBag, earlier: SaleBag) throws(LedgerFault) {
        guard let first = earlier.ids.first else { return }
        let origin = try name(ofBatch: RowRange.batch(of: first))
        for id in bag.ids {
            guard let (sheet, row) = try place(of: id) else { continue }
            let error = RowError(
                sheet: sheet, row: row, type: .duplicateTransaction, message: "This sale is in the ledger already: \(origin).",
                suggestion: "Leave the row out. If the figures were wrong before, send the corrected ones.")
            piece.append((error, .repeated))
            count += 1
        }
        if piece.count >= 1000 { try flush() }
    }

    mutating func flush() throws(LedgerFault) {
        try ErrorTable(connection: connection).append(piece, to: batch.rows)
        piece.removeAll(keepingCapacity: true)
    }

    private mutating func name(ofBatch number: Int64) throws(LedgerFault) -> String {
        if let known = origins[number] { return known }
        let record = try BatchTable(connection: connection).get(number: number)?.record
        let name = record.map { "batch \($0.id.short), \($0.filename), received on \($0.receivedAt.day)" } ?? "an earlier batch"
        origins[number] = name
        return name
    }

    private static let columns = ColumnList(NamingTables.Sheets.name, StagingTable.row)

    private func place(of id: Int64) throws(LedgerFault) -> (sheet: String, row: Int)? {
        try connection.first(
            Self.columns,
            from: """
                staging_sales LEFT JOIN batch_sheets ON batch_sheets.batch = ? AND batch_sheets.number = staging_sales.sheet
                WHERE staging_sales.id = ?
                """, batch.number, id
        ) { row throws(LedgerFault) in (try row[NamingTables.Sheets.name], Int(try row[StagingTable.row])) }
    }
}
