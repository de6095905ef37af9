import Batches
import Cells
import Sellout

extension SQLiteLedger {
    package func sums(_ filter: SalesFilter, byStore: Bool) throws(LedgerFault) -> [SalesSum] {
        try aside { connection throws(LedgerFault) in try SumsQuestion(connection: connection).ask(filter, byStore: byStore) }
    }

    package func lastDays() throws(LedgerFault) -> [String: CivilDay] {
        try read { connection throws(LedgerFault) in try SumsQuestion(connection: connection).lastDays() }
    }

    package func sums(broughtBy id: BatchID) throws(LedgerFault) -> [SalesSum] {
        try read { connection throws(LedgerFault) in
            let number = try BatchTable(connection: connection).get(id).number
            return try SumsQuestion(connection: connection).ask(broughtBy: [number])[number] ?? []
        }
    }
}

/// SQLite adds up by day, which is quick to group by; days become months here.
struct SumsQuestion {
    private static let store = Column<String?>(computed: "coalesce(stores.store, named_store)")
    private static let noStore = Column<String?>(computed: "NULL")
    private static let batch = Column<Int64>(computed: "upload_batches.id")
    private static let noBatch = Column<Int64>(computed: "0")
    private static let currency = Column<String?>(computed: "coalesce(editions.currency, upload_batches.currency)")
    private static let count = Column<Int>(computed: "count(*)")
    private static let quantity = Column<Int64>(computed: "sum(sale_rows.quantity)")
    private static let local = Column<Money?>(computed: "sum(sale_rows.sales_local)")
    private static let euros = Column<Money?>(computed: "sum(sale_rows.sales_eur)")
    private static let lastDay = Column<CivilDay>(computed: "max(last_day)")
    private static let stores = """
        LEFT JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
        LEFT JOIN store_namings ON store_namings.id = edition_stores.naming
        LEFT JOIN stores ON stores.id = edition_stores.store_id
        """

    let connection: Connection

    func ask(_ filter: SalesFilter, byStore: Bool) throws(LedgerFault) -> [SalesSum] {
        var conditions = try Conditions(of: filter, in: connection)
        // Of batches that end before the first day no row is looked at.
        if filter.asOf == nil { conditions.add("upload_batches.last_day >= ?", filter.from) }
        return try sums(conditions, byStore: byStore, byBatch: false).values.flatMap { $0 }
    }

    func lastDays() throws(LedgerFault) -> [String: CivilDay] {
        let booked = BatchState.sql(\.mayBeUndone)
        let found = try connection.all(
            ColumnList(BatchTable.reseller, Self.lastDay),
            from: "upload_batches WHERE last_day IS NOT NULL AND status IN \(booked) GROUP BY reseller"
        ) { row throws(LedgerFault) in (try row[BatchTable.reseller], try row[Self.lastDay]) }
        return Dictionary(found, uniquingKeysWith: max)
    }

    /// By the batches' numbers; those that bring nothing are left out.
    func ask(broughtBy batches: [Int64]) throws(LedgerFault) -> [Int64: [SalesSum]] {
        guard !batches.isEmpty else { return [:] }
        var conditions = Conditions()
        // Numbers of our own, and no text of anybody's.
        conditions.add("upload_batches.id IN (\(batches.map(String.init).joined(separator: ", ")))")
        conditions.add("editions.id = upload_batches.edition AND sale_rows.outcome IN (0, 1, 5, 6)")
        return try sums(conditions, byStore: true, byBatch: true)
    }

    private struct Kind: Hashable {
        let batch: Int64
        let reseller: String
        let month: Month
        let store: String?
        let currency: String
    }

    /// By batch, all of them as batch 0 where batches were not asked for.
    private func sums(_ conditions: Conditions, byStore: Bool, byBatch: Bool) throws(LedgerFault) -> [Int64: [SalesSum]] {
        let store = byStore ? Self.store : Self.noStore
        let batch = byBatch ? Self.batch : Self.noBatch
        let groups = try connection.cursor(
            ColumnList(BatchTable.reseller, SaleTable.day, store, Self.currency, Self.count, Self.quantity, Self.local, Self.euros, batch),
            from: "\(Journal.ofBatches)\(byStore ? " \(Self.stores)" : "")\(conditions.sql) GROUP BY 1, 2, 3, 4, 9", conditions)
        defer { groups.reset() }
        var found: [Kind: (sales: Int, totals: SalesTotals)] = [:]
        while try groups.step() {
            let kind = Kind(
                batch: try groups[batch], reseller: try groups[BatchTable.reseller], month: Month(try groups[SaleTable.day]),
                store: try groups[store],
                currency: try groups[Self.currency] ?? "EUR")
            let totals = SalesTotals(
                quantity: try groups[Self.quantity], local: try groups[Self.local] ?? .zero, euros: try groups[Self.euros] ?? .zero)
            let known = found[kind] ?? (0, .zero)
            found[kind] = (known.sales + (try groups[Self.count]), try known.totals.adding(totals))
        }
        return Dictionary(grouping: found, by: \.key.batch).mapValues { found in
            found.map { kind, sum in
                SalesSum(
                    reseller: kind.reseller, month: kind.month, store: kind.store, currency: kind.currency, sales: sum.sales,
                    totals: sum.totals)
            }.sorted { ($0.month, $0.reseller, $0.store ?? "", $0.currency) < ($1.month, $1.reseller, $1.store ?? "", $1.currency) }
        }
    }
}
