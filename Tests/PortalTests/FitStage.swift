import Accounts
import Batches
import Cells
import Ledger
import RetailFit
import Sellout
import Testing

@testable import Portal

extension PageStage {
    /// What a test of retail fit stands on.
    struct Market {
        let brand: Int64
        let otherBrand: Int64
        /// By the order in which the workbook has them.
        let retailers: [Int64]
    }

    /// Retailers with a product each, the further down the dearer, and two brands. Every name is a stranger's.
    @discardableResult func market(of count: Int = 3) throws -> Market {
        var data = RetailData()
        for number in 1...count {
            var retailer = Retailer(code: "RT_\(number)", name: "Seller \(number) \(PageStage.hostile)")
            (retailer.category, retailer.format, retailer.outlets) = (number == 1 ? "NMT" : "RMT", "Beauty \(PageStage.hostile)", 64)
            (retailer.saleModel, retailer.purchaseModel) = (PageStage.hostile, PageStage.hostile)
            data.retailers.append(retailer)
            data.products.append(
                RetailProduct(
                    code: "P\(number) \(PageStage.hostile)", brand: PageStage.hostile, category: "Odd \(PageStage.hostile)",
                    subcategory: "Shelf \(PageStage.hostile)", description: "Soap \(PageStage.hostile)", price: DecimalNumber(digits: 100),
                    packSize: PageStage.hostile, unit: PageStage.hostile))
            data.codes += ["RT_\(number)", "P\(number) \(PageStage.hostile)"]
            let place = Int32(2 * (number - 1))
            data.listings.append(
                .init(
                    retailer: place, product: place + 1,
                    listing: Listing(
                        price: DecimalNumber(digits: 100 + 40 * Int64(number - 1)), annualSale: DecimalNumber(digits: Int64(number)),
                        margin: DecimalNumber(digits: 20))))
            data.places.append(.init(retailer: place, place: RetailPlace(city: "City \(PageStage.hostile)", state: PageStage.hostile)))
        }
        _ = try ledger.take(data, brand: nil, by: deed)
        let batch = BatchID()
        _ = try ledger.enter(retailUpload: batch, filename: "Retail \(PageStage.hostile).xlsx", uploader: nil, at: PageStage.moment)
        try ledger.end(retailUpload: batch, records: nil, failure: "Row 3: \(PageStage.hostile)", at: PageStage.moment)
        // The first brand's products are those of the trade's list that bear its name.
        let (own, other) = (try brand(PageStage.hostile, "first@brands.example"), try brand("Other brand", "second@brands.example"))
        return Market(brand: own, otherBrand: other, retailers: try ledger.retailers(.init(limit: count)).items.map(\.id))
    }

    private func brand(_ name: String, _ address: String) throws -> Int64 {
        let email = try #require(EmailAddress(address))
        let user = try ledger.enter(NewUser(email: email, role: .brandAdmin, tenant: "bibbi"), passwordHash: nil, by: deed)
        var brand = Brand(name: name)
        brand.margin = MarginBand("20-25")
        return try #require(try ledger.enter(brand, of: user.id, by: deed)).id
    }
}
