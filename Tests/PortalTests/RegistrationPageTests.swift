import Accounts
import Ledger
import Testing
import Web

@testable import Portal

/// The page on which people open an account.
@Suite struct RegistrationPageTests {
    private let stage: PortalStage
    private static let good = [
        "email": "ines@costa.example", "password": "tide-and-salt", "password_again": "tide-and-salt", "role": "brand_admin",
        "first_name": "Ines", "last_name": "Costa",
    ]

    init() throws { stage = try PortalStage() }

    /// As somebody fills it in who has just opened the page.
    private func sent(_ changes: [String: String] = [:], from client: String = "192.0.2.1") throws -> Answered {
        let page = try stage.page("/register")
        let (visit, csrf) = (try #require(page.cookie("sellout_visit")), try #require(page.field("csrf")))
        let body = PortalStage.body(Self.good.merging(changes) { $1 }, csrf)
        return try stage.ask(.post, "/register", body: body, cookie: "sellout_visit=\(visit)", from: client)
    }

    private var users: [User] { get throws { try stage.ledger.users(UserFilter()) } }

    @Test(arguments: ["brand_admin", "brand_user", "retailer_admin", "retailer_user"])
    func `who registers is signed in, and may sign in again`(role: String) throws {
        #expect(try stage.page("/login").text.contains("href=\"/register\""))
        let answer = try sent(["role": role])
        #expect(answer.status == 303 && answer.location == "/")
        let token = try #require(answer.cookie("sellout_session"))
        #expect(try stage.page("/you", by: token).text.contains("Ines Costa") && stage.user().role.rawValue == role)
        #expect(try stage.signsIn("ines@costa.example", "tide-and-salt") && stage.page("/register", by: token).location == "/")
    }

    @Test(arguments: ["super_admin", "admin", "operator", "reseller", "king", ""])
    func `no other role is open, whatever a form made by hand says`(role: String) throws {
        let answer = try sent(["role": role])
        #expect(answer.status == 422 && answer.fault("new-role") != nil && answer.cookie("sellout_session") == nil)
        #expect(try users.isEmpty)
    }

    @Test func `each fault stands beside its field, what was typed is kept, the password is not`() throws {
        let answer = try sent([
            "email": "ines@costa@\(PageStage.hostile)", "password": "7 chars", "first_name": PageStage.hostile, "last_name": "   ",
        ])
        #expect(answer.status == 422 && answer.text.contains("5 fields need a correction."))
        #expect(answer.fault("new-email") == "This is not an address." && answer.fault("new-last_name") == "This is missing.")
        #expect(answer.fault("new-password") == "This is shorter than 8 characters.")
        #expect(answer.fault("new-password_again") == "This is another password than the first.")
        #expect(!answer.text.contains("<script>") && answer.field("first_name")?.hasPrefix("&lt;script&gt;") == true)
        #expect(answer.field("password")?.isEmpty == true && !answer.text.contains("7 chars"))
        #expect(try users.isEmpty)
    }

    @Test func `a password is taken as it was typed, blanks and all`() throws {
        #expect(try sent(["password": " tide salt ", "password_again": " tide salt "]).status == 303)
        #expect(try stage.signsIn("ines@costa.example", " tide salt ") && !stage.signsIn("ines@costa.example", "tide salt"))
    }

    @Test func `an address that is taken is told as the interface tells it, and nobody is signed in`() throws {
        _ = try stage.registered()
        let answer = try sent(["email": "INES@costa.example", "first_name": "Eve"])
        #expect(answer.status == 409 && answer.fault("new-email")?.hasPrefix("This is already taken.") == true)
        #expect(answer.cookie("sellout_session") == nil && answer.field("first_name") == "Eve")
        #expect(try users.count == 1 && stage.user().firstName == "Ines")
    }

    @Test func `a form without the token of its visit opens no account`() throws {
        let page = try stage.page("/register")
        let (visit, csrf) = (try #require(page.cookie("sellout_visit")), try #require(page.field("csrf")))
        let other = try #require(try stage.page("/register").field("csrf"))
        for (visit, csrf) in [(visit, nil), (visit, ""), (visit, "wrong"), (visit, other), (nil, csrf)] {
            let body = PortalStage.body(Self.good, csrf)
            let answer = try stage.ask(.post, "/register", body: body, cookie: visit.map { "sellout_visit=\($0)" })
            #expect(answer.status == 401 && answer.cookie("sellout_session") == nil && answer.field("email") == "ines@costa.example")
        }
        #expect(try users.isEmpty)
    }

    @Test func `the page and the interface count as one, and whoever comes too often hears to wait`() throws {
        for _ in 0..<15 { _ = try stage.ask(.post, "/api/auth/register", PortalStage.registration()) }
        for _ in 0..<16 { _ = try sent() }
        let answer = try sent()
        #expect(answer.status == 429 && answer.text.contains("Too many attempts") && answer.headers.contains { $0.name == "Retry-After" })
        #expect(try sent(from: "192.0.2.2").status == 409)
    }
}
