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
    func tally(_ rows: RowRange) throws(LedgerFault) -> Tally {
        var tally = Tally()
        let groups = try connection.cursor(
            """
            SELECT outcome, count(*), sum(quantity), sum(sales_local), sum(sales_eur), min(sale_day), max(sale_day) FROM staging_sales
            WHERE id BETWEEN ? AND ? GROUP BY outcome
            """, rows.first, rows.last)
        defer { groups.reset() }
        while try groups.step() {
            guard let outcome = RowOutcome(rawValue: groups.int64(0)) else { throw LedgerFault.broken("A staged row has no outcome.") }
            tally.rows[outcome] = groups.int(1)
            let first = CivilDay(number: Int32(clamping: groups.int64(5)))
            let last = CivilDay(number: Int32(clamping: groups.int64(6)))
            tally.firstDay = min(tally.firstDay ?? first, first)
            tally.lastDay = max(tally.lastDay ?? last, last)
            switch outcome {
            case .unchanged, .repeated, .waiting: continue
            case .new, .restated, .finalNew, .finalRestated: break
            }
            tally.totals = try tally.totals.adding(
                SalesTotals(quantity: groups.int64(2), local: Money(units: groups.int64(3)), euros: Money(units: groups.int64(4))))
        }
        return tally
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
