import Accounts
import Batches
import Ledger
import Testing

@testable import Portal

/// What an administrator may do on the page of users.
@Suite struct GoverningTests {
    private let stage: PageStage

    init() throws { stage = try PageStage() }

    private func entered(_ email: String, _ role: Role) throws -> User {
        let address = try #require(EmailAddress(email))
        return try stage.ledger.enter(
            NewUser(email: address, role: role, tenant: "bibbi"), passwordHash: nil, by: Deed(actor: "anna", at: PageStage.moment))
    }

    @Test func `a chief administrator's account is changed by another one only`() throws {
        let root = try entered("root@house.example", .superAdmin)
        let form = [("email", root.email), ("on", "no"), ("reason", "gone")]
        let refused = try PageStage.ask("/users/switch", .post, form: form, desk: stage.desk(.admin))
        #expect(try refused.status == 409 && stage.ledger.user(id: root.id)?.isActive == true)
        #expect(try PageStage.ask("/users/switch", .post, form: form, desk: stage.desk(.superAdmin)).status == 303)
        #expect(try stage.ledger.user(id: root.id)?.isActive == false)
    }

    @Test func `an administrator makes no chief administrator`() throws {
        let sources = PageSources(passwords: try Passwords(), profiles: StandInProfiles())
        let form = [("email", "new@house.example"), ("role", "super_admin"), ("password", "tide-and-salt")]
        #expect(try PageStage.ask("/users", .post, form: form, desk: stage.desk(.admin, sources: sources)).status == 409)
        #expect(try stage.ledger.users(UserFilter()).isEmpty)
        #expect(try PageStage.ask("/users", .post, form: form, desk: stage.desk(.superAdmin, sources: sources)).status == 303)
    }
}
