import Batches
import Cells
import Sellout

package struct SalesFilter: Hashable, Sendable {
    package var reseller: String?
    package var batch: BatchID?
    package var from: CivilDay?
    package var to: CivilDay?
    /// As the books stood at that moment; nil for how they stand.
    package var asOf: Timestamp?
    /// Of files that were received then or later.
    package var since: Timestamp?

    package init(
        reseller: String? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil, asOf: Timestamp? = nil,
        since: Timestamp? = nil
    ) {
        self.since = since
        self.reseller = reseller
        self.batch = batch
        self.from = from
        self.to = to
        self.asOf = asOf
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

/// The listing of sales.
struct SaleListing {
    private static let storeName = Column<String>(computed: "coalesce(stores.store, named_store)")
    private static let productName = Column<String?>(computed: "coalesce(functional_name, named_name, named_code)")
    private static let batch = Column<String>(BatchTable.table, "batch_id")
    private static let currency = Column<String?>(computed: "coalesce(editions.currency, upload_batches.currency)")

    /// For `line`.
    static let columns = ColumnList(
        batch, NamingTables.Sheets.name, SaleTable.row, BatchTable.reseller, storeName, StoreTable.type, NamingTables.Products.ean,
        productName, SaleTable.day, SaleTable.quantity, SaleTable.local, currency, SaleTable.euros)

    /// What the numbers in rows stand for.
    static let namings = """
        LEFT JOIN edition_sheets ON edition_sheets.edition = editions.id AND edition_sheets.number = sale_rows.sheet
        LEFT JOIN edition_products ON edition_products.edition = editions.id AND edition_products.number = sale_rows.product
        LEFT JOIN product_namings ON product_namings.id = edition_products.naming
        LEFT JOIN products ON products.product_ean = printf('%013d', edition_products.product_ean)
        LEFT JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
        LEFT JOIN store_namings ON store_namings.id = edition_stores.naming
        LEFT JOIN stores ON stores.id = edition_stores.store_id
        """

    let connection: Connection

    /// Rows for `line`, in order of batch and of the file.
    func list(_ filter: SalesFilter) throws(LedgerFault) -> Statement {
        let conditions = try Conditions(of: filter, in: connection)
        return try connection.cursor(
            Self.columns,
            from: "\(Journal.ofBatches) \(Self.namings)\(conditions.sql) ORDER BY upload_batches.id, editions.id, sale_rows.id", conditions)
    }

    static func line(_ row: Statement) throws(LedgerFault) -> SaleLine {
        SaleLine(
            batch: try row[batch], sheet: try row[NamingTables.Sheets.name], row: Int(try row[SaleTable.row]),
            reseller: try row[BatchTable.reseller], store: try row[storeName], storeIsOnline: try row[StoreTable.type] == .online,
            ean: try row[needed: NamingTables.Products.ean].description, productName: try row[productName] ?? "",
            date: try row[SaleTable.day], quantity: try row[SaleTable.quantity], local: try row[needed: SaleTable.local],
            currency: try row[needed: currency], euros: try row[needed: SaleTable.euros])
    }
}

extension Conditions {
    /// Which rows of `Journal.ofBatches` are meant.
    init(of filter: SalesFilter, in connection: Connection) throws(LedgerFault) {
        self.init()
        if let moment = filter.asOf {
            let last = try AuditLog(connection: connection).last(at: moment)
            add(Journal.wasCurrent, Several([last, last, last]))
        } else {
            add(Journal.isCurrent)
        }
        add("upload_batches.reseller = ?", filter.reseller)
        add("batch_id = ?", filter.batch)
        add("received_at >= ?", filter.since)
        add("sale_day >= ?", filter.from)
        add("sale_day <= ?", filter.to)
    }
}
