import Cells
import Sellout

/// What became of a staged row. The numbers stand in `staging_sales.outcome`.
enum RowOutcome: Int64, StoredAs {
    /// A sale the ledger does not have yet.
    case new = 0
    /// One of the rows that take the place of figures received before.
    case restated = 1
    /// The ledger has it already, and the layout repeats earlier periods.
    case unchanged = 2
    /// The ledger has it already, and should not have got it again.
    case repeated = 3
    /// Its product, store, price or rate is not known yet.
    case waiting = 4
    /// New and final, in a batch of which other rows still wait.
    case finalNew = 5
    /// Restated and final, in such a batch.
    case finalRestated = 6

    /// What approving adds to `new` and `restated` to make them final.
    static let finalStep: Int64 = 5
}

/// `staging_sales`: a batch's rows until they are final. The loop over rows binds numbers only and allocates nothing.
struct StagingTable {
    static let table: StaticString = "staging_sales"
    static let id = Column<Int64>(table, "id")
    static let outcome = Column<RowOutcome>(table, "outcome")
    static let sheet = Column<Int32>(table, "sheet")
    static let row = Column<Int32>(table, "row_number")
    static let product = Column<Int32>(table, "product")
    static let store = Column<Int32>(table, "store")
    static let day = Column<CivilDay>(table, "sale_day")
    static let isMonthly = Column<Bool>(table, "is_monthly")
    static let quantity = Column<Int64>(table, "quantity")
    /// While a row waits, what the file itself states is kept, so that it can be resolved again.
    static let local = Column<Money?>(table, "sales_local")
    static let euros = Column<Money?>(table, "sales_eur")
    static let rate = Column<Int64?>(table, "rate")
    static let order = Column<String?>(table, "order_id")
    static let country = Column<String?>(table, "country")
    static let city = Column<String?>(table, "city")
    static let cost = Column<Money?>(table, "cost_of_goods")
    static let fee = Column<Money?>(table, "fee")
    static let span = Column<String?>(table, "span")

    /// What `final_sales` has too.
    static let sale = ColumnList(
        id, sheet, row, product, store, day, isMonthly, quantity, local, euros, rate, order, country, city, cost, fee, span)
    private static let figures = ColumnList(
        id, outcome, sheet, row, product, store, day, isMonthly, quantity, local, euros, rate)
    private static let details = ColumnList(order, country, city, cost, fee, span)
    private static let detailed = figures + details

    let connection: Connection

    /// Appends rows behind those that the batch has; the caller has seen that they fit in its range.
    func append(_ rows: [StagedRow], behind id: Int64) throws(LedgerFault) {
        let plain = try connection.insertion(of: Self.figures)
        let detailed = try connection.insertion(of: Self.detailed)
        var id = id
        for row in rows {
            id += 1
            let insertion = row.draft.details == nil ? plain : detailed
            try insertion.bind(id, to: Self.id)
            try bind(row, to: insertion)
            if let details = row.draft.details { try bind(details, to: insertion) }
            try insertion.run()
        }
    }

    private func bind(_ row: StagedRow, to insertion: Statement) throws(LedgerFault) {
        try insertion.bind(row.isWaiting ? .waiting : .new, to: Self.outcome)
        try insertion.bind(row.draft.sheet, to: Self.sheet)
        try insertion.bind(row.draft.row, to: Self.row)
        try insertion.bind(row.draft.product, to: Self.product)
        try insertion.bind(row.draft.store, to: Self.store)
        try insertion.bind(row.draft.date.day, to: Self.day)
        try insertion.bind(row.draft.date.isMonthly, to: Self.isMonthly)
        try insertion.bind(row.draft.quantity, to: Self.quantity)
        try insertion.bind(row.isWaiting ? row.draft.amount : row.local, to: Self.local)
        try insertion.bind(row.euros, to: Self.euros)
        try insertion.bind(row.rate.map(Int64.init), to: Self.rate)
    }

    private func bind(_ details: SaleDetails, to insertion: Statement) throws(LedgerFault) {
        try insertion.bind(details.orderID, to: Self.order)
        try insertion.bind(details.country, to: Self.country)
        try insertion.bind(details.city, to: Self.city)
        try insertion.bind(details.cost, to: Self.cost)
        try insertion.bind(details.fee, to: Self.fee)
        try insertion.bind(details.span, to: Self.span)
    }

    func drop(_ rows: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM staging_sales WHERE \(RowRange.within(Self.table))", rows)
    }

    /// Gives a waiting row its amounts. False where it does not wait.
    func resolve(_ id: Int64, as row: StagedRow, rate: Int64) throws(LedgerFault) -> Bool {
        try connection.update(
            Self.outcome(.new), Self.local(row.local), Self.euros(row.euros), Self.rate(rate), where: "id = ? AND outcome = ?", id,
            RowOutcome.waiting) > 0
    }

    /// With the number of each row in the batch.
    func waiting(_ rows: RowRange) throws(LedgerFault) -> [(number: Int64, draft: Draft)] {
        try connection.all(
            Self.sale, from: "staging_sales WHERE \(RowRange.within(Self.table)) AND outcome = ? ORDER BY id", rows, RowOutcome.waiting
        ) { row throws(LedgerFault) in
            let number = try row[Self.id] - rows.first
            let details = SaleDetails(
                orderID: try row[Self.order], country: try row[Self.country], city: try row[Self.city], cost: try row[Self.cost],
                fee: try row[Self.fee], span: try row[Self.span])
            let draft = Draft(
                sheet: try row[Self.sheet], row: try row[Self.row], product: try row[Self.product], store: try row[Self.store],
                date: SaleDate(day: try row[Self.day], isMonthly: try row[Self.isMonthly]), quantity: try row[Self.quantity],
                amount: try row[Self.local], details: details == SaleDetails() ? nil : details)
            return (number, draft)
        }
    }
}

/// What became of a batch's rows, added up.
struct RowSums {
    private var rows: [RowOutcome: Int] = [:]
    /// Of the rows that are sales of this batch.
    private(set) var totals = SalesTotals.zero
    private(set) var firstDay: CivilDay?
    private(set) var lastDay: CivilDay?

    subscript(outcome: RowOutcome) -> Int { rows[outcome] ?? 0 }

    /// Valid rows that approving would take.
    var takeable: Int { self[.new] + self[.restated] }

    func counts(malformed: Int, skipped: Int) -> RowCounts {
        RowCounts(
            processed: takeable + self[.finalNew] + self[.finalRestated], failed: self[.waiting] + self[.repeated] + malformed,
            unchanged: self[.unchanged], restated: self[.restated] + self[.finalRestated], skipped: skipped)
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
        let rows = "staging_sales WHERE \(RowRange.within(StagingTable.table))"
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
        let (first, last) = (try group[Self.first], try group[Self.last])
        firstDay = min(firstDay ?? first, first)
        lastDay = max(lastDay ?? last, last)
        switch outcome {
        case .unchanged, .repeated, .waiting: return
        case .new, .restated, .finalNew, .finalRestated: break
        }
        let sums = SalesTotals(quantity: try group[Self.quantity], local: try group[Self.local], euros: try group[Self.euros])
        totals = try totals.adding(sums)
    }
}

extension SalesTotals {
    fileprivate func adding(_ other: SalesTotals) throws(LedgerFault) -> SalesTotals {
        let (quantity, overflow) = quantity.addingReportingOverflow(other.quantity)
        guard !overflow, let local = local.adding(other.local), let euros = euros.adding(other.euros) else {
            throw LedgerFault.sumsTooLarge
        }
        return SalesTotals(quantity: quantity, local: local, euros: euros)
    }
}
