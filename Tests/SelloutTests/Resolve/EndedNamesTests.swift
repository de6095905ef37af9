import Cells
import Sellout
import Testing

/// Names that mean nothing any more from a day on.
@Suite struct EndedNamesTests {
    private let ean: EAN
    private let end: CivilDay

    init() throws {
        ean = try #require(EAN("7350154320008"))
        end = try #require(CivilDay("2025-06-01"))
    }

    /// What a sale of that day comes to.
    private func errors(
        on day: String, product: ProductNaming = ProductNaming(code: "BB100"), mapping: CivilDay? = nil, catalogued: CivilDay? = nil,
        store: CivilDay? = nil, open: Bool = true, text: String = "BB100"
    ) throws -> [RowError] {
        let catalogue = Catalogue(
            version: 1, currency: "EUR", products: [Product(ean: ean, functionalName: "SOAP", description: "", endedFrom: catalogued)],
            mappings: [ProductMapping(reseller: "boxnox", code: text, ean: ean, endedFrom: mapping)],
            stores: [Store(reseller: "boxnox", code: "S1", name: "Sol", isOnline: false, endedFrom: store)], prices: [],
            rates: RateTable(currency: "EUR", fixings: []))
        let terms = Terms(reseller: "boxnox", vendorName: "BOXNOX", currency: "EUR", storesAreOpen: open)
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        #expect(resolver.name(product: product) == ean)
        _ = resolver.name(store: StoreNaming(name: "sol"))
        let draft = Draft(
            sheet: 0, row: 2, product: 0, store: 0, date: .day(try #require(CivilDay(day))), quantity: 1, amount: Money(units: 10_000))
        switch try #require(resolver.resolve(draft) { _ in "S" }) {
        case .sale: return []
        case .waits(let errors): return errors
        }
    }

    @Test func `a mapping that ended means what it meant until the day before, and its later rows wait`() throws {
        #expect(try errors(on: "2025-05-31", mapping: end).isEmpty)
        let later = try errors(on: "2025-06-01", mapping: end)
        #expect(later.map(\.type) == [.productNotMapped])
        #expect(later.first?.message == "The product \"BB100\" is not known for sales from 2025-06-01 on.")
        #expect(try errors(on: "2025-06-01").isEmpty)
    }

    @Test func `a product that ended is meant by no name, neither its mapping nor its EAN nor its own`() throws {
        for naming in [ProductNaming(code: "BB100"), ProductNaming(ean: ean), ProductNaming(name: "soap")] {
            #expect(try errors(on: "2025-05-31", product: naming, catalogued: end).isEmpty)
            #expect(try errors(on: "2025-07-01", product: naming, catalogued: end).map(\.type) == [.productNotMapped])
        }
        // The file's own EAN is no mapping, and does not end with one.
        #expect(try errors(on: "2025-07-01", product: ProductNaming(ean: ean, code: "BB100"), mapping: end).isEmpty)
    }

    @Test func `the earlier of two ends counts, and an ended code ends however it is written`() throws {
        let earlier = try #require(CivilDay("2025-03-01"))
        #expect(try errors(on: "2025-03-01", mapping: end, catalogued: earlier).count == 1)
        #expect(try errors(on: "2025-03-01", mapping: earlier, catalogued: end).count == 1)
        #expect(try errors(on: "2025-06-01", product: ProductNaming(code: "bb 100"), mapping: end).count == 1)
        #expect(try errors(on: "2025-05-31", product: ProductNaming(code: "bb 100"), mapping: end).isEmpty)
    }

    @Test(arguments: [true, false])
    func `rows of an ended store wait, also where unknown stores are entered by themselves`(open: Bool) throws {
        #expect(try errors(on: "2025-05-31", store: end, open: open).isEmpty)
        let later = try errors(on: "2025-06-01", store: end, open: open)
        #expect(later.map(\.type) == [.storeNotFound])
        #expect(later.first?.message == "The store \"sol\" is not known for sales from 2025-06-01 on.")
    }
}
