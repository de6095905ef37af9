import Accounts
import Ledger
import Operations
import Sellout
import Testing

@testable import Portal

/// Who may make and change whose account.
@Suite struct UsersPageTests {
    private let stage: PageStage
    private let sources: PageSources

    init() throws {
        stage = try PageStage()
        sources = PageSources(passwords: try Passwords())
    }

    private func desk(_ role: Role) -> PageDesk { stage.desk(role, sources: sources) }

    private func made(_ role: String, by caller: Role) throws -> SeenPage {
        let form = [("email", "new@example.org"), ("role", role), ("password", "salt and tide and salt")]
        return try PageStage.ask("/users", .post, form: form, desk: desk(caller))
    }

    private func user(_ email: String) throws -> User? { try stage.ledger.user(email: try #require(EmailAddress(email))) }

    private func password() throws -> String? {
        try stage.ledger.credentials(email: try #require(EmailAddress("new@example.org")))?.passwordHash
    }

    @Test func `an administrator is not offered the chief administrator's role, who has it is`() throws {
        let option = "<option value=\"super_admin\">"
        #expect(try !PageStage.ask("/users", desk: desk(.admin)).text.contains(option))
        #expect(try PageStage.ask("/users", desk: desk(.superAdmin)).text.contains(option))
    }

    @Test(arguments: ["super_admin", "SUPER_ADMIN"])
    func `a form made by hand makes no chief administrator for an administrator`(role: String) throws {
        let refused = try made(role, by: .admin)
        #expect(refused.status == 409 && refused.text.contains("Only a chief administrator"))
        #expect(try user("new@example.org") == nil)
    }

    @Test func `each makes accounts up to their own role`() throws {
        #expect(try made("admin", by: .admin).status == 303)
        #expect(try user("new@example.org")?.role == .admin)
    }

    @Test func `an administrator neither switches a chief administrator off nor sets their password`() throws {
        #expect(try made("super_admin", by: .superAdmin).status == 303)
        let before = try password()
        let page = try PageStage.ask("/users", desk: desk(.admin)).text
        #expect(page.contains("kept by chief administrators") && !page.contains("Switch new@example.org off"))
        let email = ("email", "new@example.org")
        let off = try PageStage.ask("/users/switch", .post, form: [email, ("on", "no"), ("reason", "mine now")], desk: desk(.admin))
        let set = try PageStage.ask("/users/password", .post, form: [email, ("password", "now it is mine, all")], desk: desk(.admin))
        #expect(off.status == 409 && set.status == 409)
        #expect(try user("new@example.org")?.isActive == true)
        #expect(try before != nil && password() == before)
    }

    @Test func `a chief administrator may do both`() throws {
        #expect(try made("super_admin", by: .superAdmin).status == 303)
        let page = try PageStage.ask("/users", desk: desk(.superAdmin)).text
        #expect(page.contains("Switch new@example.org off"))
        let form = [("email", "new@example.org"), ("on", "no"), ("reason", "left us")]
        #expect(try PageStage.ask("/users/switch", .post, form: form, desk: desk(.superAdmin)).status == 303)
        #expect(try user("new@example.org")?.isActive == false)
    }
}
