import Accounts
import Foundation
import Ledger
import RetailFit
import Testing
import Web

@testable import Portal

/// The pages of retail fit.
@Suite struct FitPagesTests {
    private let stage: PageStage
    private let market: PageStage.Market

    init() throws {
        stage = try PageStage()
        market = try stage.market()
    }

    private var brandDesk: PageDesk { stage.desk(.brandUser, brand: market.brand) }

    private func location(_ page: SeenPage) -> String? { page.headers.first { $0.name == "Location" }?.value }

    /// Whatever stands in `<bdi>` of links to retailers, in order.
    private func ranked(_ page: SeenPage) -> [Int] {
        page.text.matches(of: #/<bdi>Seller ([0-9]+) /#).compactMap { Int($0.output.1) }
    }

    private func keys(_ page: SeenPage) -> [String] {
        page.text.matches(of: /name="choice" value="([^"]+)"/).map { String($0.output.1) }
    }

    @Test func `the ranking shows each retailer with its score, the best first`() throws {
        let page = try PageStage.ask("/fit", desk: brandDesk)
        let question = try brandDesk.desk.question(of: market.brand)
        let scores = try stage.ledger.market().market.scores(for: question)
        #expect(ranked(page) == [1, 2, 3] && scores.map(\.retailer.id) == market.retailers)
        for score in scores { #expect(page.text.contains("<strong>\(score.total)</strong>")) }
        #expect(Set(scores.map(\.total)).count > 1, "scores that do not differ show nothing")
    }

    @Test func `a filter lets through what is like it, under the rank that it has among all`() throws {
        let regional = try PageStage.ask("/fit?category=rmt", desk: brandDesk)
        #expect(ranked(regional) == [2, 3] && regional.text.contains("2 of 3 are like that"))
        let named = try PageStage.ask("/fit?name=seller%203", desk: brandDesk)
        #expect(ranked(named) == [3] && named.text.contains("data-label=\"Rank\">3</td>"))
        let none = try PageStage.ask("/fit?name=nobody", desk: brandDesk)
        #expect(ranked(none).isEmpty && none.text.contains("No retailer is like that"))
    }

    @Test func `a long ranking is leafed through`() throws {
        let stage = try PageStage()
        let market = try stage.market(of: 120)
        let desk = stage.desk(.brandUser, brand: market.brand)
        let seen = try (1...3).flatMap { ranked(try PageStage.ask("/fit?page=\($0)", desk: desk)) }
        #expect(seen.count == 120 && Set(seen).count == 120)
        #expect(try !PageStage.ask("/fit?page=3", desk: desk).text.contains("rel=\"next\""))
    }

    @Test func `a brand's people see their own brand, whatever the address says`() throws {
        let page = try PageStage.ask("/fit?brand=\(market.otherBrand)", desk: brandDesk)
        #expect(page.status == 200 && !page.text.contains("Other brand"))
        let operated = try PageStage.ask("/fit?brand=\(market.otherBrand)", desk: stage.desk(.operator))
        #expect(operated.text.contains("<option value=\"\(market.otherBrand)\" selected>Other brand"))
        #expect(try PageStage.ask("/fit?brand=999", desk: stage.desk(.operator)).status == 404)
        let none = try PageStage.ask("/fit", desk: stage.desk(.brandUser))
        #expect(none.text.contains("No brand belongs to your account yet") && ranked(none).isEmpty)
    }

    @Test func `a retailer's people see themselves without a score, and no other`() throws {
        let desk = stage.desk(.retailerUser, retailer: market.retailers[0])
        #expect(location(try PageStage.ask("/fit", desk: desk)) == "/fit/retailers/\(market.retailers[0])")
        let own = try PageStage.ask("/fit/retailers/\(market.retailers[0])", desk: desk)
        #expect(own.status == 200 && own.text.contains("Soap &lt;") && own.text.contains("City &lt;"))
        #expect(!own.text.contains("of 100") && !own.text.contains("Launch") && !own.text.contains("<h2>Why"))
        let other = try PageStage.ask("/fit/retailers/\(market.retailers[1])", desk: desk)
        #expect(other.status == 404 && !other.text.contains("Seller 2"))
        #expect(try PageStage.ask("/fit", desk: stage.desk(.retailerAdmin)).text.contains("No retailer belongs to your account yet"))
    }

    @Test func `one retailer's page says the score, why, and what to do`() throws {
        let page = try PageStage.ask("/fit/retailers/\(market.retailers[0])", desk: brandDesk)
        let question = try brandDesk.desk.question(of: market.brand)
        let score = try #require(try stage.ledger.market().market.score(of: market.retailers[0], for: question))
        #expect(page.text.contains("fits with \(score.total) of 100") && page.text.contains(score.advice.action))
        for part in score.parts { #expect(page.text.contains(("\(part.reason.words)" as HTML).text)) }
        for given in ["999", "-1", "x", "1.5", "99999999999999999999"] {
            #expect(try PageStage.ask("/fit/retailers/\(given)", desk: brandDesk).status == 404, "\(given)")
        }
    }

    @Test func `choices are saved by the button that says so, and only shown otherwise`() throws {
        let offered = keys(try PageStage.ask("/fit/choose", desk: brandDesk))
        let odd = try #require(offered.last)
        let form = [("choice", "Skin/Masks"), ("choice", odd), ("choice", "Nobody/Offers"), ("csrf", "t")]
        let shown = try PageStage.ask("/fit/choose", .post, form: form, desk: brandDesk)
        #expect(shown.status == 200 && shown.text.contains("value=\"Skin/Masks\" checked") && shown.text.contains("Save 2 choices"))
        #expect(try stage.ledger.choices(ofBrand: market.brand).isEmpty)
        let before = try PageStage.ask("/fit", desk: brandDesk)
        let saved = try PageStage.ask("/fit/choose", .post, form: form + [("do", "save")], desk: brandDesk)
        #expect(saved.status == 303 && location(saved) == "/fit/choose?done=chosen")
        let kept = try stage.ledger.choices(ofBrand: market.brand).map(\.choice)
        #expect(
            kept == [
                .init(category: "Skin", subcategory: "Masks"),
                .init(category: "Odd \(PageStage.hostile)", subcategory: "Shelf \(PageStage.hostile)"),
            ])
        #expect(try stage.ledger.choices(ofBrand: market.otherBrand).isEmpty)
        let after = try PageStage.ask("/fit", desk: brandDesk)
        #expect(after.text.contains("By 2 choices in Skin") && after.text != before.text)
    }

    @Test func `an operator looks and saves nothing, an administrator saves for the brand that is named`() throws {
        let form = [("choice", "Skin/Masks"), ("do", "save")]
        let path = "/fit/choose?brand=\(market.otherBrand)"
        #expect(try PageStage.ask(path, .post, form: form, desk: stage.desk(.operator)).status == 409)
        #expect(try !PageStage.ask(path, desk: stage.desk(.operator)).text.contains("value=\"save\""))
        #expect(try stage.ledger.choices(ofBrand: market.otherBrand).isEmpty)
        #expect(try PageStage.ask(path, .post, form: form, desk: stage.desk(.admin)).status == 303)
        #expect(try stage.ledger.choices(ofBrand: market.otherBrand).count == 1 && stage.ledger.choices(ofBrand: market.brand).isEmpty)
    }

    @Test func `a brand's people see the workbooks that they sent, operators see all`() throws {
        #expect(try !PageStage.ask("/fit/import", desk: brandDesk).text.contains("Retail &lt;"))
        let all = try PageStage.ask("/fit/import", desk: stage.desk(.operator))
        #expect(all.text.contains("Retail &lt;") && all.text.contains("Row 3: &lt;") && all.text.contains("refused"))
    }

    @Test func `the navigation shows what the role may open, and nothing else`() throws {
        for (role, wanted) in [
            (Role.brandUser, ["/fit", "/studio"]), (.retailerUser, ["/fit", "/studio"]), (.reseller, ["/", "/batches", "/studio"]),
            (.operator, ["/", "/batches", "/products", "/stores", "/resellers", "/books", "/fit", "/studio", "/profiles", "/audit"]),
        ] {
            let page = try PageStage.ask("/docs", desk: stage.desk(role))
            let pages = try #require(page.text.firstMatch(of: /<nav aria-label="Pages">.*?<\/nav>/.dotMatchesNewlines())).output
            #expect(pages.matches(of: /href="([^"]+)"/).map { String($0.output.1) } == wanted, "\(role)")
        }
        let ways = try PageStage.ask("/fit/catalogue", desk: stage.desk(.retailerUser, retailer: market.retailers[0])).text
        #expect(
            ways.contains("href=\"/fit/retailers/\(market.retailers[0])\"") && !ways.contains("/fit/choose")
                && !ways.contains("/fit/import"))
    }
}
