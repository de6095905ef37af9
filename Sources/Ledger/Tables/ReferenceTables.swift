import Cells
import Sellout

/// What importing reference data changed.
package struct ReferenceChange: Hashable, Sendable {
    package let new: Int
    package let changed: Int
    package let unchanged: Int

    package init(new: Int, changed: Int, unchanged: Int) {
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
    }
}

/// Products, mappings, stores, prices and rates. Taking the same twice changes nothing.
struct ReferenceTables {
    enum Products {
        static let table: StaticString = "products"
        static let ean = Column<WrittenEAN>(table, "product_ean")
        static let functionalName = Column<String>(table, "functional_name")
        static let description = Column<String>(table, "description")
    }

    enum Mappings {
        static let table: StaticString = "product_reseller_mappings"
        static let reseller = Column<String>(table, "reseller")
        static let code = Column<String>(table, "code")
        static let ean = Column<WrittenEAN>(table, "product_ean")
        static let foldedCode = Column<String>(table, "folded_code")
    }

    enum Prices {
        static let table: StaticString = "list_prices"
        static let ean = Column<WrittenEAN>(table, "product_ean")
        static let currency = Column<String>(table, "currency")
        static let validFrom = Column<CivilDay>(table, "valid_from")
        static let price = Column<Money>(table, "price")
    }

    enum Rates {
        static let table: StaticString = "fx_rates"
        static let currency = Column<String>(table, "currency")
        static let day = Column<CivilDay>(table, "rate_day")
        static let perEuro = Column<Int64>(table, "rate_per_euro")
        static let all = ColumnList(currency, day, perEuro)
    }

    let connection: Connection

    /// Changes with every change of reference data.
    func version() throws(LedgerFault) -> Int {
        let version = try connection.all(Column<Int>("reference_version", "version"), from: "reference_version").first
        guard let version else { throw .damaged("the table reference_version is empty") }
        return version
    }

    func raiseVersion() throws(LedgerFault) { try connection.run("UPDATE reference_version SET version = version + 1") }
}

/// Taking.
extension ReferenceTables {
    func take(_ data: ReferenceData) throws(LedgerFault) -> ReferenceChange {
        switch data {
        case .products(let all): try count(all, take)
        case .prices(let all): try count(all, take)
        case .mappings(let all): try count(all, take)
        case .stores(let all): try count(all, take)
        case .rates(let all): try take(all)
        }
    }

    private enum Effect { case new, changed, none }

    private func count<Thing>(_ things: [Thing], _ take: (Thing) throws(LedgerFault) -> Effect) throws(LedgerFault) -> ReferenceChange {
        var new = 0
        var changed = 0
        for thing in things {
            switch try take(thing) {
            case .new: new += 1
            case .changed: changed += 1
            case .none: continue
            }
        }
        return ReferenceChange(new: new, changed: changed, unchanged: things.count - new - changed)
    }

    private func take(_ product: Product) throws(LedgerFault) -> Effect {
        let (ean, name, description) = (WrittenEAN(product.ean), product.functionalName, product.description)
        let isNew = try connection.insert(
            orIgnore: true, Products.ean(ean), Products.functionalName(name), Products.description(description))
        if isNew { return .new }
        let changed = try connection.update(
            Products.functionalName(name), Products.description(description),
            where: "product_ean = ? AND (functional_name, description) <> (?, ?)", ean, name, description)
        return changed > 0 ? .changed : .none
    }

    private func take(_ price: ListPrice) throws(LedgerFault) -> Effect {
        let ean = WrittenEAN(price.ean)
        let isNew = try connection.insert(
            orIgnore: true, Prices.ean(ean), Prices.currency(price.currency), Prices.validFrom(price.validFrom), Prices.price(price.price))
        if isNew { return .new }
        let changed = try connection.update(
            Prices.price(price.price), where: "product_ean = ? AND currency = ? AND valid_from = ? AND price <> ?", ean, price.currency,
            price.validFrom, price.price)
        return changed > 0 ? .changed : .none
    }

    private func take(_ mapping: ProductMapping) throws(LedgerFault) -> Effect {
        let (ean, folded) = (WrittenEAN(mapping.ean), Folded.text(mapping.code))
        let isNew = try connection.insert(
            orIgnore: true, Mappings.reseller(mapping.reseller), Mappings.foldedCode(folded), Mappings.ean(ean), Mappings.code(mapping.code)
        )
        if isNew { return .new }
        let changed = try connection.update(
            Mappings.ean(ean), Mappings.code(mapping.code), where: "reseller = ? AND folded_code = ? AND product_ean <> ?",
            mapping.reseller, folded, ean)
        return changed > 0 ? .changed : .none
    }

    private func take(_ store: Store) throws(LedgerFault) -> Effect {
        let stores = StoreTable(connection: connection)
        if try stores.insert(store) { return .new }
        return try stores.update(store) ? .changed : .none
    }

    /// The European Central Bank's whole history has a quarter of a million of these: numbers and a short text, nothing else.
    private func take(_ all: [PublishedRate]) throws(LedgerFault) -> ReferenceChange {
        let insertion = try connection.insertion(of: Rates.all, orIgnore: true)
        let change = try connection.statement(
            "UPDATE fx_rates SET rate_per_euro = ?3 WHERE currency = ?1 AND rate_day = ?2 AND rate_per_euro <> ?3", Rates.all)
        return try count(all) { published throws(LedgerFault) in
            for (statement, effect) in [(insertion, Effect.new), (change, .changed)] {
                try statement.bind(published.currency, to: Rates.currency)
                try statement.bind(published.rate.day, to: Rates.day)
                try statement.bind(published.rate.perEuro, to: Rates.perEuro)
                try statement.run()
                if connection.changes > 0 { return effect }
            }
            return .none
        }
    }
}

/// Reference data as values again.
extension ReferenceTables {
    func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue {
        let stores = StoreTable(connection: connection)
        return Catalogue(
            version: try version(), currency: terms.currency, products: try products(), mappings: try mappings(reseller: terms.reseller),
            stores: try stores.all(of: terms.reseller), merged: try stores.merged(of: terms.reseller),
            prices: try prices(currency: terms.currency),
            rates: RateTable(currency: terms.currency, fixings: try rates(currency: terms.currency)))
    }

    func products() throws(LedgerFault) -> [Product] {
        try connection.all(
            ColumnList(Products.ean, Products.functionalName, Products.description), from: "products ORDER BY product_ean"
        ) { row throws(LedgerFault) in
            Product(
                ean: try row[Products.ean].ean, functionalName: try row[Products.functionalName], description: try row[Products.description]
            )
        }
    }

    func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        var conditions = Conditions()
        conditions.add("reseller = ?", reseller)
        return try connection.all(
            ColumnList(Mappings.reseller, Mappings.code, Mappings.ean),
            from: "product_reseller_mappings\(conditions.sql) ORDER BY reseller, code", conditions
        ) { row throws(LedgerFault) in
            ProductMapping(reseller: try row[Mappings.reseller], code: try row[Mappings.code], ean: try row[Mappings.ean].ean)
        }
    }

    /// Those in euro too: prices are compared with them where the currency has none.
    private func prices(currency: String) throws(LedgerFault) -> [ListPrice] {
        try connection.all(
            ColumnList(Prices.ean, Prices.currency, Prices.validFrom, Prices.price), from: "list_prices WHERE currency IN (?, 'EUR')",
            currency
        ) { row throws(LedgerFault) in
            ListPrice(
                ean: try row[Prices.ean].ean, currency: try row[Prices.currency], price: try row[Prices.price],
                validFrom: try row[Prices.validFrom])
        }
    }

    private func rates(currency: String) throws(LedgerFault) -> [RateTable.Fixing] {
        try connection.all(
            ColumnList(Rates.day, Rates.perEuro), from: "fx_rates WHERE currency = ? ORDER BY rate_day", currency
        ) { row throws(LedgerFault) in RateTable.Fixing(day: try row[Rates.day], perEuro: try row[Rates.perEuro]) }
    }
}
