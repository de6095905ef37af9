import Cells
import Sellout

/// What repeats within a batch, each once: sheets, products, stores and rates, numbered from 0 in the order they came.
struct NamingTables {
    let connection: Connection

    func append(_ chunk: StagedChunk, to batch: Int64) throws(LedgerFault) {
        try append("batch_sheets", chunk.sheets.count, to: batch) { number, place throws(LedgerFault) in
            try connection.run("INSERT INTO batch_sheets (batch, number, sheet) VALUES (?, ?, ?)", batch, number, chunk.sheets[place])
        }
        try append("batch_products", chunk.products.count, to: batch) { number, place throws(LedgerFault) in
            let product = chunk.products[place]
            try connection.run(
                "INSERT INTO batch_products (batch, number, named_ean, named_code, named_name, product_ean) VALUES (?, ?, ?, ?, ?, ?)",
                batch, number, product.naming.ean?.value, product.naming.code, product.naming.name, product.ean?.value)
        }
        let stores = StoreTable(connection: connection)
        try append("batch_stores", chunk.stores.count, to: batch) { number, place throws(LedgerFault) in
            let staged = chunk.stores[place]
            var id: Int64?
            if let store = staged.store { id = try stores.number(of: store) }
            try connection.run(
                "INSERT INTO batch_stores (batch, number, named_store, named_online, store_id) VALUES (?, ?, ?, ?, ?)", batch, number,
                staged.naming.name, staged.naming.isOnline, id)
        }
        for rate in chunk.rates { try append(rate, to: batch) }
    }

    private func append(
        _ table: StaticString, _ count: Int, to batch: Int64, _ insert: (_ number: Int, _ place: Int) throws(LedgerFault) -> Void
    ) throws(LedgerFault) {
        guard count > 0 else { return }
        let present = try connection.count("SELECT coalesce(max(number) + 1, 0) FROM \(table) WHERE batch = ?", batch)
        for place in 0..<count { try insert(present + place, place) }
    }

    private func append(_ rate: ExchangeRate, to batch: Int64) throws(LedgerFault) {
        try connection.run(
            """
            INSERT INTO batch_rates (batch, number, currency, numerator, denominator, source)
            SELECT ?1, coalesce(max(number) + 1, 0), ?2, ?3, ?4, ?5 FROM batch_rates WHERE batch = ?1
            """, batch, rate.currency, rate.numerator, rate.denominator, rate.source)
    }

    func drop(_ batch: Int64) throws(LedgerFault) {
        for table in ["batch_sheets", "batch_products", "batch_stores", "batch_rates", "restated_sales"] {
            try connection.run("DELETE FROM \(table) WHERE batch = ?", batch)
        }
    }

    func sheets(of batch: Int64) throws(LedgerFault) -> [String] {
        try connection.all("SELECT sheet FROM batch_sheets WHERE batch = ? ORDER BY number", batch) { row throws(LedgerFault) in row.text(0)
        }
    }

    func products(of batch: Int64) throws(LedgerFault) -> [StagedProduct] {
        try connection.all(
            "SELECT named_ean, named_code, named_name, product_ean FROM batch_products WHERE batch = ? ORDER BY number", batch
        ) { row throws(LedgerFault) in
            StagedProduct(
                naming: ProductNaming(
                    ean: row.optionalInt64(0).flatMap(EAN.init(_:)), code: row.optionalText(1), name: row.optionalText(2)),
                ean: row.optionalInt64(3).flatMap(EAN.init(_:)))
        }
    }

    func stores(of batch: Int64) throws(LedgerFault) -> [StagedStore] {
        try connection.all(
            """
            SELECT n.named_store, n.named_online, s.reseller, s.store_code, s.store, s.store_type, s.city, s.country
            FROM batch_stores n LEFT JOIN stores s ON s.id = n.store_id WHERE n.batch = ? ORDER BY n.number
            """, batch
        ) { row throws(LedgerFault) in
            StagedStore(
                naming: StoreNaming(name: row.text(0), isOnline: row.bool(1)), store: row.isNull(2) ? nil : StoreTable.store(row, from: 2))
        }
    }

    func rates(of batch: Int64) throws(LedgerFault) -> [ExchangeRate] {
        try connection.all(
            "SELECT currency, numerator, denominator, source FROM batch_rates WHERE batch = ? ORDER BY number", batch
        ) { row throws(LedgerFault) in
            ExchangeRate(currency: row.text(0), numerator: row.int64(1), denominator: row.int64(2), source: row.text(3))
        }
    }
}

extension NamingTables {
    /// Fills in what has become known of products and stores. What rows were resolved with before stays as it was.
    func complete(_ batch: Int64, products: [StagedProduct], stores: [StagedStore]) throws(LedgerFault) {
        for (number, product) in products.enumerated() {
            guard let ean = product.ean else { continue }
            try connection.run(
                "UPDATE batch_products SET product_ean = ? WHERE batch = ? AND number = ? AND product_ean IS NULL", ean.value, batch, number
            )
        }
        let table = StoreTable(connection: connection)
        for (number, staged) in stores.enumerated() {
            guard let store = staged.store else { continue }
            try connection.run(
                "UPDATE batch_stores SET store_id = ? WHERE batch = ? AND number = ? AND store_id IS NULL", try table.number(of: store),
                batch,
                number)
        }
    }

    /// Adds rates that the batch has not used yet; the number that each of `rates` has in the batch.
    func merge(_ batch: Int64, rates: [ExchangeRate]) throws(LedgerFault) -> [Int64] {
        var numbers: [ExchangeRate: Int64] = [:]
        for (number, rate) in try self.rates(of: batch).enumerated() { numbers[rate] = Int64(number) }
        var merged: [Int64] = []
        for rate in rates {
            if numbers[rate] == nil {
                numbers[rate] = Int64(try connection.count("SELECT count(*) FROM batch_rates WHERE batch = ?", batch))
                try append(rate, to: batch)
            }
            merged.append(numbers[rate] ?? 0)
        }
        return merged
    }

    /// Enters the stores that nobody knew, where the reseller's stores are open, and remembers which they were.
    func enterNewStores(_ batch: BatchRow, terms: Terms) throws(LedgerFault) {
        guard terms.storesAreOpen else { return }
        let unknown = try connection.all(
            "SELECT number, named_store, named_online FROM batch_stores WHERE batch = ? AND store_id IS NULL", batch.number
        ) { row throws(LedgerFault) in (row.int64(0), row.text(1), row.bool(2)) }
        let stores = StoreTable(connection: connection)
        for (number, name, isOnline) in unknown {
            let entered = try stores.enter(Store(reseller: batch.record.reseller, code: name, name: name, isOnline: isOnline))
            try connection.run(
                "UPDATE batch_stores SET store_id = ?, is_new = ? WHERE batch = ? AND number = ?", entered.id, entered.isNew, batch.number,
                number)
        }
    }

    func newStores(of batch: Int64) throws(LedgerFault) -> [String] {
        try connection.all(
            "SELECT named_store FROM batch_stores WHERE batch = ? AND is_new = 1 ORDER BY number", batch
        ) { row throws(LedgerFault) in row.text(0) }
    }
}
