import Batches
import Cells
import Sellout

/// What waits for a name to mean something.
package struct WaitingSums: Hashable, Sendable {
    package let rows: Int
    package let batches: Int
    package let quantity: Int64
    /// In the reseller's currency, of the rows that state an amount; nil where none does.
    package let local: Money?
    /// When the first of the batches arrived.
    package let since: Timestamp
    /// For a name that meant something until that day.
    package let endedFrom: CivilDay?

    package init(
        rows: Int, batches: Int, quantity: Int64 = 0, local: Money? = nil, since: Timestamp = Timestamp(milliseconds: 0),
        endedFrom: CivilDay? = nil
    ) {
        self.rows = rows
        self.batches = batches
        self.quantity = quantity
        self.local = local
        self.since = since
        self.endedFrom = endedFrom
    }
}

/// A product that rows wait for.
package struct UnmappedProduct: Hashable, Sendable {
    package let reseller: String
    package let code: String
    package let name: String
    /// Nil where no file gives one.
    package let ean: EAN?
    package let waits: WaitingSums

    package var rows: Int { waits.rows }
    package var batches: Int { waits.batches }
    package var endedFrom: CivilDay? { waits.endedFrom }

    package init(reseller: String, code: String, name: String, ean: EAN? = nil, waits: WaitingSums) {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.ean = ean
        self.waits = waits
    }
}

/// A store that rows wait for, as files write it.
package struct UnknownStore: Hashable, Sendable {
    package let reseller: String
    package let name: String
    package let waits: WaitingSums

    package var endedFrom: CivilDay? { waits.endedFrom }

    package init(reseller: String, name: String, waits: WaitingSums) {
        self.reseller = reseller
        self.name = name
        self.waits = waits
    }
}

/// The products and stores of waiting rows that mean nothing, or nothing on the row's day, as files name them. The most rows come first.
struct UnknownNames {
    private static let code = Column<String>(computed: "coalesce(named_code, named_name, printf('%013d', named_ean))")
    private static let name = Column<String>(computed: "max(coalesce(named_name, ''))")
    private static let ean = Column<EAN?>(computed: "max(named_ean)")
    private static let rows = Column<Int>(computed: "count(*)")
    private static let batches = Column<Int>(computed: "count(DISTINCT upload_batches.id)")
    private static let quantity = Column<Int64>(computed: "sum(sale_rows.quantity)")
    private static let local = Column<Money?>(computed: "sum(sale_rows.sales_local)")
    private static let since = Column<Timestamp>(computed: "min(upload_batches.received_at)")
    private static let endedFrom = Column<CivilDay?>(computed: "min(named.ended_from)")
    private static let sums = ColumnList(rows, batches, quantity, local, since, endedFrom)

    let connection: Connection

    func products(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        let conditions = Self.conditions(reseller)
        return try connection.all(
            ColumnList(BatchTable.reseller, Self.code, Self.name, Self.ean) + Self.sums,
            from: """
                \(Self.waiting)
                CROSS JOIN edition_products named ON named.edition = editions.id AND named.number = sale_rows.product
                    AND (named.product_ean IS NULL OR named.ended_from <= sale_rows.sale_day)
                JOIN product_namings ON product_namings.id = named.naming
                \(conditions.sql) GROUP BY upload_batches.reseller, 2 ORDER BY upload_batches.reseller, count(*) DESC, 2
                """, conditions
        ) { row throws(LedgerFault) in
            UnmappedProduct(
                reseller: try row[BatchTable.reseller], code: try row[Self.code], name: try row[Self.name], ean: try row[Self.ean],
                waits: try Self.read(row))
        }
    }

    func stores(reseller: String?) throws(LedgerFault) -> [UnknownStore] {
        let conditions = Self.conditions(reseller)
        return try connection.all(
            ColumnList(BatchTable.reseller, WrittenNames.Stores.name) + Self.sums,
            from: """
                \(Self.waiting)
                CROSS JOIN edition_stores named ON named.edition = editions.id AND named.number = sale_rows.store
                    AND (named.store_id IS NULL OR named.ended_from <= sale_rows.sale_day)
                JOIN store_namings ON store_namings.id = named.naming
                \(conditions.sql) GROUP BY upload_batches.reseller, 2 ORDER BY upload_batches.reseller, count(*) DESC, 2
                """, conditions
        ) { row throws(LedgerFault) in
            UnknownStore(reseller: try row[BatchTable.reseller], name: try row[WrittenNames.Stores.name], waits: try Self.read(row))
        }
    }

    private static let waiting = """
        upload_batches INDEXED BY upload_batches_waiting
        CROSS JOIN editions ON editions.id = upload_batches.edition
        CROSS JOIN sale_rows ON \(RowRange.join(SaleTable.table))
        """

    private static func conditions(_ reseller: String?) -> Conditions {
        var conditions = Conditions()
        conditions.add("outcome = ?", RowOutcome.waiting)
        conditions.add("rows_waiting > 0 AND status IN \(BatchState.waiting) AND deleted_at IS NULL")
        conditions.add("upload_batches.reseller = ?", reseller)
        return conditions
    }

    private static func read(_ row: Statement) throws(LedgerFault) -> WaitingSums {
        WaitingSums(
            rows: try row[rows], batches: try row[batches], quantity: try row[quantity], local: try row[local], since: try row[since],
            endedFrom: try row[endedFrom])
    }
}
