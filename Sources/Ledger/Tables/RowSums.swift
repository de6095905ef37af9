import Cells
import Sellout

/// What became of a batch's rows, added up.
struct RowSums {
    private var rows: [RowOutcome: Int] = [:]
    /// Of the rows that are sales of this batch.
    private(set) var totals = SalesTotals.zero
    private(set) var firstDay: CivilDay?
    private(set) var lastDay: CivilDay?

    subscript(outcome: RowOutcome) -> Int { rows[outcome] ?? 0 }

    /// Valid rows that are no sales yet.
    func takeable(booked isBooked: Bool) -> Int {
        isBooked ? self[.lateNew] + self[.lateRestated] : self[.new] + self[.restated]
    }

    func counts(malformed: Int, skipped: Int) -> RowCounts {
        RowCounts(
            processed: self[.new] + self[.restated] + self[.lateNew] + self[.lateRestated],
            failed: self[.waiting] + self[.repeated] + malformed, unchanged: self[.unchanged],
            restated: self[.restated] + self[.lateRestated], skipped: skipped)
    }
}

extension RowSums {
    private static let outcome = Column<RowOutcome?>(computed: "min(outcome)")
    private static let highestOutcome = Column<RowOutcome?>(computed: "max(outcome)")
    private static let count = Column<Int>(computed: "count(*)")
    private static let first = Column<CivilDay>(computed: "min(sale_day)")
    private static let last = Column<CivilDay>(computed: "max(sale_day)")
    private static let quantity = Column<Int64>(computed: "sum(quantity)")
    private static let local = Column<Money>(computed: "sum(sales_local)")
    private static let euros = Column<Money>(computed: "sum(sales_eur)")
    private static let all = ColumnList(outcome, highestOutcome, count, first, last, quantity, local, euros)

    /// Mostly all rows have one outcome: that is seen in passing, and spares sorting them by it.
    init(of batch: RowRange, in connection: Connection) throws(LedgerFault) {
        let rows = "sale_rows WHERE \(RowRange.within(SaleTable.table))"
        let whole = try connection.cursor(Self.all, from: rows, batch)
        defer { whole.reset() }
        guard try whole.step(), let lowest = try whole[Self.outcome] else { return }
        if try whole[Self.highestOutcome] == lowest {
            try add(whole)
            return
        }
        let groups = try connection.cursor(Self.all, from: rows + " GROUP BY outcome", batch)
        defer { groups.reset() }
        while try groups.step() { try add(groups) }
    }

    private mutating func add(_ group: Statement) throws(LedgerFault) {
        let outcome = try group[needed: Self.outcome]
        rows[outcome] = try group[Self.count]
        guard outcome != .dismissed else { return }
        let (first, last) = (try group[Self.first], try group[Self.last])
        firstDay = min(firstDay ?? first, first)
        lastDay = max(lastDay ?? last, last)
        switch outcome {
        case .unchanged, .repeated, .waiting, .dismissed: return
        case .new, .restated, .lateNew, .lateRestated: break
        }
        let sums = SalesTotals(quantity: try group[Self.quantity], local: try group[Self.local], euros: try group[Self.euros])
        totals = try totals.adding(sums)
    }
}

extension SalesTotals {
    func adding(_ other: SalesTotals) throws(LedgerFault) -> SalesTotals {
        let (quantity, overflow) = quantity.addingReportingOverflow(other.quantity)
        guard !overflow, let local = local.adding(other.local), let euros = euros.adding(other.euros) else {
            throw LedgerFault.sumsTooLarge
        }
        return SalesTotals(quantity: quantity, local: local, euros: euros)
    }
}
