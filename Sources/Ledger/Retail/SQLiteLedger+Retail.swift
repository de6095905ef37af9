import Batches
import RetailFit
import Sellout

/// Retailers, and what they sell.
extension SQLiteLedger {
    package func take(_ data: RetailData, brand: Int64?, by deed: Deed) throws(LedgerFault) -> ReferenceChange {
        try write { connection throws(LedgerFault) in try RetailTaking(connection: connection, deed: deed).take(data, brand: brand) }
    }

    package func retailCodes() throws(LedgerFault) -> RetailCodes {
        try read { connection throws(LedgerFault) in
            RetailCodes(
                retailers: Set(try connection.all(RetailerTable.foldedCode, from: "retail_retailers").compactMap(\.self)),
                products: Set(try connection.all(RetailProductTable.foldedCode, from: "retail_products").compactMap(\.self)))
        }
    }

    package func retailVersion() throws(LedgerFault) -> Int {
        try read { connection throws(LedgerFault) in try RetailTaking.version(connection) }
    }

    package func market() throws(LedgerFault) -> (version: Int, market: FitMarket) {
        try read { connection throws(LedgerFault) in
            (try RetailTaking.version(connection), try RetailMarket(connection: connection).load())
        }
    }

    package func retailCategories() throws(LedgerFault) -> [CategoryChoice] {
        try read { connection throws(LedgerFault) in try RetailProductTable(connection: connection).categories() }
    }

    package func retailProducts(_ filter: RetailProductFilter) throws(LedgerFault) -> RetailPage<KnownProduct> {
        try read { connection throws(LedgerFault) in try RetailProductTable(connection: connection).page(filter) }
    }

    package func retailers(_ filter: RetailerFilter) throws(LedgerFault) -> RetailPage<KnownRetailer> {
        try read { connection throws(LedgerFault) in try RetailerTable(connection: connection).page(filter) }
    }

    package func retailer(id: Int64) throws(LedgerFault) -> KnownRetailer? {
        try read { connection throws(LedgerFault) in try RetailerTable(connection: connection).get(id) }
    }

    package func places(ofRetailer id: Int64) throws(LedgerFault) -> [KnownPlace] {
        try read { connection throws(LedgerFault) in try PlaceTable(connection: connection).all(of: id) }
    }

    package func listings(ofRetailer id: Int64) throws(LedgerFault) -> [KnownListing] {
        try read { connection throws(LedgerFault) in try ListingTable(connection: connection).all(of: id) }
    }

    package func enter(_ retailer: Retailer, of user: Int64, by deed: Deed) throws(LedgerFault) -> KnownRetailer? {
        try write { connection throws(LedgerFault) in
            guard try UserTable(connection: connection).get(user)?.companyID == nil else { return nil }
            let id = try RetailerTable(connection: connection).insert(retailer)
            try UserTable(connection: connection).set(company: id, type: "retailer", of: user)
            try AuditLog(connection: connection).enter(deed.about(retailer.name), "add retailer")
            try RetailTaking.raiseVersion(connection)
            return KnownRetailer(id: id, retailer: retailer)
        }
    }

    package func change(
        retailer id: Int64, _ change: @escaping @Sendable (inout Retailer) -> Void, by deed: Deed
    ) throws(LedgerFault) -> KnownRetailer? {
        try write { connection throws(LedgerFault) in
            let table = RetailerTable(connection: connection)
            guard let known = try table.get(id) else { return nil }
            var retailer = known.retailer
            change(&retailer)
            guard retailer != known.retailer else { return known }
            try table.update(id, retailer)
            try AuditLog(connection: connection).enter(deed.about(retailer.name), "change retailer")
            try RetailTaking.raiseVersion(connection)
            return KnownRetailer(id: id, retailer: retailer)
        }
    }
}

/// Brands.
extension SQLiteLedger {
    package func enter(_ brand: Brand, of user: Int64, by deed: Deed) throws(LedgerFault) -> KnownBrand? {
        try write { connection throws(LedgerFault) in
            let (users, brands) = (UserTable(connection: connection), BrandTable(connection: connection))
            guard try users.get(user)?.companyID == nil else { return nil }
            let known: KnownBrand
            if let sent = try brands.get(named: brand.name) {
                // Known from a workbook, and nobody's yet.
                guard try users.people(of: sent.id, type: "brand") == 0 else { return nil }
                try brands.update(sent.id, brand)
                known = KnownBrand(id: sent.id, brand: brand)
            } else {
                known = try brands.insert(brand, at: deed.at)
            }
            try users.set(company: known.id, type: "brand", of: user)
            try AuditLog(connection: connection).enter(deed.about(brand.name), "add brand")
            return known
        }
    }

    package func change(
        brand id: Int64, _ change: @escaping @Sendable (inout Brand) -> Void, by deed: Deed
    ) throws(LedgerFault) -> KnownBrand? {
        try write { connection throws(LedgerFault) in
            let table = BrandTable(connection: connection)
            guard let known = try table.get(id) else { return nil }
            var brand = known.brand
            change(&brand)
            guard brand != known.brand else { return known }
            if let other = try table.get(named: brand.name), other.id != id { return nil }
            try table.update(id, brand)
            try AuditLog(connection: connection).enter(deed.about(brand.name), "change brand")
            return KnownBrand(id: id, brand: brand)
        }
    }

    package func brand(id: Int64) throws(LedgerFault) -> KnownBrand? {
        try read { connection throws(LedgerFault) in try BrandTable(connection: connection).get(id) }
    }

    package func brand(named name: String) throws(LedgerFault) -> KnownBrand? {
        try read { connection throws(LedgerFault) in try BrandTable(connection: connection).get(named: name) }
    }

    package func brands() throws(LedgerFault) -> [KnownBrand] {
        try read { connection throws(LedgerFault) in try BrandTable(connection: connection).all() }
    }

    package func offers(ofBrand id: Int64) throws(LedgerFault) -> [FitQuestion.Offer] {
        try read { connection throws(LedgerFault) in
            let table = BrandTable(connection: connection)
            return try table.get(id).map { brand throws(LedgerFault) in try table.offers(of: brand) } ?? []
        }
    }

    package func choices(ofBrand id: Int64) throws(LedgerFault) -> [KnownChoice] {
        try read { connection throws(LedgerFault) in try BrandTable(connection: connection).choices(of: id) }
    }

    package func set(_ choices: [CategoryChoice], ofBrand id: Int64, by deed: Deed) throws(LedgerFault) -> [KnownChoice] {
        try write { connection throws(LedgerFault) in
            let table = BrandTable(connection: connection)
            try table.set(choices, of: id)
            try AuditLog(connection: connection).enter(deed.about("brand \(id): \(choices.count) categories"), "choose categories")
            return try table.choices(of: id)
        }
    }
}

extension Deed {
    /// The same deed, its line in the audit log telling of whom.
    fileprivate func about(_ what: String) -> Deed { Deed(actor: actor, reason: reason.isEmpty ? what : "\(reason) (\(what))", at: at) }
}
