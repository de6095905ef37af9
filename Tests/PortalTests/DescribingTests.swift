import Accounts
import Ledger
import RetailFit
import Testing
import Texts
import Web

@testable import Portal

/// What brands and retailers say of themselves, on their pages.
@Suite struct DescribingTests {
    private let stage: PortalStage
    private static let brand = [
        "brand_name": "Costa Verde", "website_url": "https://costa.example", "contact_number": "+351210000001",
        "official_email": "hello@costa.example", "designation": "Founder", "first_name": "Ines", "last_name": "Costa",
        "avg_trade_margin": "20 TO 30", "annual_turnover": "1Cr-10Cr",
    ]
    private static let retailer = [
        "retailer_name": "Northgate", "retailer_category": "RMT", "retailer_format": "Pharmacy", "retailer_sale_model": "B2C",
        "outlet_count": "64", "city_count": "12", "state_count": "0", "purchase_model": "Outright", "credit_days": "30",
        "logo_url": "https://north.example/logo.png",
    ]

    init() throws { stage = try PortalStage() }

    /// As the interface tells it, without the number.
    private func told(_ path: String, _ token: String) throws -> [String: String] {
        guard case .object(let members) = try stage.ask(.get, path, token: token).data else { return [:] }
        return Dictionary(
            members.filter { $0.name != "id" && $0.value != .null }.map { ($0.name, $0.value.text ?? String($0.value.whole ?? -1)) }
        ) { $1 }
    }

    @Test func `a brand is entered the first time, stands in its form then, and what is cleared goes`() throws {
        let token = try stage.registered()
        #expect(try stage.page("/fit", by: token).text.contains("href=\"/fit/brand\""))
        let first = try stage.page("/fit/brand", by: token)
        #expect(first.text.contains("You have no brand yet") && first.field("first_name") == "Ines" && first.field("brand_name") == "")
        #expect(try stage.send("/fit/brand", Self.brand, by: token).location == "/fit?done=saved")
        #expect(try told("/api/brands/profile", token) == Self.brand)
        let page = try stage.page("/fit/brand", by: token)
        for (name, value) in Self.brand { #expect(page.field(name) == value, "\(name)") }
        let less = Self.brand.merging(["website_url": "", "avg_trade_margin": " ", "designation": "Director"]) { $1 }
        #expect(try stage.send("/fit/brand", less, by: token).location == "/fit/brand?done=saved")
        #expect(try told("/api/brands/profile", token) == less.filter { !["website_url", "avg_trade_margin"].contains($0.key) })
    }

    @Test func `a retailer is entered the first time, stands in its form then, and what is cleared goes`() throws {
        let token = try stage.registered("shop@north.example", "retailer_user")
        #expect(try stage.page("/fit", by: token).text.contains("href=\"/fit/retailer\""))
        let entered = try stage.send("/fit/retailer", Self.retailer, by: token)
        let id = try #require(try stage.user("shop@north.example").retailerID)
        #expect(entered.location == "/fit/retailers/\(id)?done=saved")
        #expect(try told("/api/retailers/profile", token) == Self.retailer)
        let page = try stage.page("/fit/retailer", by: token)
        for (name, value) in Self.retailer { #expect(page.field(name) == value, "\(name)") }
        let less = Self.retailer.merging(["outlet_count": "66", "credit_days": "", "logo_url": ""]) { $1 }
        #expect(try stage.send("/fit/retailer", less, by: token).status == 303)
        #expect(try told("/api/retailers/profile", token) == less.filter { !["credit_days", "logo_url"].contains($0.key) })
        #expect(try stage.page("/fit/retailers/\(id)", by: token).text.contains("href=\"/fit/retailer\""))
    }

    @Test func `each fault stands beside its field, what was typed is kept, and nothing is changed`() throws {
        let (brand, shop) = (try stage.registered(), try stage.registered("shop@north.example", "retailer_admin"))
        let hostile = PageStage.hostile
        let wrong = try stage.send(
            "/fit/brand", ["brand_name": " ", "website_url": "javascript:alert(1)", "official_email": hostile, "designation": "a\u{1}b"],
            by: brand)
        #expect(wrong.status == 422 && wrong.text.contains("4 fields need a correction.") && !wrong.text.contains("<script>"))
        #expect(wrong.fault("brand-brand_name") == "This is missing." && wrong.field("website_url") == "javascript:alert(1)")
        #expect(wrong.fault("brand-website_url") == "This is not a link of http or https.")
        #expect(wrong.fault("brand-official_email") == "This is not an address." && wrong.fault("brand-designation") != nil)
        #expect(try stage.user().company == nil)
        for count in ["-1", "1.5", "many", "99999999999999999999", "1e3", "٣"] {
            let refused = try stage.send("/fit/retailer", ["retailer_name": "North", "outlet_count": count], by: shop)
            #expect(refused.status == 422 && refused.fault("retailer-outlet_count") == "This is not a whole number from 0.", "\(count)")
        }
        #expect(try stage.user("shop@north.example").company == nil)
        let named = try stage.send("/fit/brand", ["brand_name": hostile], by: brand)
        #expect(named.status == 303)
        #expect(
            try !stage.page("/fit/brand", by: brand).text.contains("<script>")
                && told("/api/brands/profile", brand)["brand_name"] == hostile)
    }

    @Test func `another brand's name is taken, and a second brand is refused`() throws {
        let (ines, eve) = (try stage.registered(), try stage.registered("eve@fjord.example"))
        #expect(try stage.send("/fit/brand", Self.brand, by: ines).status == 303)
        let taken = try stage.send("/fit/brand", Self.brand, by: eve)
        #expect(taken.status == 409 && taken.fault("brand-brand_name")?.hasPrefix("This is already taken") == true)
        #expect(try stage.send("/fit/brand", ["brand_name": "Fjord"], by: eve).status == 303)
        #expect(try stage.send("/fit/brand", ["brand_name": "costa VERDE"], by: eve).status == 409)
        #expect(try told("/api/brands/profile", eve) == ["brand_name": "Fjord"] && stage.ledger.brands().count == 2)
    }

    @Test func `one's own is meant, whatever the address says, and administrators keep any`() throws {
        let (ines, eve) = (try stage.registered(), try stage.registered("eve@fjord.example"))
        let (shop, other) = (
            try stage.registered("a@north.example", "retailer_admin"), try stage.registered("b@south.example", "retailer_user")
        )
        for (token, name) in [(ines, "Costa"), (eve, "Fjord")] { _ = try stage.send("/fit/brand", ["brand_name": name], by: token) }
        for (token, name) in [(shop, "North"), (other, "South")] { _ = try stage.send("/fit/retailer", ["retailer_name": name], by: token) }
        let (brand, retailer) = (try #require(try stage.user().brandID), try #require(try stage.user("a@north.example").retailerID))
        #expect(try stage.page("/fit/brand?brand=\(brand)", by: eve).field("brand_name") == "Fjord")
        #expect(try stage.page("/fit/retailer?retailer=\(retailer)", by: other).field("retailer_name") == "South")
        #expect(try stage.send("/fit/brand?brand=\(brand)", ["brand_name": "Eve's", "id": "\(brand)"], by: eve).status == 303)
        #expect(try stage.send("/fit/retailer?retailer=\(retailer)", ["retailer_name": "Mine"], by: other).status == 303)
        #expect(try stage.ledger.brand(id: brand)?.brand.name == "Costa" && stage.ledger.retailer(id: retailer)?.retailer.name == "North")
        let admin = try stage.entered("admin@house.example", .admin).token
        #expect(try stage.page("/fit/brand?brand=\(brand)", by: admin).field("brand_name") == "Costa")
        #expect(try stage.send("/fit/brand?brand=\(brand)", ["brand_name": "Costa II"], by: admin).status == 303)
        #expect(try stage.send("/fit/retailer?retailer=\(retailer)", ["retailer_name": "North II"], by: admin).status == 303)
        #expect(
            try stage.ledger.brand(id: brand)?.brand.name == "Costa II" && stage.ledger.brands().map(\.brand.name) == ["Costa II", "Eve's"])
        #expect(try stage.ledger.retailer(id: retailer)?.retailer.name == "North II")
        for path in ["/fit/retailer", "/fit/retailer?retailer=999", "/fit/retailer?retailer=x", "/fit/brand?brand=999"] {
            #expect(try stage.page(path, by: admin).status == 404, "\(path)")
        }
    }

    @Test func `what a retailer's workbook brought and the form does not show stays`() throws {
        let token = try stage.registered("shop@north.example", "retailer_admin")
        _ = try stage.send("/fit/retailer", Self.retailer, by: token)
        let id = try #require(try stage.user("shop@north.example").retailerID)
        _ = try stage.ledger.change(
            retailer: id, { $0.pictures = ["https://north.example/1.png"] }, by: Deed(actor: "anna", at: .now()))
        _ = try stage.send("/fit/retailer", Self.retailer.merging(["retailer_name": "North"]) { $1 }, by: token)
        let kept = try #require(try stage.ledger.retailer(id: id)?.retailer)
        #expect(kept.name == "North" && kept.pictures == ["https://north.example/1.png"])
    }

    @Test(arguments: [Role.brandAdmin, .brandUser, .retailerAdmin, .retailerUser, .operator, .reseller])
    func `other roles neither see the form nor send it, nor does a form of somebody else's`(role: Role) throws {
        let caller = try stage.entered("caller@house.example", role)
        for (path, isOwn, form) in [("/fit/brand", role.isOfBrand, Self.brand), ("/fit/retailer", role.isOfRetailer, Self.retailer)] {
            #expect(try stage.page(path, by: caller.token).status == (isOwn ? 200 : 403))
            #expect(try stage.send(path, form, by: caller.token, csrf: "wrong").location == "/login")
            if !isOwn { #expect(try stage.send(path, form, by: caller.token).status == 403) }
            #expect(try stage.page(path).location?.hasPrefix("/login") == true)
        }
        #expect(try stage.ledger.brands().isEmpty && stage.ledger.retailers(RetailerFilter(limit: 1)).total == 0)
    }
}
