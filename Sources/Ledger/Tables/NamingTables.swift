import Cells
import Sellout

/// What repeats within an edition, each once: sheets, products, stores and rates, numbered from 0 in the order they came. A product or
/// store says how the file writes it and what that meant when its rows were resolved.
struct NamingTables {
    enum Sheets {
        static let table: StaticString = "edition_sheets"
        static let edition = Column<Int64>(table, "edition")
        static let number = Column<Int64>(table, "number")
        static let name = Column<String>(table, "sheet")
        static let all = ColumnList(edition, number, name)
    }

    enum Products {
        static let table: StaticString = "edition_products"
        static let edition = Column<Int64>(table, "edition")
        static let number = Column<Int64>(table, "number")
        static let naming = Column<Int64>(table, "naming")
        /// Nil while nobody knows what is meant.
        static let ean = Column<EAN?>(table, "product_ean")
        static let endedFrom = Column<CivilDay?>(table, "ended_from")
        static let all = ColumnList(edition, number, naming, ean, endedFrom)
    }

    enum Stores {
        static let table: StaticString = "edition_stores"
        static let edition = Column<Int64>(table, "edition")
        static let number = Column<Int64>(table, "number")
        static let naming = Column<Int64>(table, "naming")
        static let store = Column<Int64?>(table, "store_id")
        static let isNew = Column<Bool>(table, "is_new")
        static let endedFrom = Column<CivilDay?>(table, "ended_from")
        static let all = ColumnList(edition, number, naming, store, endedFrom)
    }

    enum Rates {
        static let table: StaticString = "edition_rates"
        static let edition = Column<Int64>(table, "edition")
        static let number = Column<Int64>(table, "number")
        static let currency = Column<String>(table, "currency")
        static let numerator = Column<Int64>(table, "numerator")
        static let denominator = Column<Int64>(table, "denominator")
        static let source = Column<String>(table, "source")
        static let all = ColumnList(edition, number, currency, numerator, denominator, source)
    }

    let connection: Connection

    func append(_ chunk: StagedChunk, to edition: Int64, of reseller: String) throws(LedgerFault) {
        let names = WrittenNames(connection: connection)
        try append(chunk.sheets, Sheets.all, to: edition) { sheet, number, insertion throws(LedgerFault) in
            try insertion.bind(edition, to: Sheets.edition)
            try insertion.bind(number, to: Sheets.number)
            try insertion.bind(sheet, to: Sheets.name)
        }
        try append(chunk.products, Products.all, to: edition) { product, number, insertion throws(LedgerFault) in
            try insertion.bind(edition, to: Products.edition)
            try insertion.bind(number, to: Products.number)
            try insertion.bind(try names.enter(product, of: reseller), to: Products.naming)
            try insertion.bind(product.ean, to: Products.ean)
            try insertion.bind(product.endedFrom, to: Products.endedFrom)
        }
        let stores = StoreTable(connection: connection)
        try append(chunk.stores, Stores.all, to: edition) { staged, number, insertion throws(LedgerFault) in
            try insertion.bind(edition, to: Stores.edition)
            try insertion.bind(number, to: Stores.number)
            let store = try staged.store.map { store throws(LedgerFault) in try stores.enter(store).id }
            try insertion.bind(try names.enter(staged.naming, meaning: store, of: reseller), to: Stores.naming)
            try insertion.bind(store, to: Stores.store)
            try insertion.bind(staged.store?.endedFrom, to: Stores.endedFrom)
        }
        try append(chunk.rates, to: edition)
    }

    private func append(_ rates: [ExchangeRate], to edition: Int64) throws(LedgerFault) {
        try append(rates, Rates.all, to: edition) { rate, number, insertion throws(LedgerFault) in
            try insertion.bind(edition, to: Rates.edition)
            try insertion.bind(number, to: Rates.number)
            try insertion.bind(rate.currency, to: Rates.currency)
            try insertion.bind(rate.numerator, to: Rates.numerator)
            try insertion.bind(rate.denominator, to: Rates.denominator)
            try insertion.bind(rate.source, to: Rates.source)
        }
    }

    /// Numbers them on from those that the batch has.
    private func append<Naming>(
        _ namings: [Naming], _ columns: ColumnList, to edition: Int64, _ bind: (Naming, Int64, Statement) throws(LedgerFault) -> Void
    ) throws(LedgerFault) {
        guard !namings.isEmpty, let table = columns.names.first?.table else { return }
        let present = try connection.count("SELECT coalesce(max(number) + 1, 0) FROM \(table) WHERE edition = ?", edition)
        let insertion = try connection.insertion(of: columns)
        for (number, naming) in namings.enumerated() {
            try bind(naming, Int64(present + number), insertion)
            try insertion.run()
        }
    }

    func drop(_ edition: Int64) throws(LedgerFault) {
        for table in [Sheets.table, Products.table, Stores.table, Rates.table] {
            try connection.run("DELETE FROM \(table) WHERE edition = ?", edition)
        }
    }

    func sheets(of edition: Int64) throws(LedgerFault) -> [String] {
        try connection.all(Sheets.name, from: "edition_sheets WHERE edition = ? ORDER BY number", edition)
    }

    func products(of edition: Int64) throws(LedgerFault) -> [StagedProduct] {
        try connection.all(
            WrittenNames.Products.written + ColumnList(Products.ean),
            from: "edition_products JOIN product_namings ON product_namings.id = naming WHERE edition = ? ORDER BY number", edition
        ) { row throws(LedgerFault) in
            let naming = ProductNaming(
                ean: try row[WrittenNames.Products.ean], code: try row[WrittenNames.Products.code],
                name: try row[WrittenNames.Products.name])
            return StagedProduct(naming: naming, ean: try row[Products.ean])
        }
    }

    func stores(of edition: Int64) throws(LedgerFault) -> [StagedStore] {
        try connection.all(
            WrittenNames.Stores.written + ColumnList(Stores.store) + StoreTable.told,
            from: """
                edition_stores JOIN store_namings ON store_namings.id = naming LEFT JOIN stores ON stores.id = store_id
                WHERE edition = ? ORDER BY number
                """, edition
        ) { row throws(LedgerFault) in
            let naming = StoreNaming(name: try row[WrittenNames.Stores.name], isOnline: try row[WrittenNames.Stores.isOnline])
            return StagedStore(naming: naming, store: try row[Stores.store] == nil ? nil : try StoreTable.read(row))
        }
    }

    func rates(of edition: Int64) throws(LedgerFault) -> [ExchangeRate] {
        try connection.all(
            ColumnList(Rates.currency, Rates.numerator, Rates.denominator, Rates.source),
            from: "edition_rates WHERE edition = ? ORDER BY number", edition
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
    /// What has become known of products and stores, and the number that each has for rows that are resolved now. What rows were resolved
    /// with before stays as it was: a name that means something else since gets a number of its own for that.
    func complete(_ edition: Int64, products: [StagedProduct], stores: [StagedStore]) throws(LedgerFault) -> (
        products: [Int32], stores: [Int32]
    ) {
        try end(edition, "edition_products", products.map(\.endedFrom))
        try end(edition, "edition_stores", stores.map { $0.store?.endedFrom })
        let table = StoreTable(connection: connection)
        let eans = products.map(\.ean)
        var ids: [Int64?] = []
        for staged in stores { ids.append(try staged.store.map { store throws(LedgerFault) in try table.enter(store).id }) }
        return (
            try complete(Products.ean, WrittenNames.Products.means, eans, edition),
            try complete(Stores.store, WrittenNames.Stores.means, ids, edition)
        )
    }

    /// From when on names mean nothing any more.
    private func end(_ edition: Int64, _ table: String, _ ends: [CivilDay?]) throws(LedgerFault) {
        for (number, end) in ends.enumerated() {
            try connection.run(
                "UPDATE \(table) SET ended_from = ? WHERE edition = ? AND number = ? AND ended_from IS NOT ?", end, edition, number, end)
        }
    }

    private func complete<Meaning: Stored & Equatable>(
        _ column: Column<Meaning?>, _ today: Column<Meaning?>, _ meanings: [Meaning?], _ edition: Int64
    ) throws(LedgerFault) -> [Int32] {
        let of = column.name.table
        let known = try connection.all(column, from: "\(of) WHERE edition = ? ORDER BY number", edition)
        var numbers: [Int32] = []
        var next = Int32(clamping: known.count)
        for (number, meaning) in meanings.enumerated() {
            numbers.append(Int32(clamping: number))
            guard let meaning, number < known.count, known[number] != meaning else { continue }
            if known[number] == nil {
                try connection.update(column(meaning), where: "edition = ? AND number = ?", edition, number)
                // What is booked is compared by what its names mean today: they must mean something.
                try connection.update(
                    today(meaning),
                    where: "id = (SELECT naming FROM \(of) WHERE edition = ? AND number = ?) AND \(today.name.name) IS NULL", edition,
                    number)
            } else {
                try connection.run(
                    "INSERT INTO \(of) (edition, number, naming, \(column.name.name)) SELECT edition, ?, naming, ? FROM \(of) WHERE edition = ? AND number = ?",
                    next, meaning, edition, number)
                numbers[number] = next
                next += 1
            }
        }
        return numbers
    }

    /// Adds rates that the batch has not used yet; the number that each of `rates` has in the batch.
    func merge(_ edition: Int64, rates: [ExchangeRate]) throws(LedgerFault) -> [Int64] {
        var known = try self.rates(of: edition)
        var numbers: [Int64] = []
        for rate in rates {
            if let number = known.firstIndex(of: rate) {
                numbers.append(Int64(number))
            } else {
                numbers.append(Int64(known.count))
                known.append(rate)
                try append([rate], to: edition)
            }
        }
        return numbers
    }

    /// Enters the stores that nobody knew, where the reseller's stores are open, and remembers which they were.
    func enterNewStores(_ batch: BatchRow, terms: Terms) throws(LedgerFault) {
        guard terms.storesAreOpen else { return }
        let names = WrittenNames.Stores.self
        let unknown = try connection.all(
            ColumnList(Stores.number, names.id, names.name, names.isOnline),
            from: "edition_stores JOIN store_namings ON store_namings.id = naming WHERE edition = ? AND store_id IS NULL ORDER BY number",
            batch.edition
        ) { row throws(LedgerFault) in (try row[Stores.number], try row[names.id], try row[names.name], try row[names.isOnline]) }
        let stores = StoreTable(connection: connection)
        for (number, naming, name, isOnline) in unknown {
            let entered = try stores.enter(Store(reseller: batch.record.reseller, code: name, name: name, isOnline: isOnline))
            try connection.update(
                Stores.store(entered.id), Stores.isNew(entered.isNew), where: "edition = ? AND number = ?", batch.edition, number)
            try connection.update(names.means(entered.id), where: "id = ? AND means_store IS NULL", naming)
        }
    }

    func newStores(of edition: Int64) throws(LedgerFault) -> [String] {
        try connection.all(
            WrittenNames.Stores.name,
            from: "edition_stores JOIN store_namings ON store_namings.id = naming WHERE edition = ? AND is_new = 1 ORDER BY number",
            edition)
    }
}
