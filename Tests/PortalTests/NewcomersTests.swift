import Accounts
import Batches
import Ledger
import Testing
import Texts

@testable import Portal

/// People who have no session: accounts that they open, and links by which they set a password.
@Suite struct NewcomersTests {
    private let stage: PortalStage

    init() throws { stage = try PortalStage() }

    @Test(arguments: [
        ("brand_admin", "brand_admin"), ("BRAND_USER", "brand_user"), ("Retailer_Admin", "retailer_admin"),
        ("retailer_user", "retailer_user"),
    ])
    func `who registers has a session at once, and may sign in`(written: String, role: String) throws {
        let answer = try stage.ask(.post, "/api/auth/register", PortalStage.registration("Ines@Costa.example", written))
        #expect(answer.status == 200 && answer.message == "User registered successfully")
        #expect(answer.data["user"]?["email"]?.text == "ines@costa.example" && answer.data["user"]?["role"]?.text == role)
        let profile = try stage.ask(.get, "/api/users/profile", token: answer.data["token"]?.text)
        #expect(profile.status == 200 && profile.data["company_id"] == .null && profile.data["phone"] == .null)
        #expect(try stage.signsIn("ines@costa.example", "tide-and-salt"))
    }

    @Test(arguments: ["super_admin", "admin", "operator", "reseller", "king", "", "ADMIN"])
    func `no other role is open to self-registration`(role: String) throws {
        let answer = try stage.ask(.post, "/api/auth/register", PortalStage.registration("x@costa.example", role))
        #expect(
            answer.text
                == #"{"success":false,"error":{"code":"VALIDATION_ERROR","message":"Invalid input data","details":{"role":"not open to self-registration"}}}"#
                + "\n")
        #expect(answer.status == 400)
        #expect(try stage.ledger.users(UserFilter()).isEmpty)
    }

    @Test func `each field that is wrong is named, and nobody is entered`() throws {
        let answer = try stage.ask(
            .post, "/api/auth/register", ["email": .text("ines@costa@example"), "password": .text("7 chars"), "first_name": .text("  ")])
        #expect(answer.status == 400 && Set(answer.details.keys) == ["email", "password", "role", "first_name", "last_name"])
        #expect(answer.details["email"] == "not an address" && answer.details["role"] == "missing")
        for body in ["", "{", "[]", "7", #"{"email":7,"password":null,"role":[],"first_name":{},"last_name":true,"phone":1}"#] {
            let answer = try stage.ask(.post, "/api/auth/register", body: Array(body.utf8))
            #expect(answer.status == 400 && answer.code == "VALIDATION_ERROR" && !answer.details.isEmpty, "\(body)")
        }
        #expect(try stage.ledger.users(UserFilter()).isEmpty)
    }

    @Test func `an address is taken once, however it is written, by whoever has it`() throws {
        _ = try stage.registered()
        _ = try stage.entered("root@house.example", .superAdmin, tenant: "elsewhere")
        for email in ["ines@costa.example", "INES@costa.EXAMPLE", "root@house.example"] {
            let answer = try stage.ask(.post, "/api/auth/register", PortalStage.registration(email))
            #expect(answer.status == 409 && answer.code == "DUPLICATE_ERROR" && answer.message == "Already taken")
        }
    }

    @Test func `a password of eight characters is taken, however many bytes they are`() throws {
        #expect(try stage.ask(.post, "/api/auth/register", PortalStage.registration(password: "ééééééé")).details.keys.contains("password"))
        #expect(try stage.ask(.post, "/api/auth/register", PortalStage.registration(password: "éééééééé")).status == 200)
    }

    @Test func `who registers too often hears to slow down, and somebody else does not`() throws {
        _ = try stage.registered()
        // Taken ones too: otherwise anybody could try out who is here.
        for _ in 0..<30 { _ = try stage.ask(.post, "/api/auth/register", PortalStage.registration()) }
        let answer = try stage.ask(.post, "/api/auth/register", PortalStage.registration())
        #expect(answer.status == 429 && answer.message == "Slow down" && answer.headers.contains { $0.name == "Retry-After" })
        #expect(try stage.ask(.post, "/api/auth/register", PortalStage.registration(), from: "192.0.2.2").status == 409)
    }

    @Test func `a forgotten password is set by the link in the mail, once`() throws {
        let session = try stage.registered()
        let asked = try stage.ask(.post, "/api/auth/forgot-password", ["email": .text("Ines@costa.example")])
        #expect(asked.status == 200 && asked.message == "If the address is known, a message is on its way")
        let token = try stage.onlyLink(to: "ines@costa.example")
        #expect(try stage.reset(token, "short").details.keys.sorted() == ["password"])
        let done = try stage.reset(token)
        #expect(done.status == 200 && done.text == #"{"success":true,"message":"Password changed"}"# + "\n")
        #expect(try stage.signsIn("ines@costa.example", "new-tide-and-salt") && !stage.signsIn("ines@costa.example", "tide-and-salt"))
        #expect(try stage.ask(.get, "/api/users/profile", token: session).status == 401)
        let again = try stage.reset(token, "another-password")
        #expect(again.status == 400 && again.message == "Invalid input data" && again.details.keys.sorted() == ["token"])
        #expect(try stage.signsIn("ines@costa.example", "new-tide-and-salt"))
        for line in try stage.ledger.audit(AuditFilter()) { #expect(!line.reason.contains(token)) }
        #expect(stage.said.all.allSatisfy { !$0.contains(token) })
    }

    @Test func `unknown, switched off, a program, of another tenant: the same answer, and no mail`() throws {
        _ = try stage.registered()
        _ = try stage.entered("robot@house.example", .operator)
        _ = try stage.registered("gone@costa.example")
        _ = try stage.ledger.change(
            user: try stage.user("gone@costa.example").id, [.isActive(false)], by: Deed(actor: "anna", at: .now()))
        let strangers = NewUser(email: try stage.address("far@costa.example"), role: .brandUser, tenant: "elsewhere")
        _ = try stage.ledger.enter(strangers, passwordHash: "x", by: Deed(actor: "anna", at: .now()))
        let emails = ["ines@costa.example", "nobody@costa.example", "gone@costa.example", "robot@house.example", "far@costa.example"]
        let answers = try emails.map { try stage.ask(.post, "/api/auth/forgot-password", ["email": .text($0)]) }
        #expect(Set(answers.map(\.text)).count == 1 && answers.allSatisfy { $0.status == 200 && $0.headers.isEmpty })
        for email in emails { #expect(try stage.links(to: email).count == (email == "ines@costa.example" ? 1 : 0)) }
    }

    /// There is no ledger any more, and the answer comes all the same: so it cannot depend on what the ledger would say.
    @Test func `the answer to a forgotten password is made without a look into the ledger`() throws {
        stage.portal.books.close()
        try stage.takeLedgerAway()
        for email in ["ines@costa.example", "nobody@costa.example"] {
            #expect(try stage.ask(.post, "/api/auth/forgot-password", ["email": .text(email)]).status == 200)
        }
        stage.portal.postman.finish(within: .seconds(10))
        #expect(stage.said.all.count == 2 && stage.said.all.allSatisfy { $0.hasPrefix("A letter was not written.") && !$0.contains("@") })
    }

    @Test func `a mailbox is not filled, and the pause is the same where nobody has the address`() throws {
        _ = try stage.registered()
        for email in ["ines@costa.example", "nobody@costa.example"] {
            let statuses = try (0..<8).map { number in
                try stage.ask(.post, "/api/auth/forgot-password", ["email": .text(email)], from: "192.0.3.\(number)").status
            }
            #expect(statuses == [200, 200, 200, 200, 200, 200, 429, 429])
        }
    }

    @Test func `tokens that are none are told, and whoever goes on trying has to stay away`() throws {
        for token in ["", "r9Xk2", String(repeating: "A", count: 43), "x\0y"] {
            let answer = try stage.reset(token)
            #expect(answer.status == 400 && answer.details.keys.sorted() == ["token"])
        }
        var statuses: Set<Int> = []
        for _ in 0..<400 { statuses.insert(try stage.reset(String(repeating: "A", count: 43)).status) }
        #expect(statuses == [400, 429])
    }
}
