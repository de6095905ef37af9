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

    private var staging: StagingTable { StagingTable(connection: connection) }

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
        var file = try SaleBags(sides.fileRows())
        var ledger = try SaleBags(sides.ledgerRows(from: months.first, to: months.last))
        defer {
            file.close()
            ledger.close()
        }
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
            guard let theirs, named.contains(Month(CivilDay(number: theirs.key.day))) else { return }
            comparison.noLongerListed += theirs.ids.count
        }
    }

    private func mark(_ bag: SaleBag, _ outcome: RowOutcome) throws(LedgerFault) {
        for (id, before) in zip(bag.ids, bag.outcomes) where before != outcome.rawValue { try staging.setOutcome(outcome, of: id) }
    }

    private func makeAllNew() throws(LedgerFault) {
        try connection.run(
            "UPDATE staging_sales SET outcome = ? WHERE id BETWEEN ? AND ? AND outcome IN (?, ?, ?)", RowOutcome.new.rawValue,
            batch.rows.first, batch.rows.last, RowOutcome.restated.rawValue, RowOutcome.unchanged.rawValue, RowOutcome.repeated.rawValue)
    }
}
