import Sellout

/// What a batch waits for.
package struct WaitingRows: Sendable {
    package var sheets: [String] = []
    package var products: [StagedProduct] = []
    package var stores: [StagedStore] = []
    /// With the number each has in staging.
    package var rows: [(number: Int64, draft: Draft)] = []

    package init() {}
}

/// The same rows after another look at the reference data.
package struct ResolvedRows: Sendable {
    /// The whole tables again, in the order they came.
    package var products: [StagedProduct] = []
    package var stores: [StagedStore] = []
    package var rates: [ExchangeRate] = []
    package var rows: [(number: Int64, row: StagedRow)] = []
    /// Those of rows that still wait.
    package var errors: [RowError] = []
    package var referenceVersion: Int

    package init(referenceVersion: Int) { self.referenceVersion = referenceVersion }
}

/// Puts what waiting rows have become into staging.
struct Resolving {
    let connection: Connection
    let batch: BatchRow

    enum Effect {
        case none
        /// The rows still wait, for other reasons.
        case otherReasons
        case rowsAreValid
    }

    func take(_ chunk: ResolvedRows) throws(LedgerFault) -> Effect {
        let namings = NamingTables(connection: connection)
        let (products, stores) = try namings.complete(batch.edition, products: chunk.products, stores: chunk.stores)
        let rates = try namings.merge(batch.edition, rates: chunk.rates)
        let staging = SaleTable(connection: connection)
        var isValid = false
        for (number, row) in chunk.rows where !row.isWaiting {
            let (product, store) = (Int(row.draft.product), Int(row.draft.store))
            guard number > 0, number <= RowRange.most, let place = row.rate, rates.indices.contains(Int(place)),
                products.indices.contains(product), stores.indices.contains(store)
            else {
                throw LedgerFault.broken("Row \(number) of batch \(batch.record.id) was resolved without a rate, a product or a store.")
            }
            var row = row
            (row.draft.product, row.draft.store) = (products[product], stores[store])
            if try staging.resolve(batch.rows.first + number, as: row, rate: rates[Int(place)], booked: batch.isBooked) { isValid = true }
        }
        let errors = ErrorTable(connection: connection)
        if !isValid, try errors.waitingErrors(batch.rows, are: chunk.errors) { return .none }
        try errors.drop(batch.rows, .waiting)
        try errors.append(chunk.errors.map { ($0, .waiting) }, to: batch.rows)
        try errors.sort(batch)
        return isValid ? .rowsAreValid : .otherReasons
    }
}

/// A product that rows wait for.
package struct UnmappedProduct: Hashable, Sendable {
    package let reseller: String
    package let code: String
    package let name: String
    package let rows: Int
    package let batches: Int

    package init(reseller: String, code: String, name: String, rows: Int, batches: Int) {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.rows = rows
        self.batches = batches
    }
}

/// The products of waiting rows that nothing is known of, as their files name them.
struct UnmappedProducts {
    private static let code = Column<String>(computed: "coalesce(named_code, named_name, printf('%013d', named_ean))")
    private static let name = Column<String>(computed: "max(coalesce(named_name, ''))")
    private static let rows = Column<Int>(computed: "count(*)")
    private static let batches = Column<Int>(computed: "count(DISTINCT upload_batches.id)")

    let connection: Connection

    func list(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        var conditions = Conditions()
        conditions.add("outcome = ?", RowOutcome.waiting)
        conditions.add("rows_waiting > 0 AND status IN \(BatchState.waiting) AND deleted_at IS NULL")
        conditions.add("upload_batches.reseller = ?", reseller)
        return try connection.all(
            ColumnList(BatchTable.reseller, Self.code, Self.name, Self.rows, Self.batches),
            from: """
                upload_batches INDEXED BY upload_batches_waiting
                CROSS JOIN editions ON editions.id = upload_batches.edition
                CROSS JOIN sale_rows ON \(RowRange.join(SaleTable.table))
                CROSS JOIN edition_products ON edition_products.edition = editions.id AND edition_products.number = sale_rows.product
                    AND edition_products.product_ean IS NULL
                JOIN product_namings ON product_namings.id = edition_products.naming
                \(conditions.sql) GROUP BY upload_batches.reseller, 2 ORDER BY upload_batches.reseller, count(*) DESC, 2
                """, conditions
        ) { row throws(LedgerFault) in
            UnmappedProduct(
                reseller: try row[BatchTable.reseller], code: try row[Self.code], name: try row[Self.name], rows: try row[Self.rows],
                batches: try row[Self.batches])
        }
    }
}
