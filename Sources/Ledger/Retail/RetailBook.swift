import Batches
import RetailFit

/// Retailers, what they sell and where, and the brands that want to be sold there.
package protocol RetailBook: Sendable {
    /// All of it or nothing. `brand` is the sender's, for products that name none.
    func take(_ data: RetailData, brand: Int64?, by: Deed) throws(LedgerFault) -> ReferenceChange
    /// Folded codes of all that are known.
    func retailCodes() throws(LedgerFault) -> RetailCodes
    /// Changes with every change of what scores go by.
    func retailVersion() throws(LedgerFault) -> Int
    /// All retailers with what they sell, as the version says.
    func market() throws(LedgerFault) -> (version: Int, market: FitMarket)

    /// Of all products, in the order in which they came.
    func retailCategories() throws(LedgerFault) -> [CategoryChoice]
    func retailProducts(_ filter: RetailProductFilter) throws(LedgerFault) -> RetailPage<KnownProduct>
    func retailers(_ filter: RetailerFilter) throws(LedgerFault) -> RetailPage<KnownRetailer>
    func retailer(id: Int64) throws(LedgerFault) -> KnownRetailer?
    func places(ofRetailer id: Int64) throws(LedgerFault) -> [KnownPlace]
    func listings(ofRetailer id: Int64) throws(LedgerFault) -> [KnownListing]

    /// One made by hand, which is the user's company from then on. Nil where the user has one.
    func enter(_ retailer: Retailer, of user: Int64, by: Deed) throws(LedgerFault) -> KnownRetailer?
    func change(retailer id: Int64, _ change: @escaping @Sendable (inout Retailer) -> Void, by: Deed) throws(LedgerFault) -> KnownRetailer?
}

/// Brands, and the categories that they have chosen.
package protocol BrandBook: Sendable {
    /// The user's company from then on. Nil where the user has one, or the name is another's.
    func enter(_ brand: Brand, of user: Int64, by: Deed) throws(LedgerFault) -> KnownBrand?
    /// Nil where there is none, or the new name is another's.
    func change(brand id: Int64, _ change: @escaping @Sendable (inout Brand) -> Void, by: Deed) throws(LedgerFault) -> KnownBrand?
    func brand(id: Int64) throws(LedgerFault) -> KnownBrand?
    func brand(named name: String) throws(LedgerFault) -> KnownBrand?
    func brands() throws(LedgerFault) -> [KnownBrand]
    /// Its own products' prices: those that it sent, and those of the trade's list that bear its name.
    func offers(ofBrand id: Int64) throws(LedgerFault) -> [FitQuestion.Offer]
    func choices(ofBrand id: Int64) throws(LedgerFault) -> [KnownChoice]
    /// In place of those from before.
    func set(_ choices: [CategoryChoice], ofBrand id: Int64, by: Deed) throws(LedgerFault) -> [KnownChoice]
}

/// Which brands' rankings lie in their folders as they are today.
package protocol FitBook: Sendable {
    /// Brands of which something that their scores go by is not as it was when their ranking was published. Costs next to nothing where
    /// there is none.
    func brandsOwedFit() throws(LedgerFault) -> [Int64]
    /// What a brand asks, as of one moment; nil where there is none.
    func fitAsking(ofBrand id: Int64) throws(LedgerFault) -> FitAsking?
    /// That rankings were published as of this version of the market, each as of that revision of its brand.
    func notePublished(_ fits: [PublishedFit]) throws(LedgerFault)
}

package struct FitAsking: Hashable, Sendable {
    package let brand: KnownBrand
    package let revision: Int
    package let choices: [CategoryChoice]
    package let offers: [FitQuestion.Offer]

    /// With the choices that it has saved.
    package var question: FitQuestion { question(choosing: choices) }

    package func question(choosing choices: [CategoryChoice]) -> FitQuestion {
        FitQuestion(
            categories: choices.map(\.category), subcategories: choices.map(\.subcategory), margin: brand.brand.margin, offers: offers)
    }
}

package struct PublishedFit: Hashable, Sendable {
    package let brand: Int64
    package let revision: Int
    package let market: Int

    package init(brand: Int64, revision: Int, market: Int) {
        (self.brand, self.revision, self.market) = (brand, revision, market)
    }
}

/// Workbooks of retail data that were sent.
package protocol RetailUploadBook: Sendable {
    /// Does nothing where the batch is known.
    func enter(retailUpload batch: BatchID, filename: String, uploader: String?, at: Timestamp) throws(LedgerFault) -> RetailUpload
    func end(retailUpload batch: BatchID, records: Int?, failure: String?, at: Timestamp) throws(LedgerFault)
    func retailUpload(id: Int64) throws(LedgerFault) -> RetailUpload?
    func retailUpload(_ batch: BatchID) throws(LedgerFault) -> RetailUpload?
    /// Newest first; nil for everybody's.
    func retailUploads(uploader: String?, limit: Int) throws(LedgerFault) -> [RetailUpload]
    /// Users are those of the tenant.
    func retailCounts(tenant: String) throws(LedgerFault) -> RetailCounts
}

package struct RetailCodes: Sendable {
    package let retailers: Set<String>
    package let products: Set<String>
}

package struct RetailCounts: Hashable, Sendable {
    package let users: Int
    package let brands: Int
    package let retailers: Int
    package let products: Int
}

package struct RetailPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Of all pages.
    package let total: Int
}

package struct RetailProductFilter: Hashable, Sendable {
    package var brand: String?
    package var category: String?
    package var subcategory: String?
    package var limit: Int
    package var offset: Int

    package init(brand: String? = nil, category: String? = nil, subcategory: String? = nil, limit: Int, offset: Int = 0) {
        (self.brand, self.category, self.subcategory) = (brand, category, subcategory)
        (self.limit, self.offset) = (limit, offset)
    }
}

package struct RetailerFilter: Hashable, Sendable {
    package var category: String?
    package var format: String?
    package var limit: Int
    package var offset: Int

    package init(category: String? = nil, format: String? = nil, limit: Int, offset: Int = 0) {
        (self.category, self.format, self.limit, self.offset) = (category, format, limit, offset)
    }
}

package struct KnownRetailer: Hashable, Sendable {
    package let id: Int64
    package let retailer: Retailer
}

package struct KnownProduct: Hashable, Sendable {
    package let id: Int64
    package let product: RetailProduct
    /// Of one that its brand has sent; the trade's list has descriptions instead.
    package let name: String

    package var shownName: String { name.isEmpty ? product.description : name }
}

package struct KnownPlace: Hashable, Sendable {
    package let id: Int64
    package let place: RetailPlace
}

package struct KnownListing: Hashable, Sendable {
    package let product: KnownProduct
    package let listing: Listing
}

package struct KnownBrand: Hashable, Sendable {
    package let id: Int64
    package let brand: Brand
}

package struct KnownChoice: Hashable, Sendable {
    package let id: Int64
    package let choice: CategoryChoice
}

package struct RetailUpload: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case processing, completed, failed }

    package let id: Int64
    package let batch: BatchID
    package let filename: String
    package let state: State
    package let records: Int?
    package let message: String?
    /// The user's UUID; nil where the file was dropped into the folder.
    package let uploader: String?
    package let createdAt: Timestamp
}
