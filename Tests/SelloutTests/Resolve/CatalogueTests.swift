import Cells
import Sellout
import Testing

@Suite struct CatalogueTests {
    private static let rainbow = EAN(7_350_154_320_053).known
    private static let soap = EAN(7_350_154_320_015).known
    private static let june = EAN(7_350_154_320_022).known
    private static let twin = EAN(7_350_154_320_099).known

    private func catalogue(mappings: [(String, EAN)] = []) -> Catalogue {
        Catalogue(
            version: 1, currency: "EUR",
            products: [
                Product(ean: Self.rainbow, functionalName: "BBRR100", description: "Rainbow Rose EDP 100 ml"),
                Product(ean: Self.soap, functionalName: "BBSC100", description: "Sóap Club Eau de Parfum 100ML"),
                Product(ean: Self.june, functionalName: "BBBOJ100", description: "Twin"),
                Product(ean: Self.twin, functionalName: "BBTW", description: "TWIN "),
            ], mappings: mappings.map { ProductMapping(reseller: "x", code: $0.0, ean: $0.1) }, stores: [], prices: [],
            rates: RateTable(currency: "EUR", fixings: []))
    }

    @Test func `a known EAN in the file comes before a mapping of the code, and an unknown one is mended by a mapping only`() {
        let mapped = catalogue(mappings: [("86033481", Self.june), ("1234567890123", Self.twin)])
        #expect(mapped.product(for: ProductNaming(ean: Self.soap, code: "86033481", name: "BBRR100")) == Self.soap)
        #expect(mapped.product(for: ProductNaming(code: "86033481", name: "BBRR100")) == Self.june)
        #expect(mapped.product(for: ProductNaming(ean: EAN(1_234_567_890_123), code: "86033481")) == Self.twin)
        #expect(mapped.product(for: ProductNaming(ean: EAN(1_234_567_890_124), code: "86033481")) == Self.june)
        #expect(catalogue().product(for: ProductNaming(ean: Self.soap, name: "BBRR100")) == Self.soap)
        #expect(catalogue().product(for: ProductNaming(ean: EAN(1_234_567_890_123), name: "BBRR100")) == nil)
        #expect(catalogue().product(for: ProductNaming(code: " bbrr100 ")) == Self.rainbow)
    }

    @Test(arguments: [
        "RAINBOW ROSE eau de parfum 100ML", "Rainbow-Rose  EDP 100 ml", "rainbow rose Edp 100ml", "Rainbow Rosé, Eau De Parfum, 100 Ml",
    ])
    func `a text is known however case, accents, blanks, EDP and the size are written`(text: String) {
        #expect(catalogue().product(for: ProductNaming(name: text)) == Self.rainbow)
    }

    @Test func `another size is another product, and a text that two products share is neither`() {
        #expect(catalogue().product(for: ProductNaming(name: "Rainbow Rose EDP 30 ml")) == nil)
        #expect(catalogue().product(for: ProductNaming(name: "twin")) == nil)
    }

    @Test func `a functional name that two products share is neither`() {
        let shared = Catalogue(
            version: 1, currency: "EUR",
            products: [Self.rainbow, Self.soap].map { Product(ean: $0, functionalName: "BB100", description: "") }, mappings: [],
            stores: [],
            prices: [], rates: RateTable(currency: "EUR", fixings: []))
        #expect(shared.product(for: ProductNaming(code: "BB100")) == nil)
    }

    @Test func `what is 85 % alike is suggested and never taken`() throws {
        let naming = ProductNaming(name: "Rainbow Roses EDP 100ml")
        #expect(catalogue().product(for: naming) == nil)
        let suggestion = try #require(catalogue().suggestion(for: naming))
        #expect(suggestion.ean == Self.rainbow && (85...99).contains(suggestion.percent))
        #expect(catalogue().suggestion(for: ProductNaming(name: "Rosy Rain EDP 100ml")) == nil)
    }

    @Test func `what is alike but for its size, pieces or kind is not suggested`() throws {
        for text in [
            "Rainbow Rose EDP 10 ml", "Rainbow Rose candle 100 ml", "Tester Rainbow Rose EDP 100 ml", "Rainbow Rose EDP 3x100 ml",
            "Rainbow Rose EDT 100 ml",
        ] {
            #expect(catalogue().suggestion(for: ProductNaming(name: text)) == nil, "\(text)")
        }
        #expect(try #require(catalogue().suggestion(for: ProductNaming(name: "Rainbow Roses EDP 100ml"))).makeAgrees)
        #expect(try #require(catalogue().suggestion(for: ProductNaming(name: "Rainbow Rose 100 ml"))).makeAgrees == false)
        // The product's other texts count too, and so does the file's code.
        let mapped = catalogue(mappings: [("Rainbow Rose", Self.rainbow)])
        #expect(mapped.suggestion(for: ProductNaming(code: "Rainbow Roses 30 ml", name: "Rainbow Roses")) == nil)
        #expect(
            catalogue(mappings: [("000834429 | NO COLOUR", Self.june)]).suggestion(for: ProductNaming(code: "000834431 | NO COLOUR")) == nil
        )
        #expect(catalogue(mappings: [("86033481", Self.june)]).suggestion(for: ProductNaming(code: "86033482")) == nil)
    }

    @Test func `a row that waits for its product or store names what is like it`() throws {
        let stores = [Store(reseller: "x", code: "L", name: "London", isOnline: false)]
        let products = [Product(ean: Self.rainbow, functionalName: "BBRR100", description: "Rainbow Rose EDP 100 ml")]
        let closed = Catalogue(
            version: 1, currency: "EUR", products: products, mappings: [], stores: stores, prices: [],
            rates: RateTable(currency: "EUR", fixings: []))
        var resolver = Resolver(terms: Terms(reseller: "x", vendorName: "X", currency: "EUR", storesAreOpen: false), catalogue: closed)
        _ = resolver.name(product: ProductNaming(name: "Rainbow Roses EDP 100ml"))
        _ = resolver.name(store: StoreNaming(name: "Londn"))
        let day = try #require(CivilDay("2025-04-01"))
        let draft = Draft(sheet: 0, row: 2, product: 0, store: 0, date: .day(day), quantity: 1, amount: Money(units: 10_000))
        guard case .waits(let errors) = resolver.resolve(draft, sheet: { _ in "S" }) else { throw NotWaiting() }
        #expect(errors.map(\.type) == [.productNotMapped, .storeNotFound])
        #expect(errors[0].suggestion?.contains("7350154320053 (\"Rainbow Rose EDP 100 ml\"") == true)
        #expect(errors[1].suggestion?.contains("\"London\"") == true)
    }
}

extension EAN? {
    /// For a constant of a test.
    fileprivate var known: EAN {
        guard let self else { preconditionFailure("no EAN") }
        return self
    }
}

private struct NotWaiting: Error {}
