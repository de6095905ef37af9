import Cells
import Sellout

/// What a replacing file would take away, and the taking: the months that its valid rows name, or everything of the reseller's.
struct Replacing {
    let connection: Connection
    let batch: BatchRow

    private static let store = Column<Int64>(computed: "means_store")
    private static let name = Column<String>(computed: "coalesce(stores.store, named_store)")
    private static let count = Column<Int>(computed: "count(*)")
    private static let quantity = Column<Int64>(computed: "sum(sale_rows.quantity)")
    private static let amount = Column<Money>(computed: "sum(sale_rows.sales_local)")
    private static let summed = ColumnList(store, name, SaleTable.day, count, quantity, amount)

    private static let stores = """
        JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
        JOIN store_namings ON store_namings.id = edition_stores.naming LEFT JOIN stores ON stores.id = means_store
        """

    private struct Place: Hashable {
        let month: Month
        let store: Int64
    }

    /// Refused where a sum fits in no ledger.
    func plan() throws(LedgerFault) -> Replacement {
        var names: [Int64: String] = [:]
        var new: [Place: Restatement.Figures] = [:]
        var old: [Place: Restatement.Figures] = [:]
        try add(
            "editions JOIN sale_rows ON editions.id = ? AND \(RowRange.within(SaleTable.table)) AND outcome IN (0, 1) \(Self.stores)",
            EditionRows(edition: batch.edition), to: &new, &names)
        for span in scope(Set(new.keys.map(\.month))) {
            try add("\(Journal.ofBatches) \(Self.stores) WHERE \(Self.inTheWay)", span, to: &old, &names)
        }
        let parts = Set(old.keys).union(new.keys).map { place in
            Replacement.Part(month: place.month, store: names[place.store] ?? "", old: old[place] ?? .none, new: new[place] ?? .none)
        }
        guard let plan = Replacement(parts: parts.sorted { ($0.month, $0.store) < ($1.month, $1.store) }) else { throw .sumsTooLarge }
        return plan
    }

    /// Withdraws what is in the way; how many that were.
    func carryOut(by entry: Int64) throws(LedgerFault) -> Int {
        var went = 0
        for span in scope(try months()) {
            went += try connection.run(
                """
                INSERT INTO withdrawn_sales (sale, withdrawn_by) SELECT sale_rows.id, ? FROM \(Journal.ofBatches) WHERE \(Self.inTheWay)
                """, entry, span)
        }
        return went
    }

    /// Of what it would take away, so many sales came with files that arrived after it: whoever sent it did not know of them.
    func laterSales() throws(LedgerFault) -> Int {
        try count(scope(try months()), "AND upload_batches.id > \(batch.number)")
    }

    /// Whether it would take away all sales of one other batch and no others.
    func wouldOnlyTake(_ other: BatchRow) throws(LedgerFault) -> Bool {
        let rows = "\(Journal.ofBatches) WHERE upload_batches.id = ? AND"
        let days = try connection.all(SaleTable.day, from: "\(rows) \(Journal.hasEffect) GROUP BY sale_day", other.number)
        let current = try connection.count("SELECT count(*) FROM \(rows) \(Journal.isCurrent)", other.number)
        let all = try connection.count("SELECT count(*) FROM \(rows) \(Journal.hasEffect)", other.number)
        guard current > 0, current == all else { return false }
        return try count(scope(Set(days.map(Month.init)))) == current
    }

    private func count(_ spans: [Span], _ more: String = "") throws(LedgerFault) -> Int {
        var count = 0
        for span in spans {
            count += try connection.count("SELECT count(*) FROM \(Journal.ofBatches) WHERE \(Self.inTheWay) \(more)", span)
        }
        return count
    }

    /// Of its valid rows.
    private func months() throws(LedgerFault) -> Set<Month> {
        let days = try connection.all(
            SaleTable.day, from: "sale_rows WHERE \(RowRange.within(SaleTable.table)) AND outcome IN (0, 1) GROUP BY sale_day", batch.rows)
        return Set(days.map(Month.init))
    }

    private static let inTheWay = """
        upload_batches.reseller = ? AND upload_batches.id <> ? AND last_day >= ? AND first_day <= ?
        AND sale_rows.sale_day BETWEEN ? AND ? AND \(Journal.isCurrent)
        """

    /// Whole months that follow each other are one span.
    private func scope(_ months: Set<Month>) -> [Span] {
        if batch.record.mode == .replaceAll { return [Span(batch, CivilDay(number: .min), CivilDay(number: .max))] }
        var spans: [Span] = []
        for month in months.sorted() {
            if let last = spans.last, last.last.number + 1 == month.firstDay.number {
                spans[spans.count - 1] = Span(batch, last.first, month.lastDay)
            } else {
                spans.append(Span(batch, month.firstDay, month.lastDay))
            }
        }
        return spans
    }

    private func add(
        _ rest: String, _ values: some Bindable, to sums: inout [Place: Restatement.Figures], _ names: inout [Int64: String]
    ) throws(LedgerFault) {
        let rows = try connection.cursor(Self.summed, from: "\(rest) GROUP BY means_store, sale_day", values)
        defer { rows.reset() }
        while try rows.step() {
            let (store, name, day) = (try rows[Self.store], try rows[Self.name], try rows[SaleTable.day])
            let figures = Restatement.Figures(
                sales: try rows[Self.count], quantity: try rows[Self.quantity], amount: try rows[Self.amount])
            let place = Place(month: Month(day), store: store)
            guard let sum = Restatement.Figures.sum([sums[place] ?? .none, figures]) else { throw .sumsTooLarge }
            sums[place] = sum
            names[store] = name
        }
    }
}

/// Days in which sales of the batch's reseller are in its way: the values of `inTheWay`.
private struct Span: Bindable {
    let reseller: String
    let batch: Int64
    let first: CivilDay
    let last: CivilDay

    init(_ batch: BatchRow, _ first: CivilDay, _ last: CivilDay) {
        reseller = batch.record.reseller
        self.batch = batch.number
        self.first = first
        self.last = last
    }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        try statement.bind(reseller, at: &place)
        try statement.bind(batch, at: &place)
        for day in [first, last, first, last] { try day.bind(to: statement, at: &place) }
    }
}

/// An edition's number and its rows.
private struct EditionRows: Bindable {
    let edition: Int64

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        try statement.bind(edition, at: &place)
        try RowRange(edition).bind(to: statement, at: &place)
    }
}
