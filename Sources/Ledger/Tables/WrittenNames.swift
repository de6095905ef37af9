import Sellout

/// `product_namings`, `store_namings`: each name as files write it, once for each reseller, with what it means today. Sales are compared
/// by that: what a name meant when a sale was booked may have been corrected since, and one sale must not become two by it.
struct WrittenNames {
    enum Products {
        static let table: StaticString = "product_namings"
        static let id = Column<Int64>(table, "id")
        static let reseller = Column<String>(table, "reseller")
        static let ean = Column<EAN?>(table, "named_ean")
        static let code = Column<String?>(table, "named_code")
        static let name = Column<String?>(table, "named_name")
        /// Where it means nothing today, what it meant last.
        static let means = Column<EAN?>(table, "means_ean")
        static let written = ColumnList(ean, code, name)
    }

    enum Stores {
        static let table: StaticString = "store_namings"
        static let id = Column<Int64>(table, "id")
        static let reseller = Column<String>(table, "reseller")
        static let name = Column<String>(table, "named_store")
        static let isOnline = Column<Bool>(table, "named_online")
        static let means = Column<Int64?>(table, "means_store")
        static let written = ColumnList(name, isOnline)
    }

    let connection: Connection

    /// The number of a product's name, which is entered where no file has written it before.
    func enter(_ product: StagedProduct, of reseller: String) throws(LedgerFault) -> Int64 {
        let naming = product.naming
        let known = try connection.first(
            ColumnList(Products.id, Products.means),
            from: """
                product_namings WHERE reseller = ? AND coalesce(named_code, '') = ? AND coalesce(named_name, '') = ?
                AND coalesce(named_ean, 0) = ?
                """, reseller, naming.code ?? "", naming.name ?? "", naming.ean?.value ?? 0
        ) { row throws(LedgerFault) in (id: try row[Products.id], means: try row[Products.means]) }
        if let known {
            if known.means == nil, let ean = product.ean { try connection.update(Products.means(ean), where: "id = ?", known.id) }
            return known.id
        }
        try connection.insert(
            Products.reseller(reseller), Products.ean(naming.ean), Products.code(naming.code), Products.name(naming.name),
            Products.means(product.ean))
        return connection.lastID
    }

    func enter(_ store: StoreNaming, meaning id: Int64?, of reseller: String) throws(LedgerFault) -> Int64 {
        let known = try connection.first(
            ColumnList(Stores.id, Stores.means),
            from: "store_namings WHERE reseller = ? AND named_store = ? AND named_online = ?", reseller, store.name, store.isOnline
        ) { row throws(LedgerFault) in (id: try row[Stores.id], means: try row[Stores.means]) }
        if let known {
            if known.means == nil, let id { try connection.update(Stores.means(id), where: "id = ?", known.id) }
            return known.id
        }
        try connection.insert(Stores.reseller(reseller), Stores.name(store.name), Stores.isOnline(store.isOnline), Stores.means(id))
        return connection.lastID
    }

    /// Forgets the names of an edition that nothing else has written.
    func forget(_ edition: Int64) throws(LedgerFault) {
        for (of, names) in [("edition_products", "product_namings"), ("edition_stores", "store_namings")] {
            let numbers = try connection.all(
                Column<Int64>(computed: "naming"),
                from: """
                    \(of) WHERE edition = ?1 AND NOT EXISTS (
                        SELECT 1 FROM \(of) other WHERE other.naming = \(of).naming AND other.edition <> ?1)
                    GROUP BY naming
                    """, edition)
            try connection.run("DELETE FROM \(of) WHERE edition = ?", edition)
            for number in numbers { try connection.run("DELETE FROM \(names) WHERE id = ?", number) }
        }
    }
}

/// What the names mean today.
extension WrittenNames {
    /// Looks every name of the reseller up anew, where reference data has changed since that was done last. A name that means nothing
    /// any more keeps what it meant.
    func refresh(_ terms: Terms) throws(LedgerFault) {
        let reference = ReferenceTables(connection: connection)
        let version = try reference.version()
        let resellers = ResellerTable(connection: connection)
        guard try resellers.meaningVersion(of: terms.reseller) != version else { return }
        let catalogue = try reference.catalogue(for: terms)
        try refreshProducts(of: terms.reseller, catalogue)
        try refreshStores(of: terms.reseller, catalogue)
        try resellers.note(meaningVersion: version, of: terms.reseller)
    }

    private func refreshProducts(of reseller: String, _ catalogue: Catalogue) throws(LedgerFault) {
        let names = try connection.all(
            ColumnList(Products.id) + Products.written + ColumnList(Products.means), from: "product_namings WHERE reseller = ?", reseller
        ) { row throws(LedgerFault) in
            let id = try row[Products.id]
            let naming = ProductNaming(ean: try row[Products.ean], code: try row[Products.code], name: try row[Products.name])
            return (id, naming, try row[Products.means])
        }
        for (id, naming, before) in names {
            guard let ean = catalogue.product(for: naming), ean != before else { continue }
            try connection.update(Products.means(ean), where: "id = ?", id)
        }
    }

    private func refreshStores(of reseller: String, _ catalogue: Catalogue) throws(LedgerFault) {
        let names = try connection.all(
            ColumnList(Stores.id, Stores.name, Stores.means), from: "store_namings WHERE reseller = ?", reseller
        ) { row throws(LedgerFault) in (try row[Stores.id], try row[Stores.name], try row[Stores.means]) }
        let stores = StoreTable(connection: connection)
        for (id, name, before) in names {
            guard let store = catalogue.store(named: name) else { continue }
            let means = try stores.enter(store).id
            if means != before { try connection.update(Stores.means(means), where: "id = ?", id) }
        }
    }
}
