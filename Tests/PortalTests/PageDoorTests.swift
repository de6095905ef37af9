import Accounts
import Batches
import Folders
import Ledger
import Operations
import Testing
import Web

@testable import Portal

/// Who is let in to which page, and that a change comes from our own form.
@Suite struct PageDoorTests {
    private static let trade: Set<String> = ["GET /", "GET /docs", "GET /fit", "GET /fit/catalogue", "GET /fit/retailers/{id}"]
    private static let brands = trade.union(["GET /fit/choose", "POST /fit/choose", "GET /fit/import"])
    private static let administrators: Set<String> = [
        "GET /users", "POST /users", "POST /users/switch", "POST /users/password", "GET /fit/counts", "GET /profiles/draft",
        "GET /profiles/draft/{file}", "POST /profiles/draft/{file}", "POST /resellers/{name}/permission", "POST /resellers/{name}/identity",
    ]

    private static func open(to role: Role) -> Set<String> {
        Set(Pages.routes().filter { $0.audience.admits(role) }.map { "\($0.method.rawValue) \($0.path)" })
    }

    @Test(arguments: [Role.brandAdmin, .brandUser])
    func `a brand's people open the pages of retail fit and none else`(role: Role) {
        #expect(Self.open(to: role) == Self.brands)
    }

    @Test(arguments: [Role.retailerAdmin, .retailerUser])
    func `a retailer's people open their page and the catalogue`(role: Role) {
        #expect(Self.open(to: role) == Self.trade)
    }

    @Test func `a reseller opens no page of retail fit`() {
        let open = Self.open(to: .reseller)
        #expect(open.allSatisfy { !$0.contains("/fit") } && open.contains("GET /batches"))
    }

    @Test func `operators open all but what administrators keep to themselves`() {
        let all = Self.open(to: .superAdmin)
        #expect(all == Self.open(to: .admin) && all.count == Pages.routes().count)
        #expect(all.subtracting(Self.open(to: .operator)) == Self.administrators)
    }

    @Test func `choices are saved for a form that we sent to this session, and for no other`() throws {
        let stage = try PageStage()
        let market = try stage.market()
        let tokens = Tokens(key: try TokenKey(path: stage.folder + "/web.key"))
        let portal = try portal(stage, tokens)
        let route = try #require(Pages.routes().first { $0.method == .post && $0.path == "/fit/choose" })
        let email = try #require(EmailAddress("first@brands.example"))
        let user = try #require(try stage.ledger.user(email: email))
        let (session, another) = (
            tokens.issue(for: user, at: .now()), tokens.issue(for: user, at: Timestamp(milliseconds: Timestamp.now().milliseconds - 60_000))
        )
        func save(_ csrf: String?, session: String?) -> Response {
            let body = "choice=Skin%2FMasks&do=save" + (csrf.map { "&csrf=\($0)" } ?? "")
            let cookie = session.map { [Header("cookie", "sellout_session=\($0)")] } ?? []
            return portal.answer(
                Request(method: .post, path: "/fit/choose", headers: cookie, body: Array(body.utf8), client: "127.0.0.1"), with: route)
        }
        func place(_ response: Response) -> String? { response.headers.first { $0.name == "Location" }?.value }
        let good = tokens.csrf(for: session)
        for (csrf, session) in [(nil, session), ("", session), ("wrong", session), (tokens.csrf(for: another), session), (good, nil)] {
            #expect(place(save(csrf, session: session))?.hasPrefix("/login") == true, "\(csrf ?? "none")")
            #expect(try stage.ledger.choices(ofBrand: market.brand).isEmpty)
        }
        #expect(place(save(good, session: session)) == "/fit/choose?done=chosen")
        #expect(try stage.ledger.choices(ofBrand: market.brand).count == 1)
    }

    private func portal(_ stage: PageStage, _ tokens: Tokens) throws -> Portal {
        let books = Books(ledger: stage.folder + "/ledger.db") { PageStage.terms }
        let folder = stage.folder
        let gate = Gate(tokens: tokens, books: books, signIn: try SignIn(), requestsPerMinute: 600)
        return Portal(
            settings: Portal.Settings(), books: books, drops: try DropFolder(root: stage.folder), gate: gate,
            daemon: DaemonLine(socket: stage.folder + "/no.sock"), tally: RouteTally(), passwords: nil,
            folder: { ProfileFolder(path: folder) })
    }
}
