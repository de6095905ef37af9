import Accounts
import Batches
import Ledger
import Testing
import Web

@testable import Portal

/// Somebody's own page: what is said of them, and whom they work with.
@Suite struct YouPageTests {
    private let stage: PortalStage

    init() throws { stage = try PortalStage() }

    private static let rui = ["email": "rui@costa.example", "first_name": "Rui", "last_name": "Alves", "role": "brand_user"]

    /// Somebody of a brand that they have entered.
    private func host(_ name: String = "Verde", _ email: String = "ines@costa.example", _ role: String = "brand_admin") throws -> String {
        let token = try stage.registered(email, role)
        #expect(try stage.ask(.post, "/api/brands/create", ["brand_name": .text(name)], token: token).status == 200)
        return token
    }

    @Test func `names and telephone are changed, and a telephone number that was cleared goes`() throws {
        let token = try stage.registered()
        let form = ["first_name": " Inês  Maria ", "last_name": PageStage.hostile, "phone": "+351 21"]
        let refused = try stage.send("/you", form, by: token)
        #expect(refused.status == 422 && refused.fault("own-last_name") != nil && !refused.text.contains("<script>"))
        #expect(refused.field("phone") == "+351 21")
        #expect(try stage.user().phone == nil)
        let saved = try stage.send("/you", form.merging(["last_name": "<Costa>"]) { $1 }, by: token)
        #expect(saved.status == 303 && saved.location == "/you?done=saved")
        #expect(try stage.user().firstName == "Inês Maria" && stage.user().phone == "+351 21")
        #expect(try stage.page("/you", by: token).text.contains("Inês Maria &lt;Costa&gt;"))
        let empty = try stage.send("/you", ["first_name": "Ines", "last_name": " "], by: token)
        #expect(empty.fault("own-last_name") == "This is missing.")
        #expect(try stage.send("/you", ["first_name": "Ines", "last_name": "Costa", "phone": ""], by: token).status == 303)
        #expect(try stage.user().phone == nil)
    }

    @Test func `nothing but names and telephone is changed by a form made by hand`() throws {
        let (token, other) = (try stage.registered(), try stage.registered("eve@fjord.example"))
        let before = try stage.user("eve@fjord.example")
        let form = [
            "first_name": "I", "last_name": "C", "role": "super_admin", "email": "eve@fjord.example", "company_id": "1",
            "is_active": "false",
            "password": "mine",
        ]
        #expect(try stage.send("/you", form, by: token).status == 303)
        #expect(try stage.user().role == .brandAdmin && stage.user().company == nil && stage.user("eve@fjord.example") == before)
        #expect(try stage.page("/you", by: other).status == 200 && stage.signsIn("ines@costa.example", "tide-and-salt"))
    }

    @Test func `who is invited waits, comes by the mail, and is a colleague then`() throws {
        let token = try host()
        let sent = try stage.send("/you/invite", Self.rui, by: token)
        #expect(sent.status == 303 && sent.location == "/you?done=asked")
        let waiting = try stage.page("/you", by: token).text
        #expect(waiting.contains("rui@costa.example") && waiting.contains("invited, until"))
        #expect(try stage.send("/you/invite", Self.rui, by: token).fault("guest-email")?.hasPrefix("This is already taken") == true)
        #expect(try stage.reset(try stage.onlyLink(to: "rui@costa.example")).status == 200)
        let there = try stage.page("/you", by: token).text
        #expect(!there.contains("invited") && !there.contains("switched off") && there.matches(of: /may sign in/).count == 2)
        let rui = try stage.user("rui@costa.example")
        #expect(rui.company == (try stage.user().company) && rui.role == .brandUser)
        _ = try stage.ledger.change(user: rui.id, [.isActive(false)], by: Deed(actor: "anna", at: .now()))
        #expect(try stage.page("/you", by: token).text.contains("switched off"))
    }

    @Test func `one sees one's own company, and invites into it alone`() throws {
        let (ines, eve) = (try host(), try host("Fjord", "eve@fjord.example"))
        #expect(try stage.send("/you/invite", Self.rui.merging(["company_id": "2"]) { $1 }, by: ines).status == 303)
        let seen = try stage.page("/you", by: eve).text
        #expect(seen.contains("eve@fjord.example") && !seen.contains("costa.example") && !seen.contains("Verde"))
        #expect(try stage.user("rui@costa.example").company == stage.user().company)
    }

    @Test(arguments: ["retailer_user", "retailer_admin", "admin", "super_admin", "operator", "reseller", "king", ""])
    func `nobody is invited into a role that is not the host's to give`(role: String) throws {
        let token = try host()
        let refused = try stage.send("/you/invite", Self.rui.merging(["role": role]) { $1 }, by: token)
        #expect(
            refused.status == 422 && refused.fault("guest-role") != nil && refused.field("email") == "rui@costa.example")
        #expect(try stage.ledger.users(UserFilter()).count == 1 && stage.links(to: "rui@costa.example").isEmpty)
    }

    @Test func `an administrator invites no chief administrator`() throws {
        let admin = try stage.entered("admin@house.example", .admin)
        let offered = try stage.page("/you", by: admin.token).text.matches(of: /<option value="([a-z_]+)"/).map { String($0.output.1) }
        #expect(offered == ["retailer_user", "retailer_admin", "brand_user", "brand_admin", "operator", "admin"])
        let refused = try stage.send("/you/invite", Self.rui.merging(["role": "super_admin"]) { $1 }, by: admin.token)
        #expect(refused.status == 403)
        #expect(try stage.ledger.users(UserFilter()).count == 1 && stage.links(to: "rui@costa.example").isEmpty)
    }

    @Test(arguments: [Role.brandUser, .retailerUser, .operator, .reseller])
    func `who may not invite sees no colleagues and sends nobody anything`(role: Role) throws {
        let company = role.companyType.map { Company(id: 6, type: $0) }
        _ = try stage.entered("friend@costa.example", role, company: company)
        let caller = try stage.entered("caller@costa.example", role, company: company)
        let page = try stage.page("/you", by: caller.token)
        #expect(page.status == 200 && !page.text.contains("friend@costa.example") && !page.text.contains("/you/invite"))
        #expect(try stage.send("/you/invite", Self.rui, by: caller.token).status == 403)
        #expect(try stage.links(to: "rui@costa.example").isEmpty)
    }

    @Test func `without a company nobody is invited, and the page says what to do first`() throws {
        let token = try stage.registered()
        let page = try stage.page("/you", by: token)
        #expect(page.text.contains("href=\"/fit/brand\"") && !page.text.contains("/you/invite"))
        #expect(try stage.send("/you/invite", Self.rui, by: token).status == 422)
        #expect(try stage.links(to: "rui@costa.example").isEmpty)
    }

    @Test func `a form of somebody else's changes nothing and invites nobody`() throws {
        let (token, eve) = (try host(), try host("Fjord", "eve@fjord.example"))
        let caller = try #require(try stage.portal.gate.caller(token: eve))
        for csrf in ["", "wrong", stage.portal.gate.csrf(for: caller)] {
            for (path, form) in [("/you", ["first_name": "X", "last_name": "Y"]), ("/you/invite", Self.rui)] {
                #expect(try stage.send(path, form, by: token, csrf: csrf).location?.hasPrefix("/login") == true)
            }
        }
        #expect(try stage.user().firstName == "Ines" && stage.links(to: "rui@costa.example").isEmpty)
        #expect(try stage.page("/you").location?.hasPrefix("/login") == true)
    }
}
