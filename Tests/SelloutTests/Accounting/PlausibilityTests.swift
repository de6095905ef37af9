import Cells
import Sellout
import Testing

/// Sales that can be read and cannot be true.
@Suite struct PlausibilityTests {
    /// One sale of a product that costs 100.
    struct Sold {
        var product: Int32 = 0
        var quantity: Int64 = 1
        var amount: Int64? = 100
        var day = "2025-04-01"
    }

    /// What is said of these sales, in rows 2, 3, 4, … of the sheet `S`.
    static func findings(
        _ sales: [Sold], expecting change: (inout Expectations) -> Void = { _ in }, currency: String = "EUR",
        prices: [(String, Int64)] = [("EUR", 100)]
    ) throws -> Findings {
        var terms = Terms(reseller: "x", vendorName: "X", currency: currency)
        change(&terms.expectations)
        let eans = try (0..<10).map { try #require(EAN(7_350_154_320_010 + $0)) }
        let start = try #require(CivilDay("2020-01-01"))
        let catalogue = Catalogue(
            version: 1, currency: currency, products: eans.map { Product(ean: $0, functionalName: "\($0)", description: "") }, mappings: [],
            stores: [],
            prices: eans.flatMap { ean in
                prices.map { ListPrice(ean: ean, currency: $0.0, price: Money(units: $0.1 * 10_000), validFrom: start) }
            }, rates: RateTable(currency: currency, fixings: []))
        var plausibility = Plausibility(terms: terms, catalogue: catalogue, today: try #require(CivilDay("2025-06-15")))
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        for ean in eans { _ = resolver.name(product: ProductNaming(ean: ean)) }
        _ = resolver.name(store: StoreNaming(name: "Sol"))
        for (number, sold) in sales.enumerated() {
            let draft = Draft(
                sheet: 0, row: Int32(number + 2), product: sold.product, store: 0, date: .day(try #require(CivilDay(sold.day))),
                quantity: sold.quantity, amount: sold.amount.map { Money(units: $0 * 10_000) })
            guard case .sale(let sale)? = resolver.resolve(draft, sheet: { _ in "S" }) else { continue }
            plausibility.take(draft, eans[Int(sold.product)], sale) { _ in "S" }
        }
        var findings = Findings()
        plausibility.conclude(&findings) { _ in "S" }
        return findings
    }

    static func held(_ sales: [Sold]) throws -> [String] { try findings(sales).warnings.filter(\.holds).flatMap(\.lines) }

    @Test func `a day after today, and one before the reseller's first year, make the batch wait at its row`() throws {
        #expect(
            try Self.held([Sold(), Sold(day: "2025-06-16"), Sold(day: "1999-12-31")]) == [
                "IMPLAUSIBLE_DATE | S | row 3 | 2025-06-16", "IMPLAUSIBLE_DATE | S | row 4 | 1999-12-31",
            ])
        let late = try Self.findings([Sold(day: "2019-12-31"), Sold(day: "2020-01-01")]) { $0.firstYear = 2020 }
        #expect(late.warnings.flatMap(\.lines) == ["IMPLAUSIBLE_DATE | S | row 2 | 2019-12-31"])
    }

    @Test func `today, and the first day of the first year, are silent`() throws {
        #expect(try Self.findings([Sold(day: "2025-06-15"), Sold(day: "2000-01-01")]).warnings.isEmpty)
    }

    @Test(arguments: [(1, 24), (1, 176), (3, 74), (-1, -500)] as [(Int64, Int64)])
    func `a price far from the list price makes the batch wait at its row`(quantity: Int64, amount: Int64) throws {
        let held = try Self.held([Sold(quantity: quantity, amount: amount)])
        #expect(held.count == 1 && held[0].hasPrefix("IMPLAUSIBLE_PRICE | S | row 2 | "))
    }

    @Test(arguments: [(1, 25), (1, 175), (3, 75), (-2, -200), (1, 100), (12, 1200), (1, 0)] as [(Int64, Int64)])
    func `a price near the list price, a discount and a gift are silent`(quantity: Int64, amount: Int64) throws {
        #expect(try Self.findings([Sold(quantity: quantity, amount: amount)]).warnings.isEmpty)
    }

    @Test func `what is sold at list price, and what has none, is not compared`() throws {
        #expect(try Self.findings([Sold(quantity: 3, amount: nil)]).warnings.isEmpty)
        #expect(try Self.findings([Sold(amount: 1)], prices: []).warnings.isEmpty)
    }

    @Test func `without a list price in the reseller's currency the one in euro is compared`() throws {
        #expect(try Self.findings([Sold(amount: 500)], currency: "PLN").warnings.isEmpty)
        #expect(try Self.findings([Sold(amount: 80)], currency: "PLN").warnings.map(\.code) == ["IMPLAUSIBLE_PRICE"])
        #expect(
            try Self.findings([Sold(amount: 500)], currency: "PLN", prices: [("EUR", 100), ("PLN", 100)]).warnings.map(\.code) == [
                "IMPLAUSIBLE_PRICE"
            ])
    }

    @Test func `one price far from the product's others, which lie close together, makes the batch wait where there is no list price`()
        throws
    {
        let usual = (0..<8).map { Sold(amount: 19 + Int64($0 % 4)) } + [Sold(product: 1, amount: 7)]
        let far = try Self.findings(usual + [Sold(amount: 130)], prices: [])
        #expect(far.warnings.flatMap(\.lines) == ["PRICES_APART | S | row 11 | 130.00 a piece, elsewhere about 20.47"])
        #expect(far.warnings.map(\.holds) == [true])
        #expect(try Self.findings(usual + [Sold(amount: 100)], prices: []).warnings.isEmpty)
        #expect(try Self.findings(Array(usual.prefix(2)) + [Sold(amount: 130)], prices: []).warnings.isEmpty)
        let scattered = [Sold(amount: 2), Sold(amount: 9), Sold(amount: 31), Sold(amount: 140)]
        #expect(try Self.findings(scattered, prices: []).warnings.isEmpty)
    }

    @Test func `a file of which most prices are in another unit makes the batch wait once more`() throws {
        let cents = (0..<4).map { Sold(product: $0, amount: 10_000) }
        #expect(try Self.held(cents).contains { $0.hasPrefix("UNITS_DOUBTED | S |  | prices of ") })
        let swapped = (0..<4).map { Sold(product: $0, quantity: 100, amount: 1) }
        #expect(try Self.held(swapped).contains { $0.hasPrefix("UNITS_DOUBTED") })
        #expect(try !Self.held(cents.prefix(1) + (0..<4).map { Sold(product: $0) }).contains { $0.hasPrefix("UNITS_DOUBTED") })
        #expect(try !Self.held(Array(cents.prefix(2))).contains { $0.hasPrefix("UNITS_DOUBTED") })
    }

    @Test func `a quantity beyond all others makes the batch wait at its row`() throws {
        let usual = (0..<9).map { Sold(product: $0, quantity: 2, amount: 200) }
        #expect(
            try Self.held(usual + [Sold(product: 9, quantity: 500, amount: 50_000)]) == [
                "IMPLAUSIBLE_QUANTITY | S | row 11 | 500 pieces"
            ])
        #expect(try Self.held(usual + [Sold(product: 9, quantity: -500, amount: -50_000)]).count == 1)
        #expect(try Self.held([Sold(quantity: 201, amount: 20_100)]).count == 1)
    }

    @Test func `a large quantity among large ones, and one of two hundred, is silent`() throws {
        let large = (0..<9).map { Sold(product: $0, quantity: 40, amount: 4000) }
        #expect(try Self.findings(large + [Sold(product: 9, quantity: 500, amount: 50_000)]).warnings.isEmpty)
        let usual = (0..<9).map { Sold(product: $0, quantity: 2, amount: 200) }
        #expect(try Self.findings(usual + [Sold(product: 9, quantity: 200, amount: 20_000)]).warnings.isEmpty)
    }

    @Test func `a file of which a quarter has an amount of nothing makes the batch wait`() throws {
        let paid = (0..<6).map { Sold(product: $0) }
        let gifts = [Sold(product: 6, amount: 0), Sold(product: 7, amount: 0)]
        #expect(try Self.held(paid + gifts) == ["AMOUNTS_ARE_ZERO | S |  | amounts of 0"])
        #expect(try Self.findings(paid + [Sold(product: 8)] + gifts).warnings.isEmpty)
        #expect(try Self.findings([Sold(amount: 0)]).warnings.isEmpty)
    }
}

/// Rows without a product, as part of the file.
@Suite struct MuchSkippedTests {
    /// What is said of one sale of 1000, of rows that the reader skipped at this amount, and of unmapped bags at that.
    private func warnings(reader: Int64, unmapped: Int64 = 0) throws -> [Warning] {
        let terms = Terms(reseller: "x", vendorName: "X", currency: "EUR")
        let ean = try #require(EAN(7_350_154_320_015))
        let catalogue = Catalogue(
            version: 1, currency: "EUR", products: [Product(ean: ean, functionalName: "A", description: "")], mappings: [], stores: [],
            prices: [], rates: RateTable(currency: "EUR", fixings: []))
        var plausibility = Plausibility(terms: terms, catalogue: catalogue, today: try #require(CivilDay("2025-06-15")))
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        _ = resolver.name(product: ProductNaming(ean: ean))
        _ = resolver.name(store: StoreNaming(name: "Sol"))
        let day = SaleDate.day(try #require(CivilDay("2025-04-01")))
        func draft(_ amount: Int64) -> Draft {
            Draft(sheet: 0, row: 7, product: 0, store: 0, date: day, quantity: 1, amount: Money(units: amount * 10_000))
        }
        if case .sale(let sale)? = resolver.resolve(draft(1000), sheet: { _ in "S" }) {
            plausibility.take(draft(1000), ean, sale) { _ in "S" }
        }
        if unmapped != 0 { plausibility.skip(draft(unmapped), ProductNaming(name: "Shopping bag")) { _ in "S" } }
        var findings = Findings()
        let place = Warning.Place(sheet: "S", range: "row 3", look: "\"Gift box\"")
        findings.skipped = [SkippedRows("rows without a product", rows: 1, quantity: 2, amount: reader * 10_000, places: [place])]
        plausibility.conclude(&findings) { _ in "S" }
        return findings.warnings
    }

    @Test func `more than one percent of the file's amount makes the batch wait, with the places`() throws {
        let warning = try #require(try warnings(reader: 11).first)
        #expect(warning.lines == ["MUCH_SKIPPED | S | row 3 | \"Gift box\""] && warning.holds)
        #expect(warning.message.contains("1 row without a product skipped, with 11.00 in all"))
    }

    @Test func `one percent and less is silent`() throws {
        #expect(try warnings(reader: 10).isEmpty && (try warnings(reader: 0)).isEmpty)
    }

    @Test func `rows whose product nobody has mapped count with them`() throws {
        let warning = try #require(try warnings(reader: 8, unmapped: 3).first)
        #expect(warning.count == 2 && warning.places.map(\.range) == ["row 3", "row 7"])
        #expect(try warnings(reader: 8, unmapped: 2).isEmpty)
    }

    @Test func `returned bags count like sold ones`() throws { #expect(try warnings(reader: -11).map(\.code) == ["MUCH_SKIPPED"]) }
}
