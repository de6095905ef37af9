import Cells
import Sellout
import Testing

/// What an operator says of a row passes the checks that a file's rows pass.
@Suite struct RowCorrectionTests {
    private let terms = Terms(reseller: "x", vendorName: "X", currency: "EUR")

    private func catalogue() throws -> Catalogue {
        let soap = try #require(EAN("7350154320015"))
        return Catalogue(
            version: 1, currency: "EUR", products: [Product(ean: soap, functionalName: "BBSC100", description: "Soap Club")],
            mappings: [ProductMapping(reseller: "x", code: "OLD", ean: soap)],
            stores: [Store(reseller: "x", code: "SOL", name: "Perfumeria Sol", isOnline: false)], prices: [],
            rates: RateTable(currency: "EUR", fixings: []))
    }

    private func corrected(_ words: String..., from row: SaleParts = SaleParts()) throws -> SaleParts {
        try RowCorrection(words, currency: "EUR").applied(to: row, terms: terms, catalogue: catalogue())
    }

    private func refusal(_ words: [String], from row: SaleParts = SaleParts()) throws -> String? {
        do {
            _ = try RowCorrection(words, currency: "EUR").applied(to: row, terms: terms, catalogue: catalogue())
            return nil
        } catch let wrong as RowCorrection.Wrong {
            return wrong.sentence
        }
    }

    @Test func `values take the place of the row's, and what is not named stays`() throws {
        let row = SaleParts(
            product: ProductNaming(code: "?"), quantity: 4, isPriced: true, details: SaleDetails(orderID: "A", country: "SE"))
        let parts = try corrected("product=7350154320015", "store=perfumeria sol", "date=2025-04-03", "order=B", from: row)
        #expect(parts.line == "7350154320015 | perfumeria sol | 2025-04-03 | 4 | - | B | SE | - | - | -")
        #expect(parts.isPriced && parts.lacking.isEmpty)
    }

    @Test func `names of a report's fields are understood, a month is a month, and a price makes the amount`() throws {
        let parts = try corrected("CODE=old", "period=2025-04", "price=1,019.95", "quantity=2")
        #expect(parts.product == ProductNaming(code: "old"))
        #expect(parts.date == .month(try #require(Month("2025-04"))))
        #expect(parts.amount == Money(units: 20_399_000))
        #expect(parts.lacking == [.store])
    }

    @Test(arguments: [
        (["quantity=2.5"], "The quantity 2.5 is not a whole number."),
        (["quantity=two"], "The quantity \"two\" cannot be read: it is no number."),
        (["quantity=0"], "The quantity is 0: a row that sells nothing is dismissed."),
        (["quantity=1000000001"], "The quantity 1000000001 is too large to be true."),
        (["amount=10000000001"], "The amount 10000000001 is too large to be true."),
        (["date=2025-02-30"], "2025-02-30 is no date that a sale can have: write it like 2025-01-28, or 2025-01 for a month."),
        (["date=1889-01-01"], "1889-01-01 is no date that a sale can have: write it like 2025-01-28, or 2025-01 for a month."),
        (["product=735015432001"], "\"735015432001\" is no EAN: it must have 13 digits."),
        (
            ["product=7350154320016"],
            "7350154320016 is not among the products, and its check digit is wrong. Import it first, if it is right."
        ),
        (["product=BBSC10"], "The product \"BBSC10\" is not known. Perhaps 7350154320015 (\"BBSC100\") is meant."),
        (
            ["store=Perfumeria Sool"],
            "x has no store \"Perfumeria Sool\". Known stores are like \"Perfumeria Sol\". Import it first, if it is right."
        ),
        (["price=9"], "The price of a piece says nothing without the quantity: give both."),
        (["price=9", "amount=9", "quantity=1"], "Give the amount or the price of a piece, not both."),
        (["quantity=1", "quantity=2"], "quantity is given twice."), (["quantity="], "quantity= sets nothing: write FIELD=VALUE."),
        (["3"], "3 sets nothing: write FIELD=VALUE."),
        (
            ["pieces=3"],
            "There is no field pieces; there are product, store, date, quantity, amount, price, order, country, city, cost, fee."
        ),
        ([], "Say what is right, such as quantity=3."),
    ])
    func `what cannot be right is refused with a sentence`(words: [String], sentence: String) throws {
        #expect(try refusal(words) == sentence)
    }

    @Test func `a date to come, a strange price and signs that differ are doubted`() throws {
        let today = try #require(CivilDay("2025-06-01"))
        let (ean, catalogue) = (try #require(EAN("7350154320015")), try catalogue())
        func doubts(_ day: String, _ quantity: Int64, _ amount: Int64) throws -> Int {
            let money = Money(units: amount)
            let draft = Draft(
                sheet: 0, row: 7, product: 0, store: 0, date: .day(try #require(CivilDay(day))), quantity: quantity, amount: money)
            var resolver = Resolver(terms: terms, catalogue: catalogue)
            _ = resolver.name(product: ProductNaming(ean: ean))
            _ = resolver.name(store: StoreNaming(name: "Sol"))
            guard case .sale(let sale)? = resolver.resolve(draft, sheet: { _ in "" }) else { return -1 }
            return draft.doubts(ean, sale, terms: terms, catalogue: catalogue, today: today).count
        }
        #expect(try doubts("2025-05-31", 2, 100_000) == 0)
        #expect(try doubts("2025-06-02", 2, 100_000) == 1)
        #expect(try doubts("2025-05-31", 2, -100_000) == 1)
        #expect(try doubts("2025-05-31", 900, 100_000) == 1)
    }
}
