import Accounts
import Batches
import Ledger
import Testing
import Texts
import Web

@testable import Portal

/// Profiles, colleagues, invitations, and who is switched off.
@Suite struct PeopleTests {
    private let stage: PortalStage
    private static let costa = Company(id: 6, type: "brand")

    init() throws { stage = try PortalStage() }

    private func invitation(_ email: String = "rui@costa.example", _ role: String = "brand_user") -> JSONValue {
        ["email": .text(email), "role": .text(role), "first_name": .text("Rui"), "last_name": .text("Alves")]
    }

    private func emails(_ answer: Answered) -> [String] { (answer.data.items ?? []).compactMap { $0["email"]?.text } }

    private func status(_ id: Int64, _ isActive: Bool, _ token: String) throws -> Answered {
        try stage.ask(.put, "/api/admin/users/\(id)/status", ["is_active": .bool(isActive)], token: token)
    }

    @Test func `a profile is changed field by field, and shown as it is then`() throws {
        let token = try stage.registered()
        let changed = try stage.ask(.put, "/api/users/profile", ["phone": .text("+351210000000"), "role": .text("admin")], token: token)
        #expect(changed.status == 200 && changed.message == "Saved" && changed.data["phone"]?.text == "+351210000000")
        #expect(changed.data["role"]?.text == "brand_admin" && changed.data["first_name"]?.text == "Ines")
        _ = try stage.ask(.put, "/api/users/profile", ["first_name": .text("Inês"), "phone": .text("")], token: token)
        let profile = try stage.ask(.get, "/api/users/profile", token: token)
        let id = try stage.user().id
        #expect(
            profile.text
                == #"{"success":true,"data":{"id":\#(id),"email":"ines@costa.example","role":"brand_admin","first_name":"Inês","#
                + #""last_name":"Costa","phone":null,"company_id":null,"company_type":null}}"# + "\n")
        let wrong = try stage.ask(
            .put, "/api/users/profile", ["first_name": .text(" "), "last_name": .number(7), "phone": .text("1\n2\u{202E}")], token: token)
        #expect(wrong.status == 400 && wrong.details.keys.sorted() == ["first_name", "last_name", "phone"])
        #expect(try stage.ask(.put, "/api/users/profile", body: Array("{".utf8), token: token).details.keys.sorted() == ["body"])
        #expect(try stage.ask(.put, "/api/users/profile", [:], token: token).status == 200)
    }

    @Test func `a brand's people see their own company, and nobody of another one`() throws {
        let ines = try stage.entered("ines@costa.example", .brandAdmin, company: Self.costa)
        _ = try stage.entered("rui@costa.example", .brandUser, company: Self.costa)
        _ = try stage.entered("shop@six.example", .retailerUser, company: Company(id: 6, type: "retailer"))
        _ = try stage.entered("free@costa.example", .brandUser)
        _ = try stage.entered("far@costa.example", .brandUser, tenant: "elsewhere", company: Self.costa)
        let seen = try stage.ask(.get, "/api/users/company-users", token: ines.token)
        #expect(seen.status == 200 && emails(seen) == ["ines@costa.example", "rui@costa.example"])
        #expect(seen.data.items?.first?["is_active"] == .bool(true))
        let alone = try stage.entered("alone@boots.example", .retailerAdmin)
        #expect(try emails(stage.ask(.get, "/api/users/company-users", token: alone.token)).isEmpty)
        let admin = try stage.entered("admin@house.example", .admin)
        #expect(try emails(stage.ask(.get, "/api/users/company-users", token: admin.token)) == ["admin@house.example"])
    }

    @Test func `who is invited belongs to the company, and comes in by the link in the mail`() throws {
        let ines = try stage.entered("ines@costa.example", .brandAdmin, company: Self.costa)
        let answer = try stage.ask(.post, "/api/users/invite", invitation(), token: ines.token)
        #expect(answer.status == 200 && answer.message == "Invitation sent" && answer.data["is_active"] == .bool(false))
        #expect(try stage.user("rui@costa.example").company == Self.costa)
        let token = try stage.onlyLink(to: "rui@costa.example")
        #expect(try stage.ask(.post, "/api/users/invite", invitation(), token: ines.token).code == "DUPLICATE_ERROR")
        #expect(try stage.reset(token).status == 200 && stage.signsIn("rui@costa.example", "new-tide-and-salt"))
        #expect(try stage.user("rui@costa.example").isActive && stage.reset(token).status == 400)
    }

    @Test func `one invites into one's own trade, once one has a company`() throws {
        let ines = try stage.entered("ines@costa.example", .brandAdmin, company: Self.costa)
        let shop = try stage.entered("shop@six.example", .retailerAdmin, company: Company(id: 6, type: "retailer"))
        let alone = try stage.entered("alone@costa.example", .brandAdmin)
        for role in ["retailer_user", "admin", "super_admin", "operator", "reseller", "king"] {
            let answer = try stage.ask(.post, "/api/users/invite", invitation("x@costa.example", role), token: ines.token)
            #expect(answer.status == 400 && answer.details.keys.sorted() == ["role"], "\(role)")
        }
        #expect(try stage.ask(.post, "/api/users/invite", invitation(), token: shop.token).details.keys.sorted() == ["role"])
        let homeless = try stage.ask(.post, "/api/users/invite", invitation(), token: alone.token)
        #expect(homeless.status == 400 && homeless.details.keys.sorted() == ["company_id"])
        #expect(try stage.links(to: "rui@costa.example").isEmpty && stage.links(to: "x@costa.example").isEmpty)
    }

    @Test func `administrators invite whom they may govern, and send no mail where they may not`() throws {
        let (admin, root) = (try stage.entered("admin@house.example", .admin), try stage.entered("root@house.example", .superAdmin))
        #expect(try stage.ask(.post, "/api/users/invite", invitation("o@house.example", "Operator"), token: admin.token).status == 200)
        #expect(try stage.ask(.post, "/api/users/invite", invitation("s@house.example", "super_admin"), token: admin.token).status == 403)
        #expect(try stage.ask(.post, "/api/users/invite", invitation("s@house.example", "super_admin"), token: root.token).status == 200)
        #expect(try stage.ask(.post, "/api/users/invite", invitation("r@house.example", "reseller"), token: root.token).status == 400)
        #expect(try stage.links(to: "s@house.example").count == 1)
    }

    @Test func `an administrator's list is of the own tenant, whole`() throws {
        let admin = try stage.entered("admin@house.example", .admin)
        _ = try stage.entered("far@costa.example", .brandUser, tenant: "elsewhere")
        for number in 0..<1100 { _ = try stage.entered("user\(number)@costa.example", .brandUser) }
        #expect(try emails(stage.ask(.get, "/api/admin/users", token: admin.token)).count == 1101)
    }

    @Test func `who is switched off is out with the next request, and comes back when switched on`() throws {
        let token = try stage.registered()
        let admin = try stage.entered("admin@house.example", .admin)
        let id = try stage.user().id
        let off = try status(id, false, admin.token)
        #expect(off.status == 200 && off.message == "Saved" && off.data["is_active"] == .bool(false))
        #expect(try stage.ask(.get, "/api/users/profile", token: token).status == 401)
        #expect(try status(id, true, admin.token).data["is_active"] == .bool(true) && stage.signsIn("ines@costa.example", "tide-and-salt"))
        let wrong = try stage.ask(.put, "/api/admin/users/\(id)/status", ["is_active": .text("false")], token: admin.token)
        #expect(wrong.status == 400 && wrong.details.keys.sorted() == ["is_active"])
    }

    @Test func `nobody switches themselves off, nor an administrator a chief one, nor anybody somebody of another tenant`() throws {
        let (admin, root) = (try stage.entered("admin@house.example", .admin), try stage.entered("root@house.example", .superAdmin))
        let far = try stage.entered("far@house.example", .brandUser, tenant: "elsewhere")
        #expect(try status(admin.user.id, false, admin.token).details.keys.sorted() == ["is_active"])
        #expect(try status(root.user.id, false, admin.token).status == 403 && status(far.user.id, false, root.token).status == 404)
        for id in ["0", "x", "-1", "+1", "99999999999999999999", "1.0", "%00"] {
            let answer = try stage.ask(.put, "/api/admin/users/\(id)/status", ["is_active": .bool(false)], token: root.token)
            #expect(answer.status == 404 && answer.message == "Nothing here", "\(id)")
        }
        #expect(try [admin.user, root.user, far.user].allSatisfy { try stage.ledger.user(id: $0.id)?.isActive == true })
        #expect(try status(admin.user.id, false, root.token).status == 200)
    }

    /// The roles of the contract, each asked.
    @Test(arguments: Role.allCases)
    func `each operation is for the roles that the contract names, and for nobody without a token`(role: Role) throws {
        let caller = try stage.entered("caller@house.example", role, company: role.companyType.map { Company(id: 6, type: $0) })
        let stranger = try stage.entered("stranger@house.example", role, tenant: "elsewhere")
        for operation in ContractTests.operations where People.endpoints.contains(where: { $0.id == operation.id }) {
            let method = try #require(Request.Method(rawValue: operation.method))
            let path = operation.path.replacing("{id}", with: "999")
            let status = try stage.ask(method, path, [:], token: caller.token).status
            let isFor = operation.roles.isEmpty || operation.roles.contains(role.rawValue)
            #expect((status == 403) == !isFor && status != 401, "\(operation) as \(role): \(status)")
            #expect(try stage.ask(method, path, [:]).status == 401)
            #expect(try stage.ask(method, path, [:], token: stranger.token).status == (operation.roles.isEmpty ? 401 : 403))
        }
    }
}
