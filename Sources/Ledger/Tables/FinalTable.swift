import Batches
import Cells
import Sellout

package struct SalesFilter: Hashable, Sendable {
    package var reseller: String?
    package var batch: BatchID?
    package var from: CivilDay?
    package var to: CivilDay?

    package init(reseller: String? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil) {
        self.reseller = reseller
        self.batch = batch
        self.from = from
        self.to = to
    }
}

/// One final sale as listings show it.
package struct SaleLine: Hashable, Sendable {
    package var batch: String
    package var sheet: String
    package var row: Int
    package var reseller: String
    package var store: String
    package var storeIsOnline: Bool
    package var ean: String
    package var productName: String
    package var date: CivilDay
    package var quantity: Int64
    package var local: Money
    package var currency: String
    package var euros: Money

    package init(
        batch: String, sheet: String, row: Int, reseller: String, store: String, storeIsOnline: Bool, ean: String, productName: String,
        date: CivilDay, quantity: Int64, local: Money, currency: String, euros: Money
    ) {
        self.batch = batch
        self.sheet = sheet
        self.row = row
        self.reseller = reseller
        self.store = store
        self.storeIsOnline = storeIsOnline
        self.ean = ean
        self.productName = productName
        self.date = date
        self.quantity = quantity
        self.local = local
        self.currency = currency
        self.euros = euros
    }
}

/// `final_sales`.
struct FinalTable {
    static let table: StaticString = "final_sales"
    static let id = Column<Int64>(table, "id")
    static let row = Column<Int>(table, "row_number")
    static let day = Column<CivilDay>(table, "sale_day")
    static let order = Column<String?>(table, "order_id")
    static let quantity = Column<Int64>(table, "quantity")
    static let local = Column<Money>(table, "sales_local")
    static let euros = Column<Money>(table, "sales_eur")

    /// Each batch with its sales. `CROSS JOIN` keeps the batches outside: each is a range of the rows' keys, which SQLite would
    /// not see the other way round.
    static let ofBatches = "upload_batches CROSS JOIN final_sales ON \(RowRange.join(table))"
    private static let inBatch = RowRange.within(table)

    let connection: Connection

    /// Makes a batch's valid rows final; how many there are.
    func insertStaged(_ rows: RowRange) throws(LedgerFault) -> Int {
        let columns = StagingTable.sale.plain
        return try connection.run(
            """
            INSERT INTO final_sales (\(columns)) SELECT \(columns) FROM staging_sales
            WHERE \(RowRange.within(StagingTable.table)) AND outcome <= ? ORDER BY id
            """, rows, RowOutcome.restated)
    }

    func remove(_ rows: RowRange) throws(LedgerFault) -> Int {
        try connection.run("DELETE FROM final_sales WHERE \(Self.inBatch)", rows)
    }

    func remove(_ ids: [Int64]) throws(LedgerFault) {
        for id in ids { try connection.run("DELETE FROM final_sales WHERE id = ?", id) }
    }

    func sums(_ rows: RowRange) throws(LedgerFault) -> (rows: Int, totals: SalesTotals) {
        let count = Column<Int>(computed: "count(*)")
        let quantity = Column<Int64>(computed: "coalesce(sum(quantity), 0)")
        let local = Column<Money>(computed: "coalesce(sum(sales_local), 0)")
        let euros = Column<Money>(computed: "coalesce(sum(sales_eur), 0)")
        let found = try connection.first(
            ColumnList(count, quantity, local, euros), from: "final_sales WHERE \(Self.inBatch)", rows
        ) { row throws(LedgerFault) in
            (try row[count], SalesTotals(quantity: try row[quantity], local: try row[local], euros: try row[euros]))
        }
        return found ?? (0, .zero)
    }

    /// Whether the reseller's final sales are those of this batch and no others.
    func isAll(of reseller: String, in batch: BatchRow) throws(LedgerFault) -> Bool {
        try connection.count(
            """
            SELECT EXISTS (SELECT 1 FROM final_sales WHERE \(Self.inBatch))
            AND NOT EXISTS (SELECT 1 FROM \(Self.ofBatches) WHERE reseller = ? AND upload_batches.id <> ?)
            """, batch.rows, reseller, batch.number) > 0
    }

    /// Final sales of the reseller that files brought which came after this batch's.
    func count(of reseller: String, after batch: BatchRow) throws(LedgerFault) -> Int {
        try connection.count(
            "SELECT count(*) FROM \(Self.ofBatches) WHERE reseller = ? AND upload_batches.id > ?", reseller, batch.number)
    }
}

/// The listing of sales.
extension FinalTable {
    private static let storeName = Column<String>(computed: "coalesce(stores.store, named_store)")
    private static let productName = Column<String?>(computed: "coalesce(functional_name, named_name, named_code)")

    private static let batch = Column<String>(BatchTable.table, "batch_id")

    private static let listed = ColumnList(
        batch, NamingTables.Sheets.name, row, BatchTable.reseller, storeName, StoreTable.type, NamingTables.Products.ean,
        productName, day, quantity, local, BatchTable.currency, euros)

    private static let namings = """
        LEFT JOIN batch_sheets ON batch_sheets.batch = upload_batches.id AND batch_sheets.number = final_sales.sheet
        LEFT JOIN batch_products ON batch_products.batch = upload_batches.id AND batch_products.number = final_sales.product
        LEFT JOIN products ON products.product_ean = printf('%013d', batch_products.product_ean)
        LEFT JOIN batch_stores ON batch_stores.batch = upload_batches.id AND batch_stores.number = final_sales.store
        LEFT JOIN stores ON stores.id = batch_stores.store_id
        """

    /// Rows for `line`, in order of batch and of the file.
    func list(_ filter: SalesFilter) throws(LedgerFault) -> Statement {
        var conditions = Conditions()
        conditions.add("upload_batches.reseller = ?", filter.reseller)
        conditions.add("batch_id = ?", filter.batch)
        conditions.add("sale_day >= ?", filter.from)
        conditions.add("last_day >= ?", filter.from)
        conditions.add("sale_day <= ?", filter.to)
        conditions.add("first_day <= ?", filter.to)
        return try connection.cursor(
            Self.listed, from: "\(Self.ofBatches) \(Self.namings)\(conditions.sql) ORDER BY upload_batches.id, final_sales.id", conditions)
    }

    static func line(_ row: Statement) throws(LedgerFault) -> SaleLine {
        SaleLine(
            batch: try row[batch], sheet: try row[NamingTables.Sheets.name], row: try row[Self.row],
            reseller: try row[BatchTable.reseller], store: try row[storeName], storeIsOnline: try row[StoreTable.type] == .online,
            ean: try row[needed: NamingTables.Products.ean].description, productName: try row[productName] ?? "", date: try row[day],
            quantity: try row[quantity], local: try row[local], currency: try row[needed: BatchTable.currency], euros: try row[euros])
    }
}
