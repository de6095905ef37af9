import Cells
import RetailFit
import Testing

/// The score against what retail-fit's rules say, worked by hand.
@Suite struct FitScoreTests {
    private static func exact(_ text: String) throws -> Exact {
        let number = try #require(DecimalNumber(text: text.utf8))
        return try #require(Exact(number))
    }

    /// One retailer that sells a product in each of these subcategories of Hair, at these prices and margins.
    private static func market(
        _ products: [(subcategory: String, price: String, margin: String)], category: String = "RMT"
    ) throws -> FitMarket {
        var market = FitMarket()
        market.add(.init(id: 1, name: "Northgate", category: category, format: "Beauty", outlets: 64))
        let hair = market.number(of: "HAIR")
        for product in products {
            market.add(
                to: 1, category: hair, subcategory: market.number(of: product.subcategory), price: try exact(product.price),
                margin: try exact(product.margin))
        }
        return market
    }

    private static func question(
        _ subcategories: [String], categories: [String] = ["Hair"], margin: String? = "20-25", prices: [(String, String)] = []
    ) throws -> FitQuestion {
        FitQuestion(
            categories: categories, subcategories: subcategories, margin: margin.map { MarginBand($0) },
            offers: prices.compactMap { offer in
                DecimalNumber(text: offer.1.utf8).map { .init(subcategory: offer.0, price: $0) }
            })
    }

    @Test func `the seed example is 85, High, launched in all stores`() throws {
        let total = FitScore.total(Ratio(whole: 100), Ratio(whole: 80), Ratio(whole: 90), Ratio(whole: 75))
        #expect(total == 85)
        #expect(FitAdvice(total) == .high)
        #expect(FitAdvice(total).action == "Launch in All Stores")
        #expect(FitAdvice(total).notes == "Prefer Outright if credit days < 30")
    }

    @Test(arguments: [(80, FitAdvice.high), (79, .medium), (60, .medium), (59, .low), (0, .low), (100, .high)])
    func `priorities begin where they begin`(total: Int, advice: FitAdvice) { #expect(FitAdvice(total) == advice) }

    @Test func `thirds that make a whole together are counted whole`() throws {
        let (third, ninth, two) = (try #require(Ratio(100, over: 3)), try #require(Ratio(100, over: 9)), try #require(Ratio(200, over: 3)))
        // 30 + 30 + 10/3 + 30/3 = 73.33…; with 200/3 for the price 30 + 30 + 3.33… + 20 = 83.33…
        #expect(FitScore.total(Ratio(whole: 100), Ratio(whole: 100), third, third) == 73)
        // 10 · 200/3 + 30 · 100/9 = 666.66… + 333.33… = 1000 exactly.
        #expect(FitScore.total(Ratio(whole: 100), Ratio(whole: 100), two, ninth) == 70)
        // One part in 10^30 below it is one point less.
        let large: Int128 = 1_000_000_000_000_000_000_000_000_000_000
        let short = try #require(Ratio(200 * large - 1, over: 3 * large))
        #expect(FitScore.total(Ratio(whole: 100), Ratio(whole: 100), short, ninth) == 69)
    }

    @Test(arguments: [
        // chosen, sold, score: the gap is the larger count without the common ones.
        (["Serums"], ["serums"], 0), (["Serums", "Dyes"], ["Serums"], 50), (["Dyes"], ["Serums"], 50),
        (["Serums"], ["Serums", "Dyes", "Oils"], 100), (["Serums"], ["Serums", "Dyes", "Oils", "Combs"], 100),
        (["A", "B", "C"], ["D"], 100),
    ])
    func `a range that differs has room`(chosen: [String], sold: [String], score: Int) throws {
        let market = try Self.market(sold.map { ($0, "100", "20") })
        let question = try Self.question(chosen)
        #expect(market.score(of: 1, for: question)?.subcategory.shown == score)
    }

    @Test(arguments: [("20-25", "20", 100), ("20-25", "40", 50), ("20 TO 30", "30", 66), ("30 & ABOVE", "20", 100)])
    func `the lower end of the margin counts against the mean`(band: String, mean: String, score: Int) throws {
        let market = try Self.market([("Serums", "100", mean)])
        #expect(market.score(of: 1, for: try Self.question(["Serums"], margin: band))?.margin.shown == score)
    }

    @Test(arguments: [nil, "LESS THAN 20", "on request", ""])
    func `a margin that is not known is nothing, and the reason says so`(band: String?) throws {
        let question = try Self.question(["Serums"], margin: band)
        let part = try Self.market([("Serums", "100", "20")]).score(of: 1, for: question)?.margin
        #expect(part?.shown == 0)
        #expect(part?.reason == .noBrandMargin)
    }

    @Test(arguments: [
        ("115", 100), ("85", 100), ("115.0001", 99), ("84.9999", 99), ("125", 90), ("75", 90), ("214", 1), ("215", 0), ("1000000000", 0),
        ("0.01", 15),
    ])
    func `a price within 15 percent is near, and beyond each hundredth costs one`(price: String, score: Int) throws {
        let market = try Self.market([("Serums", "100", "20")])
        let question = try Self.question(["Serums"], prices: [("serums ", price), ("Dyes", "1")])
        #expect(market.score(of: 1, for: question)?.price.shown == score)
    }

    @Test func `where nothing of the chosen is sold all counts, on both sides`() throws {
        let market = try Self.market([("Serums", "100", "20"), ("Oils", "300", "40")])
        let question = try Self.question(["Combs"], prices: [("Brushes", "150"), ("Dyes", "250")])
        let score = try #require(market.score(of: 1, for: question))
        #expect(score.price.shown == 100)
        #expect(score.margin.shown == 66)
        #expect(score.margin.reason.words == "Your margin begins at 20 %; its mean is 30 % over all it sells.")
    }

    @Test func `a retailer of which nothing is known has nothing but its own class`() throws {
        let (market, question) = (try Self.market([], category: "hair"), try Self.question(["Serums"], prices: [("Serums", "1")]))
        let score = try #require(market.score(of: 1, for: question))
        #expect(score.parts.map(\.shown) == [100, 0, 0, 0])
        #expect(score.total == 30)
        #expect(score.parts.dropFirst().allSatisfy { $0.reason == .noProducts })
    }

    @Test func `the ranking is by score, then by outlets, then by name`() throws {
        var market = FitMarket()
        for (id, name, outlets) in [(1, "B", 5), (2, "A", 5), (3, "C", 9)] as [(Int64, String, Int)] {
            market.add(.init(id: id, name: name, category: id == 1 ? "RMT" : "x", format: "", outlets: outlets))
        }
        #expect(market.scores(for: try Self.question(["Serums"], categories: ["y"])).map(\.retailer.id) == [3, 2, 1])
        #expect(market.scores(for: try Self.question(["Serums"], categories: ["rmt"])).map(\.retailer.id) == [1, 3, 2])
    }

    @Test func `sums of the largest prices do not overflow`() throws {
        var market = FitMarket()
        market.add(.init(id: 1, name: "N", category: "", format: "", outlets: 1))
        let largest = try Self.exact("999999999.999999999999999")
        let serums = market.number(of: "serums")
        for _ in 0..<50_000 { market.add(to: 1, category: nil, subcategory: serums, price: largest, margin: largest) }
        let question = try Self.question(["Serums"], prices: .init(repeating: ("serums", "999999999"), count: 2000))
        #expect(market.score(of: 1, for: question)?.price.shown == 100)
        #expect(Exact(DecimalNumber(digits: .max, exponent: 30000)) == nil)
        #expect(Exact(DecimalNumber(digits: .max, exponent: -30000)) != nil)
        #expect(Exact(DecimalNumber(digits: 0, exponent: 30000)) != nil)
    }
}
