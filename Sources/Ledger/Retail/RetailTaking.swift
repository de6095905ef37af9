import RetailFit
import Sellout

/// Takes what a retail workbook says, all of it or nothing. Taking the same twice changes nothing.
struct RetailTaking {
    let connection: Connection
    let deed: Deed

    private struct Counts {
        var new = 0
        var changed = 0

        mutating func note(_ take: ReferenceTake) {
            switch take {
            case .new: new += 1
            case .changed: changed += 1
            case .unchanged: break
            }
        }
    }

    func take(_ data: RetailData, brand: Int64?) throws(LedgerFault) -> ReferenceChange {
        var counts = Counts()
        let numbers = Dictionary(data.codes.enumerated().map { (Folded.text($0.element), Int32(clamping: $0.offset)) }) { first, _ in first
        }
        let retailers = try take(data.retailers, numbers, &counts)
        let products = try take(data.products, numbers, &counts)
        let listings = try ListingTable(connection: connection).take(data.listings, retailers: retailers, products: products)
        counts.new += listings.new
        counts.changed += listings.changed
        counts.new += try PlaceTable(connection: connection).add(data.places, retailers: retailers)
        try takeOwn(data.ownProducts, brand, &counts)
        let taken = data.retailers.count + data.products.count + data.listings.count + data.places.count + data.ownProducts.count
        if counts.new + counts.changed > 0 {
            let told = "\(deed.reason): \(counts.new) new, \(counts.changed) changed"
            try AuditLog(connection: connection).enter(Deed(actor: deed.actor, reason: told, at: deed.at), "take retail workbook")
            try Self.raiseVersion(connection)
        }
        return ReferenceChange(new: counts.new, changed: counts.changed, unchanged: taken - counts.new - counts.changed)
    }

    /// The rows of all that the file names, by the number of their code.
    private func take(
        _ retailers: [Retailer], _ numbers: [String: Int32], _ counts: inout Counts
    ) throws(LedgerFault) -> [Int32: Int64] {
        let table = RetailerTable(connection: connection)
        var known = try table.coded()
        for retailer in retailers {
            let code = Folded.text(retailer.code ?? "")
            if let before = known[code] {
                guard before.retailer != retailer else { continue }
                try table.update(before.id, retailer)
                counts.note(.changed)
            } else {
                known[code] = KnownRetailer(id: try table.insert(retailer), retailer: retailer)
                counts.note(.new)
            }
        }
        return Self.byNumber(known.mapValues(\.id), numbers)
    }

    private func take(
        _ products: [RetailProduct], _ numbers: [String: Int32], _ counts: inout Counts
    ) throws(LedgerFault) -> [Int32: Int64] {
        let table = RetailProductTable(connection: connection)
        var known = try table.coded()
        for product in products {
            let code = Folded.text(product.code)
            if let before = known[code] {
                guard before.product != product else { continue }
                try table.update(before.id, product)
                counts.note(.changed)
            } else {
                known[code] = KnownProduct(id: try table.insert(product), product: product, name: "")
                counts.note(.new)
            }
        }
        return Self.byNumber(known.mapValues(\.id), numbers)
    }

    private static func byNumber(_ ids: [String: Int64], _ numbers: [String: Int32]) -> [Int32: Int64] {
        var found: [Int32: Int64] = [:]
        for (code, number) in numbers { found[number] = ids[code] }
        return found
    }

    private func takeOwn(_ products: [RetailData.OwnProduct], _ sender: Int64?, _ counts: inout Counts) throws(LedgerFault) {
        let (brands, table) = (BrandTable(connection: connection), RetailProductTable(connection: connection))
        var known: [String: KnownBrand] = [:]
        var touched: Set<Int64> = []
        for own in products {
            let name = own.brand ?? ""
            let brand: KnownBrand
            if let seen = known[name] {
                brand = seen
            } else if own.brand == nil {
                guard let sender, let found = try brands.get(sender) else { throw .refused("It is not known whose products these are.") }
                brand = found
            } else if let found = try brands.get(named: name) {
                brand = found
            } else {
                brand = try brands.insert(Brand(name: name), at: deed.at)
            }
            known[name] = brand
            let take = try table.take(own, brand: brand)
            counts.note(take)
            if take != .unchanged { touched.insert(brand.id) }
        }
        for brand in touched { try brands.raiseRevision(brand) }
    }

    /// Changes with every change of what scores go by.
    static func version(_ connection: Connection) throws(LedgerFault) -> Int {
        try connection.count("SELECT version FROM retail_version")
    }

    static func raiseVersion(_ connection: Connection) throws(LedgerFault) {
        try connection.run("UPDATE retail_version SET version = version + 1")
    }
}

/// Loads all retailers with what they sell, for scoring.
struct RetailMarket {
    let connection: Connection

    func load() throws(LedgerFault) -> FitMarket {
        var market = FitMarket()
        let retailers = try connection.all(RetailerTable.told, from: "retail_retailers ORDER BY id", read: RetailerTable.read)
        for known in retailers {
            let retailer = known.retailer
            market.add(
                FitMarket.Stand(
                    id: known.id, name: retailer.name, category: retailer.category ?? "", format: retailer.format ?? "",
                    outlets: retailer.outlets ?? 0))
        }
        typealias Products = RetailProductTable
        var shelves: [Int64: (category: Int32?, subcategory: Int32?)] = [:]
        let products = try connection.cursor(
            ColumnList(Products.id, Products.category, Products.subcategory), from: "retail_products WHERE folded_code IS NOT NULL")
        defer { products.reset() }
        while try products.step() {
            shelves[try products[Products.id]] = (
                market.number(of: try products[Products.category]), market.number(of: try products[Products.subcategory])
            )
        }
        typealias Listings = ListingTable
        let listings = try connection.cursor(
            ColumnList(Listings.retailer, Listings.product, Listings.price, Listings.margin), from: "retail_listings")
        defer { listings.reset() }
        while try listings.step() {
            let shelf = shelves[try listings[Listings.product]]
            let (price, margin) = (try listings[Listings.price], try listings[Listings.margin])
            market.add(
                to: try listings[Listings.retailer], category: shelf?.category, subcategory: shelf?.subcategory,
                price: price.flatMap { Exact($0) }, margin: margin.flatMap { Exact($0) })
        }
        return market
    }
}
