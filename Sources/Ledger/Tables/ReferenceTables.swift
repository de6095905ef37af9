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

/// Reference data that was taken.
package struct TakenReference: Hashable, Sendable {
    package let change: ReferenceChange
    /// The number of the import: its line in the audit log. Nil where nothing has changed.
    package let line: Int64?

    package init(_ change: ReferenceChange, line: Int64?) {
        self.change = change
        self.line = line
    }
}

/// Products, mappings, stores, prices and rates. Taking the same twice changes nothing.
struct ReferenceTables {
    enum Products {
        static let table: StaticString = "products"
        static let ean = Column<WrittenEAN>(table, "product_ean")
        static let functionalName = Column<String>(table, "functional_name")
        static let description = Column<String>(table, "description")
        static let endedFrom = Column<CivilDay?>(table, "ended_from")
        static let replacedBy = Column<WrittenEAN?>(table, "replaced_by")
        static let all = ColumnList(ean, functionalName, description, endedFrom, replacedBy)
    }

    enum Mappings {
        static let table: StaticString = "product_reseller_mappings"
        static let reseller = Column<String>(table, "reseller")
        static let code = Column<String>(table, "code")
        static let ean = Column<WrittenEAN>(table, "product_ean")
        static let foldedCode = Column<String>(table, "folded_code")
        static let endedFrom = Column<CivilDay?>(table, "ended_from")
        static let all = ColumnList(reseller, code, ean, endedFrom)
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
}

/// Taking.
extension ReferenceTables {
    func take(_ data: ReferenceData, by deed: ReferenceDeed) throws(LedgerFault) {
        switch data {
        case .products(let all): for product in all { try take(product, by: deed) }
        case .prices(let all): for price in all { try take(price, by: deed) }
        case .mappings(let all): for mapping in all { try take(mapping, by: deed) }
        case .stores(let all): for store in all { try take(store, by: deed) }
        case .rates(let all): try take(all, by: deed)
        }
    }

    private func take(_ product: Product, by deed: ReferenceDeed) throws(LedgerFault) {
        let (ean, name, description) = (WrittenEAN(product.ean), product.functionalName, product.description)
        try deed.change(.product(product.ean)) { () throws(LedgerFault) in
            let isNew = try connection.insert(
                orIgnore: true, Products.ean(ean), Products.functionalName(name), Products.description(description))
            if isNew { return }
            try connection.update(Products.functionalName(name), Products.description(description), where: "product_ean = ?", ean)
        }
    }

    private func take(_ price: ListPrice, by deed: ReferenceDeed) throws(LedgerFault) {
        let record = ReferenceRecord.price(price)
        let (before, after) = (try record.state(in: connection), ReferenceRecord.state(of: price.price.units))
        guard before != after else { return }
        try record.put(after, in: connection)
        try deed.note(record, before: before, after: after)
    }

    /// A code that means another product from now on means it on all days; one that means the same keeps its end.
    private func take(_ mapping: ProductMapping, by deed: ReferenceDeed) throws(LedgerFault) {
        let (ean, folded) = (WrittenEAN(mapping.ean), Folded.text(mapping.code))
        try deed.change(.mapping(mapping.reseller, mapping.code)) { () throws(LedgerFault) in
            let isNew = try connection.insert(
                orIgnore: true, Mappings.reseller(mapping.reseller), Mappings.foldedCode(folded), Mappings.ean(ean),
                Mappings.code(mapping.code))
            if isNew { return }
            try connection.update(
                Mappings.ean(ean), Mappings.code(mapping.code), Mappings.endedFrom(nil),
                where: "reseller = ? AND folded_code = ? AND product_ean <> ?", mapping.reseller, folded, ean)
        }
    }

    private func take(_ store: Store, by deed: ReferenceDeed) throws(LedgerFault) {
        try deed.change(.store(store.reseller, store.code)) { () throws(LedgerFault) in
            let stores = StoreTable(connection: connection)
            if try !stores.insert(store) { try stores.update(store) }
        }
    }

    /// The European Central Bank's whole history has a quarter of a million of these: numbers and a short text, nothing else.
    private func take(_ all: [PublishedRate], by deed: ReferenceDeed) throws(LedgerFault) {
        let insertion = try connection.insertion(of: Rates.all, orIgnore: true)
        for published in all {
            try insertion.bind(published.currency, to: Rates.currency)
            try insertion.bind(published.rate.day, to: Rates.day)
            try insertion.bind(published.rate.perEuro, to: Rates.perEuro)
            try insertion.run()
            let record = ReferenceRecord.rate(published.currency, on: published.rate.day)
            let after = ReferenceRecord.state(of: published.rate.perEuro)
            if connection.changes > 0 {
                try deed.note(record, before: nil, after: after)
                continue
            }
            let before = try record.state(in: connection)
            guard before != after else { continue }
            try record.put(after, in: connection)
            try deed.note(record, before: before, after: after)
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
        try connection.all(Products.all, from: "products ORDER BY product_ean", read: Self.product)
    }

    static func product(_ row: Statement) throws(LedgerFault) -> Product {
        Product(
            ean: try row[Products.ean].ean, functionalName: try row[Products.functionalName],
            description: try row[Products.description], endedFrom: try row[Products.endedFrom],
            replacedBy: try row[Products.replacedBy]?.ean)
    }

    static func mapping(_ row: Statement) throws(LedgerFault) -> ProductMapping {
        ProductMapping(
            reseller: try row[Mappings.reseller], code: try row[Mappings.code], ean: try row[Mappings.ean].ean,
            endedFrom: try row[Mappings.endedFrom])
    }

    func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        var conditions = Conditions()
        conditions.add("reseller = ?", reseller)
        return try connection.all(
            Mappings.all, from: "product_reseller_mappings\(conditions.sql) ORDER BY reseller, code", conditions, read: Self.mapping)
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
