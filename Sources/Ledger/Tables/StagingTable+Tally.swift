import Cells
import Sellout

/// What became of a batch's rows, added up.
struct Tally {
    var rows: [RowOutcome: Int] = [:]
    /// Of the rows that are sales of this batch.
    var totals = SalesTotals.zero
    var firstDay: CivilDay?
    var lastDay: CivilDay?

    subscript(outcome: RowOutcome) -> Int { rows[outcome] ?? 0 }

    /// Valid rows that approving would take.
    var takeable: Int { self[.new] + self[.restated] }

    func counts(malformed: Int, skipped: Int) -> RowCounts {
        RowCounts(
            processed: takeable + self[.finalNew] + self[.finalRestated], failed: self[.waiting] + self[.repeated] + malformed,
            unchanged: self[.unchanged], restated: self[.restated] + self[.finalRestated], skipped: skipped)
    }
}

extension StagingTable {
    /// Mostly all rows have one outcome: that is seen in passing, and spares sorting them by it.
    func tally(_ rows: RowRange) throws(LedgerFault) -> Tally {
        let sums = "count(*), sum(quantity), sum(sales_local), sum(sales_eur), min(sale_day), max(sale_day)"
        let all = try connection.cursor(
            "SELECT min(outcome), \(sums), max(outcome) FROM staging_sales WHERE id BETWEEN ? AND ?", rows.first, rows.last)
        defer { all.reset() }
        var tally = Tally()
        guard try all.step(), !all.isNull(0) else { return tally }
        if all.int64(0) == all.int64(7) {
            try add(all, to: &tally)
            return tally
        }
        let groups = try connection.cursor(
            "SELECT outcome, \(sums) FROM staging_sales WHERE id BETWEEN ? AND ? GROUP BY outcome", rows.first, rows.last)
        defer { groups.reset() }
        while try groups.step() { try add(groups, to: &tally) }
        return tally
    }

    private func add(_ group: Statement, to tally: inout Tally) throws(LedgerFault) {
        guard let outcome = RowOutcome(rawValue: group.int64(0)) else { throw LedgerFault.broken("A staged row has no outcome.") }
        tally.rows[outcome] = group.int(1)
        let first = CivilDay(number: Int32(clamping: group.int64(5)))
        let last = CivilDay(number: Int32(clamping: group.int64(6)))
        tally.firstDay = min(tally.firstDay ?? first, first)
        tally.lastDay = max(tally.lastDay ?? last, last)
        switch outcome {
        case .unchanged, .repeated, .waiting: return
        case .new, .restated, .finalNew, .finalRestated: break
        }
        tally.totals = try tally.totals.adding(
            SalesTotals(quantity: group.int64(2), local: Money(units: group.int64(3)), euros: Money(units: group.int64(4))))
    }
}

extension SalesTotals {
    func adding(_ other: SalesTotals) throws(LedgerFault) -> SalesTotals {
        let (quantity, overflow) = quantity.addingReportingOverflow(other.quantity)
        guard !overflow, let local = local.adding(other.local), let euros = euros.adding(other.euros) else {
            throw LedgerFault.refused(
                "The sums of these sales are larger than any ledger can hold. Look for a wrong number in the amounts.")
        }
        return SalesTotals(quantity: quantity, local: local, euros: euros)
    }
}
