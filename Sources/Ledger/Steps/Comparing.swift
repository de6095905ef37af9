import Cells
import Sellout

/// What a comparison found beside the outcomes that it wrote to the rows.
struct Comparison {
    var restated: [RestatedBag] = []
    /// Current sales whose place the restated ones take.
    var replaced: [Int64] = []
    /// Current sales of months that a living document covers, but no longer names.
    var noLongerListed = 0
    /// Months in which it leaves sales out and brings others: it may be the same ones under another name.
    var monthsWithOthersInstead: [Month] { monthsOfNoLongerListed.intersection(monthsOfNew).sorted() }
    fileprivate var monthsOfNew: Set<Month> = []
    fileprivate var monthsOfNoLongerListed: Set<Month> = []
    /// Editions in which it found its sales.
    fileprivate(set) var countsOn: Set<Int64> = []
}

/// Compares a batch's rows with what is in the books: both sides ordered by key and walked once, side by side.
struct Comparing {
    let connection: Connection
    let batch: BatchRow
    let isLiving: Bool

    func run() throws(LedgerFault) -> Comparison {
        let sides = ComparedSales(connection: connection, batch: batch)
        let errors = ErrorTable(connection: connection)
        let wentAway = try errors.drop(batch.rows, .repeated)
        guard let months = try sides.months(), try sides.ledgerHasSales(from: months.first, to: months.last) else {
            // All are new, also those that were something else before what they repeated was taken back.
            if batch.record.state != .processing { try makeAllNew() }
            if wentAway > 0 { try errors.sort(batch) }
            return Comparison()
        }
        var walk = Walk(comparing: self, named: isLiving ? try sides.namedMonths() : [])
        var file = try sides.ofFile()
        defer { file.close() }
        var ledger =
            isLiving
            ? try sides.ofLedger(from: months.first, to: months.last)
            : try sides.ofLedgerAsNamed(from: months.first, to: months.last)
        defer { ledger.close() }
        var ours = try file.next()
        var theirs = try ledger.next()
        while ours != nil || theirs != nil {
            let ourTurn = theirs.map { theirs in ours.map { !(theirs.key < $0.key) } ?? false } ?? true
            let theirTurn = ours.map { ours in theirs.map { !(ours.key < $0.key) } ?? false } ?? true
            try walk.judge(ourTurn ? ours : nil, theirTurn ? theirs : nil)
            if ourTurn { ours = try file.next() }
            if theirTurn { theirs = try ledger.next() }
        }
        try walk.end()
        if wentAway > 0 || walk.repeats.count > 0 { try errors.sort(batch) }
        return walk.comparison
    }

    private func makeAllNew() throws(LedgerFault) {
        try connection.update(
            SaleTable.outcome(.new.inEdition(booked: batch.isBooked)),
            where: "\(RowRange.within(SaleTable.table)) AND outcome IN (?, ?, ?)",
            batch.rows, RowOutcome.restated.inEdition(booked: batch.isBooked), RowOutcome.unchanged, RowOutcome.repeated)
    }
}

/// Side by side from key to key: what is thought of each is written to the file's rows.
private struct Walk {
    let comparing: Comparing
    let named: Set<Month>
    var comparison = Comparison()
    var repeats: RepeatedSales

    private var connection: Connection { comparing.connection }
    private var batch: BatchRow { comparing.batch }

    init(comparing: Comparing, named: Set<Month>) {
        self.comparing = comparing
        self.named = named
        repeats = RepeatedSales(connection: comparing.connection, batch: comparing.batch)
    }

    mutating func judge(_ ours: SaleBag?, _ theirs: SaleBag?) throws(LedgerFault) {
        if let ours, batch.isBooked, !ours.isLate {
            // Nothing has become valid there: what was thought of it stands.
            if ours.outcomes.contains(.repeated) { try repeats.add(ours, earlier: theirs) }
            return
        }
        switch BagComparison(file: ours?.figures ?? [], ledger: theirs?.figures ?? []) {
        case .new:
            guard let ours else { return }
            try mark(ours, .new, ofThose: { $0 != .unchanged && $0 != .repeated || !batch.isBooked })
            comparison.monthsOfNew.insert(Month(ours.key.day))
        case .unchanged:
            guard let ours, let theirs else { return }
            count(on: theirs)
            var isExpected = comparing.isLiving
            if !isExpected { isExpected = try repeats.isOfSameContent(theirs) }
            try mark(ours, isExpected ? .unchanged : .repeated)
            if !isExpected { try repeats.add(ours, earlier: theirs) }
        case .restated:
            guard let ours, let theirs else { return }
            count(on: theirs)
            try mark(ours, .restated)
            comparison.restated.append(try RestatedBag(key: ours.key, old: theirs.figures, new: ours.figures))
            comparison.replaced += theirs.ids
        case .noLongerListed:
            guard let theirs, named.contains(Month(theirs.key.day)) else { return }
            comparison.noLongerListed += theirs.ids.count
            comparison.monthsOfNoLongerListed.insert(Month(theirs.key.day))
        }
    }

    private mutating func count(on theirs: SaleBag) {
        for id in theirs.ids { comparison.countsOn.insert(RowRange.edition(of: id)) }
    }

    private static let places = ColumnList(SaleTable.outcome, SaleTable.id)

    private func mark(_ bag: SaleBag, _ outcome: RowOutcome, ofThose are: (RowOutcome) -> Bool = { _ in true }) throws(LedgerFault) {
        let outcome = outcome.inEdition(booked: batch.isBooked)
        let mark = try connection.statement("UPDATE sale_rows SET outcome = ? WHERE id = ?", Self.places)
        for (id, before) in zip(bag.ids, bag.outcomes) where before != outcome && are(before) {
            try mark.bind(outcome, to: SaleTable.outcome)
            try mark.bind(id, to: SaleTable.id)
            try mark.run()
        }
    }

    /// A file that restates figures, or has done so, is a corrected one: what it repeats beside them is as it should be.
    mutating func end() throws(LedgerFault) {
        guard repeats.count > 0 else { return }
        var isCorrected = !comparison.restated.isEmpty
        if !isCorrected { isCorrected = try RestatedTable(connection: connection).hasTaken(batch) }
        guard isCorrected else { return try repeats.flush() }
        repeats.forget()
        try ErrorTable(connection: connection).drop(batch.rows, .repeated)
        try connection.update(
            SaleTable.outcome(.unchanged), where: "\(RowRange.within(SaleTable.table)) AND outcome = ?", batch.rows, RowOutcome.repeated)
    }
}
