import Accounts
import Batches
import Ledger
import RetailFit

/// Brands and retailers.
extension OperatorDesk {
    /// The brand of whoever sent a file; nil where they have none.
    package func brand(ofUploader uuid: String?) throws(Refused) -> Int64? {
        guard let uuid else { return nil }
        let user = try ask { () throws(LedgerFault) in try ledger.user(uuid: uuid) }
        return user?.companyType == "brand" ? user?.companyID : nil
    }

    /// Nil where the user has a company already, or the name is another's.
    package func create(_ brand: Brand, for user: User) throws(Refused) -> KnownBrand? {
        try ask { () throws(LedgerFault) in try ledger.enter(brand, of: user.id, by: deed()) }
    }

    /// Nil where there is none, or the new name is another's.
    package func change(brand id: Int64, _ change: @escaping @Sendable (inout Brand) -> Void) throws(Refused) -> KnownBrand? {
        try ask { () throws(LedgerFault) in try ledger.change(brand: id, change, by: deed()) }
    }

    package func brand(id: Int64) throws(Refused) -> KnownBrand? { try ask { () throws(LedgerFault) in try ledger.brand(id: id) } }

    /// By name.
    package func brands() throws(Refused) -> [KnownBrand] { try ask { () throws(LedgerFault) in try ledger.brands() } }

    package func choices(ofBrand id: Int64) throws(Refused) -> [KnownChoice] {
        try ask { () throws(LedgerFault) in try ledger.choices(ofBrand: id) }
    }

    package func set(_ choices: [CategoryChoice], ofBrand id: Int64) throws(Refused) -> [KnownChoice] {
        try ask { () throws(LedgerFault) in try ledger.set(choices, ofBrand: id, by: deed()) }
    }

    /// Nil where the user has a company already.
    package func create(_ retailer: Retailer, for user: User) throws(Refused) -> KnownRetailer? {
        try ask { () throws(LedgerFault) in try ledger.enter(retailer, of: user.id, by: deed()) }
    }

    package func change(
        retailer id: Int64, _ change: @escaping @Sendable (inout Retailer) -> Void
    ) throws(Refused) -> KnownRetailer? {
        try ask { () throws(LedgerFault) in try ledger.change(retailer: id, change, by: deed()) }
    }
}

/// The market.
extension OperatorDesk {
    package func categoryTree() throws(Refused) -> CategoryTree {
        try ask { () throws(LedgerFault) in CategoryTree.standard.adding(try ledger.retailCategories()) }
    }

    package func retailProducts(_ filter: RetailProductFilter) throws(Refused) -> RetailPage<KnownProduct> {
        try ask { () throws(LedgerFault) in try ledger.retailProducts(filter) }
    }

    package func retailers(_ filter: RetailerFilter) throws(Refused) -> RetailPage<KnownRetailer> {
        try ask { () throws(LedgerFault) in try ledger.retailers(filter) }
    }

    package func retailer(id: Int64) throws(Refused) -> KnownRetailer? {
        try ask { () throws(LedgerFault) in try ledger.retailer(id: id) }
    }

    package func places(ofRetailer id: Int64) throws(Refused) -> [KnownPlace] {
        try ask { () throws(LedgerFault) in try ledger.places(ofRetailer: id) }
    }

    package func listings(ofRetailer id: Int64) throws(Refused) -> [KnownListing] {
        try ask { () throws(LedgerFault) in try ledger.listings(ofRetailer: id) }
    }

    package func retailCounts(tenant: String) throws(Refused) -> RetailCounts {
        try ask { () throws(LedgerFault) in try ledger.retailCounts(tenant: tenant) }
    }

    package func retailVersion() throws(Refused) -> Int { try ask { () throws(LedgerFault) in try ledger.retailVersion() } }

    package func market() throws(Refused) -> (version: Int, market: FitMarket) {
        try ask { () throws(LedgerFault) in try ledger.market() }
    }

    /// What a brand asks with these choices; without a brand its margin and prices are not known.
    package func question(of brand: Int64?, categories: [String], subcategories: [String]) throws(Refused) -> FitQuestion {
        guard let brand else { return FitQuestion(categories: categories, subcategories: subcategories, margin: nil, offers: []) }
        return try ask { () throws(LedgerFault) in
            FitQuestion(
                categories: categories, subcategories: subcategories, margin: try ledger.brand(id: brand)?.brand.margin,
                offers: try ledger.offers(ofBrand: brand))
        }
    }

    /// With the choices that it has saved.
    package func question(of brand: Int64?) throws(Refused) -> FitQuestion {
        let saved = try brand.map { brand throws(Refused) in try choices(ofBrand: brand).map(\.choice) } ?? []
        return try question(of: brand, categories: saved.map(\.category), subcategories: saved.map(\.subcategory))
    }
}

/// Workbooks that were sent.
extension OperatorDesk {
    package func enterRetailUpload(_ batch: BatchID, named filename: String, by user: User, at: Timestamp) throws(Refused) -> RetailUpload {
        try ask { () throws(LedgerFault) in
            try ledger.enter(retailUpload: batch, filename: filename, uploader: user.uuid, at: at)
        }
    }

    package func retailUpload(id: Int64) throws(Refused) -> RetailUpload? {
        try ask { () throws(LedgerFault) in try ledger.retailUpload(id: id) }
    }

    /// Newest first; nil for everybody's.
    package func retailUploads(of user: User?, limit: Int) throws(Refused) -> [RetailUpload] {
        try ask { () throws(LedgerFault) in try ledger.retailUploads(uploader: user?.uuid, limit: limit) }
    }
}
