import Cells
import Sellout

/// What repeats within a batch, each once: sheets, products, stores and rates, numbered from 0 in the order they came.
struct NamingTables {
    enum Sheets {
        static let table: StaticString = "batch_sheets"
        static let batch = Column<Int64>(table, "batch")
        static let number = Column<Int64>(table, "number")
        static let name = Column<String>(table, "sheet")
        static let all = ColumnList(batch, number, name)
    }

    enum Products {
        static let table: StaticString = "batch_products"
        static let batch = Column<Int64>(table, "batch")
        static let number = Column<Int64>(table, "number")
        static let namedEAN = Column<EAN?>(table, "named_ean")
        static let namedCode = Column<String?>(table, "named_code")
        static let namedName = Column<String?>(table, "named_name")
        /// Nil while nobody knows what is meant.
        static let ean = Column<EAN?>(table, "product_ean")
        static let all = ColumnList(batch, number, namedEAN, namedCode, namedName, ean)
    }

    enum Stores {
        static let table: StaticString = "batch_stores"
        static let batch = Column<Int64>(table, "batch")
        static let number = Column<Int64>(table, "number")
        static let name = Column<String>(table, "named_store")
        static let isOnline = Column<Bool>(table, "named_online")
        static let store = Column<Int64?>(table, "store_id")
        static let isNew = Column<Bool>(table, "is_new")
        static let all = ColumnList(batch, number, name, isOnline, store)
    }

    enum Rates {
        static let table: StaticString = "batch_rates"
        static let batch = Column<Int64>(table, "batch")
        static let number = Column<Int64>(table, "number")
        static let currency = Column<String>(table, "currency")
        static let numerator = Column<Int64>(table, "numerator")
        static let denominator = Column<Int64>(table, "denominator")
        static let source = Column<String>(table, "source")
        static let all = ColumnList(batch, number, currency, numerator, denominator, source)
    }

    let connection: Connection

    func append(_ chunk: StagedChunk, to batch: Int64) throws(LedgerFault) {
        try append(chunk.sheets, Sheets.all, to: batch) { sheet, number, insertion throws(LedgerFault) in
            try insertion.bind(batch, to: Sheets.batch)
            try insertion.bind(number, to: Sheets.number)
            try insertion.bind(sheet, to: Sheets.name)
        }
        try append(chunk.products, Products.all, to: batch) { product, number, insertion throws(LedgerFault) in
            try insertion.bind(batch, to: Products.batch)
            try insertion.bind(number, to: Products.number)
            try insertion.bind(product.naming.ean, to: Products.namedEAN)
            try insertion.bind(product.naming.code, to: Products.namedCode)
            try insertion.bind(product.naming.name, to: Products.namedName)
            try insertion.bind(product.ean, to: Products.ean)
        }
        let stores = StoreTable(connection: connection)
        try append(chunk.stores, Stores.all, to: batch) { staged, number, insertion throws(LedgerFault) in
            try insertion.bind(batch, to: Stores.batch)
            try insertion.bind(number, to: Stores.number)
            try insertion.bind(staged.naming.name, to: Stores.name)
            try insertion.bind(staged.naming.isOnline, to: Stores.isOnline)
            try insertion.bind(try staged.store.map { store throws(LedgerFault) in try stores.enter(store).id }, to: Stores.store)
        }
        try append(chunk.rates, to: batch)
    }

    private func append(_ rates: [ExchangeRate], to batch: Int64) throws(LedgerFault) {
        try append(rates, Rates.all, to: batch) { rate, number, insertion throws(LedgerFault) in
            try insertion.bind(batch, to: Rates.batch)
            try insertion.bind(number, to: Rates.number)
            try insertion.bind(rate.currency, to: Rates.currency)
            try insertion.bind(rate.numerator, to: Rates.numerator)
            try insertion.bind(rate.denominator, to: Rates.denominator)
            try insertion.bind(rate.source, to: Rates.source)
        }
    }

    /// Numbers them on from those that the batch has.
    private func append<Naming>(
        _ namings: [Naming], _ columns: ColumnList, to batch: Int64, _ bind: (Naming, Int64, Statement) throws(LedgerFault) -> Void
    ) throws(LedgerFault) {
        guard !namings.isEmpty, let table = columns.names.first?.table else { return }
        let present = try connection.count("SELECT coalesce(max(number) + 1, 0) FROM \(table) WHERE batch = ?", batch)
        let insertion = try connection.insertion(of: columns)
        for (number, naming) in namings.enumerated() {
            try bind(naming, Int64(present + number), insertion)
            try insertion.run()
        }
    }

    func drop(_ batch: Int64) throws(LedgerFault) {
        for table in [Sheets.table, Products.table, Stores.table, Rates.table] {
            try connection.run("DELETE FROM \(table) WHERE batch = ?", batch)
        }
    }

    func sheets(of batch: Int64) throws(LedgerFault) -> [String] {
        try connection.all(Sheets.name, from: "batch_sheets WHERE batch = ? ORDER BY number", batch)
    }

    func products(of batch: Int64) throws(LedgerFault) -> [StagedProduct] {
        try connection.all(
            ColumnList(Products.namedEAN, Products.namedCode, Products.namedName, Products.ean),
            from: "batch_products WHERE batch = ? ORDER BY number", batch
        ) { row throws(LedgerFault) in
            let naming = ProductNaming(
                ean: try row[Products.namedEAN], code: try row[Products.namedCode], name: try row[Products.namedName])
            return StagedProduct(naming: naming, ean: try row[Products.ean])
        }
    }

    func stores(of batch: Int64) throws(LedgerFault) -> [StagedStore] {
        try connection.all(
            ColumnList(Stores.name, Stores.isOnline, Stores.store) + StoreTable.told,
            from: "batch_stores LEFT JOIN stores ON stores.id = store_id WHERE batch = ? ORDER BY number", batch
        ) { row throws(LedgerFault) in
            let naming = StoreNaming(name: try row[Stores.name], isOnline: try row[Stores.isOnline])
            return StagedStore(naming: naming, store: try row[Stores.store] == nil ? nil : try StoreTable.read(row))
        }
    }

    func rates(of batch: Int64) throws(LedgerFault) -> [ExchangeRate] {
        try connection.all(
            ColumnList(Rates.currency, Rates.numerator, Rates.denominator, Rates.source),
            from: "batch_rates WHERE batch = ? ORDER BY number", batch
        ) { row throws(LedgerFault) in
            guard try row[Rates.numerator] > 0 else { throw try row.damage(Rates.numerator) }
            guard try row[Rates.denominator] > 0 else { throw try row.damage(Rates.denominator) }
            return ExchangeRate(
                currency: try row[Rates.currency], numerator: try row[Rates.numerator], denominator: try row[Rates.denominator],
                source: try row[Rates.source])
        }
    }
}

/// What becomes known later.
extension NamingTables {
    /// Fills in what has become known of products and stores. What rows were resolved with before stays as it was.
    func complete(_ batch: Int64, products: [StagedProduct], stores: [StagedStore]) throws(LedgerFault) {
        for (number, product) in products.enumerated() {
            guard let ean = product.ean else { continue }
            try connection.update(Products.ean(ean), where: "batch = ? AND number = ? AND product_ean IS NULL", batch, number)
        }
        let table = StoreTable(connection: connection)
        for (number, staged) in stores.enumerated() {
            guard let store = staged.store else { continue }
            try connection.update(
                Stores.store(try table.enter(store).id), where: "batch = ? AND number = ? AND store_id IS NULL", batch, number)
        }
    }

    /// Adds rates that the batch has not used yet; the number that each of `rates` has in the batch.
    func merge(_ batch: Int64, rates: [ExchangeRate]) throws(LedgerFault) -> [Int64] {
        var known = try self.rates(of: batch)
        var numbers: [Int64] = []
        for rate in rates {
            if let number = known.firstIndex(of: rate) {
                numbers.append(Int64(number))
            } else {
                numbers.append(Int64(known.count))
                known.append(rate)
                try append([rate], to: batch)
            }
        }
        return numbers
    }

    /// Enters the stores that nobody knew, where the reseller's stores are open, and remembers which they were.
    func enterNewStores(_ batch: BatchRow, terms: Terms) throws(LedgerFault) {
        guard terms.storesAreOpen else { return }
        let unknown = try connection.all(
            ColumnList(Stores.number, Stores.name, Stores.isOnline), from: "batch_stores WHERE batch = ? AND store_id IS NULL",
            batch.number
        ) { row throws(LedgerFault) in (try row[Stores.number], try row[Stores.name], try row[Stores.isOnline]) }
        let stores = StoreTable(connection: connection)
        for (number, name, isOnline) in unknown {
            let entered = try stores.enter(Store(reseller: batch.record.reseller, code: name, name: name, isOnline: isOnline))
            try connection.update(
                Stores.store(entered.id), Stores.isNew(entered.isNew), where: "batch = ? AND number = ?", batch.number, number)
        }
    }

    func newStores(of batch: Int64) throws(LedgerFault) -> [String] {
        try connection.all(Stores.name, from: "batch_stores WHERE batch = ? AND is_new = 1 ORDER BY number", batch)
    }
}
