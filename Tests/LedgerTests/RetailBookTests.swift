import Accounts
import Batches
import Cells
import RetailFit
import Testing

@testable import Ledger

/// Retailers and brands in the books.
@Suite struct RetailBookTests {
    private let ledger: SQLiteLedger
    private let deed = Deed(actor: "anna", reason: "a.xlsx", at: Timestamp(milliseconds: 1000))

    init() throws { ledger = try SQLiteLedger(inMemory: ()) }

    private static func data(price: String = "312.40", city: String = "Pune") -> RetailData {
        var data = RetailData()
        var retailer = Retailer(code: "RT_1", name: "Northgate")
        retailer.outlets = 64
        data.retailers = [retailer]
        data.products = [
            RetailProduct(code: "P1", brand: "COSTA", category: "HAIR", subcategory: "SERUMS", price: DecimalNumber(digits: 399))
        ]
        data.codes = ["RT_1", "P1"]
        data.listings = [
            .init(retailer: 0, product: 1, listing: Listing(price: DecimalNumber(text: price.utf8), margin: DecimalNumber(digits: 22)))
        ]
        data.places = [.init(retailer: 0, place: RetailPlace(city: city, state: "Maharashtra"))]
        data.records = 4
        return data
    }

    private func user(_ address: String) throws -> User {
        let email = try #require(EmailAddress(address))
        return try ledger.enter(NewUser(email: email, role: .brandAdmin, tenant: "bibbi"), passwordHash: nil, by: deed)
    }

    @Test func `taking the same twice changes nothing, and what changes is counted`() throws {
        #expect(try ledger.take(Self.data(), brand: nil, by: deed) == ReferenceChange(new: 4, changed: 0, unchanged: 0))
        let (version, retailers) = (try ledger.retailVersion(), try ledger.retailers(.init(limit: 10)))
        #expect(try ledger.take(Self.data(), brand: nil, by: deed) == ReferenceChange(new: 0, changed: 0, unchanged: 4))
        #expect(try ledger.retailVersion() == version)
        #expect(try ledger.retailers(.init(limit: 10)).items == retailers.items)
        let change = try ledger.take(Self.data(price: "300", city: "Goa"), brand: nil, by: deed)
        #expect(change == ReferenceChange(new: 1, changed: 1, unchanged: 2))
        #expect(try ledger.retailVersion() > version)
        #expect(try ledger.places(ofRetailer: 1).map(\.place.city) == ["Pune", "Goa"])
    }

    @Test func `what cannot be taken whole is not taken at all`() throws {
        var data = Self.data()
        data.listings.append(.init(retailer: 0, product: 7, listing: Listing()))
        #expect(throws: LedgerFault.self) { try ledger.take(data, brand: nil, by: deed) }
        #expect(try ledger.retailers(.init(limit: 10)).total == 0)
        #expect(try ledger.retailVersion() == 1)
    }

    @Test func `the market is what was taken`() throws {
        _ = try ledger.take(Self.data(), brand: nil, by: deed)
        let market = try ledger.market().market
        let question = FitQuestion(categories: ["hair"], subcategories: ["serums"], margin: MarginBand("22-25"), offers: [])
        let score = try #require(market.score(of: 1, for: question))
        #expect(score.parts.map(\.shown) == [100, 0, 100, 0])
    }

    @Test func `a brand is its maker's, has one name, and knows its products by the name they bear`() throws {
        _ = try ledger.take(Self.data(), brand: nil, by: deed)
        let (ines, rui) = (try user("ines@costa.example"), try user("rui@costa.example"))
        let brand = try #require(try ledger.enter(Brand(name: "Costa"), of: ines.id, by: deed))
        #expect(try ledger.user(id: ines.id)?.companyID == brand.id)
        #expect(try ledger.enter(Brand(name: "Another"), of: ines.id, by: deed) == nil)
        #expect(try ledger.enter(Brand(name: " COSTA"), of: rui.id, by: deed) == nil)
        #expect(try ledger.offers(ofBrand: brand.id).map(\.subcategory) == ["SERUMS"])
        let saved = try ledger.set([CategoryChoice(category: "Hair", subcategory: "Serums")], ofBrand: brand.id, by: deed)
        #expect(try ledger.choices(ofBrand: brand.id) == saved)
        #expect(try ledger.set([], ofBrand: brand.id, by: deed).isEmpty)
    }

    @Test func `a brand's own products are known by name and size`() throws {
        let ines = try user("ines@costa.example")
        let brand = try #require(try ledger.enter(Brand(name: "Costa"), of: ines.id, by: deed))
        var data = RetailData()
        for (size, price) in [("50", 10), ("100", 18)] as [(String, Int64)] {
            let product = RetailProduct(
                code: "X", category: "Hair", subcategory: "Serums", price: DecimalNumber(digits: price), packSize: size, unit: "ML")
            data.ownProducts.append(.init(brand: nil, product: product, name: "Serum"))
        }
        #expect(try ledger.take(data, brand: brand.id, by: deed).new == 2)
        #expect(try ledger.take(data, brand: brand.id, by: deed).unchanged == 2)
        #expect(try ledger.offers(ofBrand: brand.id).count == 2)
        #expect(throws: LedgerFault.self) { try ledger.take(data, brand: nil, by: deed) }
    }

    private func settleFits() throws {
        let market = try ledger.retailVersion()
        try ledger.notePublished(
            try ledger.brandsOwedFit().map { id in
                PublishedFit(brand: id, revision: try #require(try ledger.fitAsking(ofBrand: id)).revision, market: market)
            })
        #expect(try ledger.brandsOwedFit().isEmpty)
    }

    @Test func `a brand is owed its ranking after each change of what it goes by, and only then`() throws {
        let (ines, rui) = (try user("ines@costa.example"), try user("rui@brava.example"))
        let costa = try #require(try ledger.enter(Brand(name: "Costa"), of: ines.id, by: deed)).id
        let brava = try #require(try ledger.enter(Brand(name: "Brava"), of: rui.id, by: deed)).id
        #expect(try ledger.brandsOwedFit() == [costa, brava])
        try settleFits()
        _ = try ledger.set([CategoryChoice(category: "Hair", subcategory: "Serums")], ofBrand: costa, by: deed)
        #expect(try ledger.brandsOwedFit() == [costa])
        try settleFits()
        _ = try ledger.change(brand: brava, { $0.margin = MarginBand("20-25") }, by: deed)
        #expect(try ledger.brandsOwedFit() == [brava])
        try settleFits()
        _ = try ledger.change(brand: brava, { $0.margin = MarginBand("20-25") }, by: deed)
        #expect(try ledger.brandsOwedFit().isEmpty)
        _ = try ledger.take(Self.data(), brand: nil, by: deed)
        #expect(try ledger.brandsOwedFit() == [costa, brava])
        try settleFits()
        _ = try ledger.take(Self.data(), brand: nil, by: deed)
        #expect(try ledger.brandsOwedFit().isEmpty)
    }

    @Test func `a brand that changed while its ranking was made is still owed one`() throws {
        let ines = try user("ines@costa.example")
        let costa = try #require(try ledger.enter(Brand(name: "Costa"), of: ines.id, by: deed)).id
        let made = try #require(try ledger.fitAsking(ofBrand: costa))
        let market = try ledger.retailVersion()
        _ = try ledger.set([CategoryChoice(category: "Hair", subcategory: "Serums")], ofBrand: costa, by: deed)
        try ledger.notePublished([PublishedFit(brand: costa, revision: made.revision, market: market)])
        #expect(try ledger.brandsOwedFit() == [costa])
        #expect(try ledger.fitAsking(ofBrand: 99) == nil)
    }

    @Test func `a brand's own products raise its revision, and the same ones again do not`() throws {
        let ines = try user("ines@costa.example")
        let costa = try #require(try ledger.enter(Brand(name: "Costa"), of: ines.id, by: deed)).id
        var data = RetailData()
        let product = RetailProduct(code: "X", category: "Hair", subcategory: "Serums", price: DecimalNumber(digits: 10))
        data.ownProducts.append(.init(brand: nil, product: product, name: "Serum"))
        let before = try #require(try ledger.fitAsking(ofBrand: costa)).revision
        _ = try ledger.take(data, brand: costa, by: deed)
        let taken = try #require(try ledger.fitAsking(ofBrand: costa))
        #expect(taken.revision > before && taken.offers.count == 1)
        _ = try ledger.take(data, brand: costa, by: deed)
        #expect(try ledger.fitAsking(ofBrand: costa) == taken)
    }

    @Test func `an upload is entered once, and ends once it is known how`() throws {
        let batch = BatchID()
        let entered = try ledger.enter(retailUpload: batch, filename: "a.xlsx", uploader: "u", at: deed.at)
        #expect(try ledger.enter(retailUpload: batch, filename: "b.xlsx", uploader: nil, at: .now()) == entered)
        try ledger.end(retailUpload: batch, records: 4, failure: nil, at: .now())
        let ended = try #require(try ledger.retailUpload(id: entered.id))
        #expect((ended.state, ended.records, ended.message) == (.completed, 4, nil))
        #expect(try ledger.retailUploads(uploader: "somebody else", limit: 10).isEmpty)
    }
}
