import Accounts
import Ledger
import Testing
import Texts
import Web

@testable import Portal

/// Who is let in to which page, and that a change comes from our own form.
@Suite struct PageDoorTests {
    /// Whoever has an account has audience batches of their own.
    private static let studio: Set<String> = [
        "GET /studio", "GET /studio/{upload}", "GET /studio/{upload}/export.csv", "GET /studio/{upload}/export.xlsx",
        "POST /studio/{upload}/segments", "POST /studio/{upload}/segments/delete",
    ]
    private static let trade = studio.union([
        "GET /", "GET /docs", "GET /you", "POST /you", "GET /fit", "GET /fit/catalogue", "GET /fit/retailers/{id}",
    ])
    private static let brands = trade.union([
        "GET /fit/choose", "POST /fit/choose", "GET /fit/import", "GET /fit/brand", "POST /fit/brand",
    ])
    private static let retailers = trade.union(["GET /fit/retailer", "POST /fit/retailer"])
    private static let hosts: Set<String> = ["POST /you/invite"]
    private static let administrators: Set<String> = [
        "GET /users", "POST /users", "POST /users/switch", "POST /users/password", "GET /fit/counts", "GET /profiles/draft",
        "GET /profiles/draft/{file}", "POST /profiles/draft/{file}", "POST /resellers/{name}/permission", "POST /resellers/{name}/identity",
        "GET /fit/brand", "POST /fit/brand", "GET /fit/retailer", "POST /fit/retailer", "POST /you/invite",
    ]

    private static func open(to role: Role) -> Set<String> {
        Set(Pages.routes().filter { $0.readers.admits(role) }.map { "\($0.method.rawValue) \($0.path)" })
    }

    @Test(arguments: [Role.brandAdmin, .brandUser])
    func `a brand's people open the pages of retail fit, their own batches and none else`(role: Role) {
        #expect(Self.open(to: role) == (role == .brandAdmin ? Self.brands.union(Self.hosts) : Self.brands))
    }

    @Test(arguments: [Role.retailerAdmin, .retailerUser])
    func `a retailer's people open their page, their profile, the catalogue and their own batches`(role: Role) {
        #expect(Self.open(to: role) == (role == .retailerAdmin ? Self.retailers.union(Self.hosts) : Self.retailers))
    }

    @Test func `a reseller opens no page of retail fit`() {
        let open = Self.open(to: .reseller)
        #expect(open.allSatisfy { !$0.contains("/fit") } && open.contains("GET /batches") && open.isSuperset(of: Self.studio))
    }

    @Test func `operators open all but what administrators keep to themselves`() {
        let all = Self.open(to: .superAdmin)
        #expect(all == Self.open(to: .admin) && all.count == Pages.routes().count)
        #expect(all.subtracting(Self.open(to: .operator)) == Self.administrators)
    }

    @Test func `choices are saved for a form that we sent to this session, and for no other`() throws {
        let stage = try PortalStage()
        let token = try stage.registered()
        #expect(try stage.ask(.post, "/api/brands/create", ["brand_name": .text("Costa")], token: token).status == 200)
        let (user, gate) = (try stage.user(), stage.portal.gate)
        let brand = try #require(user.brandID)
        let stranger = try stage.entered("stranger@fjord.example", .brandUser)
        func csrf(_ user: User, _ token: String) -> String { gate.csrf(for: Caller(user: user, token: token)) }
        func save(_ csrf: String?, _ session: String?) throws -> String? {
            let body = "choice=Skin%2FMasks&do=save" + (csrf.map { "&csrf=\($0)" } ?? "")
            let cookie = session.map { "sellout_session=\($0)" }
            return try stage.ask(.post, "/fit/choose", body: Array(body.utf8), cookie: cookie).headers.first { $0.name == "Location" }?
                .value
        }
        let good = csrf(user, token)
        for (csrf, session) in [(nil, token), ("", token), ("wrong", token), (csrf(stranger.user, stranger.token), token), (good, nil)] {
            #expect(try save(csrf, session)?.hasPrefix("/login") == true, "\(csrf ?? "none")")
            #expect(try stage.ledger.choices(ofBrand: brand).isEmpty)
        }
        #expect(try save(good, token) == "/fit/choose?done=chosen")
        #expect(try stage.ledger.choices(ofBrand: brand).count == 1)
    }
}
