import Accounts
import Batches
import RetailFit
import Testing

@testable import Ledger

/// Links that wait in people's mail. Times are those of the deeds.
@Suite struct AccountLinkTests {
    private let house: Fixture
    private let start = Timestamp(milliseconds: 1_745_000_000_000)

    init() throws { house = try Fixture() }

    private var ledger: SQLiteLedger { house.ledger }
    private func after(_ time: Duration) -> Timestamp { start.earlier(by: .zero - time) }
    private func deed(_ moment: Timestamp) -> Deed { Deed(actor: "anna", at: moment) }

    private func newUser(_ email: String = "ines@costa.example", company: Company? = nil, name: String = "Ines") throws -> NewUser {
        NewUser(
            email: try #require(EmailAddress(email)), role: .brandUser, firstName: name, lastName: "Costa", company: company,
            tenant: "bibbi")
    }

    private func entered(_ email: String = "ines@costa.example") throws -> User {
        try ledger.enter(try newUser(email), passwordHash: "old", by: deed(start))
    }

    private func resetLink(of user: User, at moment: Timestamp? = nil) throws -> LinkToken {
        let token = try LinkToken()
        let moment = moment ?? start
        try ledger.enter(AccountLink(.reset, token, at: moment), for: user, by: deed(moment))
        return token
    }

    private func invited(_ user: NewUser, at moment: Timestamp? = nil) throws -> (user: User, token: LinkToken) {
        let token = try LinkToken()
        let moment = moment ?? start
        return (try ledger.invite(user, AccountLink(.invitation, token, at: moment), by: deed(moment)), token)
    }

    private func follow(_ token: LinkToken, after time: Duration = .seconds(1), hash: String = "new") throws -> User? {
        try ledger.follow(link: token.hash, passwordHash: hash, at: after(time))
    }

    private func hash(of user: User) throws -> String? {
        try ledger.credentials(email: try #require(EmailAddress(user.email)))?.passwordHash
    }

    private var lastLine: AuditEntry { get throws { try #require(try ledger.audit(AuditFilter(limit: 1)).first) } }

    @Test func `a link sets the password once, and ends the tokens from before`() throws {
        let user = try entered()
        let token = try resetLink(of: user)
        #expect(try ledger.holder(ofLink: token.hash, at: after(.seconds(1)))?.user == user)
        let changed = try #require(try follow(token))
        #expect(try hash(of: user) == "new" && changed.tokenEpoch > user.tokenEpoch)
        #expect(try follow(token, hash: "third") == nil && hash(of: user) == "new")
        #expect(try ledger.holder(ofLink: token.hash, at: after(.seconds(1))) == nil)
    }

    @Test func `an invitation waits until it is followed, and a reset link is none`() throws {
        let (ines, rui) = (try invited(try newUser()), try invited(try newUser("rui@costa.example"), at: after(.seconds(60))))
        _ = try resetLink(of: try entered("eve@fjord.example"))
        let week = AccountLink.Purpose.invitation.lifetime
        #expect(try ledger.invitations() == [ines.user.id: after(week), rui.user.id: after(week + .seconds(60))])
        #expect(try follow(ines.token) != nil && ledger.invitations().keys.sorted() == [rui.user.id])
    }

    @Test func `a link is good to the last moment of its hour, and not in the next one`() throws {
        let user = try entered()
        let token = try resetLink(of: user)
        #expect(try ledger.holder(ofLink: token.hash, at: after(.milliseconds(3_599_999))) != nil)
        #expect(try ledger.holder(ofLink: token.hash, at: after(.seconds(3600))) == nil)
        #expect(try follow(token, after: .seconds(3600)) == nil && hash(of: user) == "old")
        #expect(try follow(token, after: .milliseconds(3_599_999)) != nil)
    }

    @Test func `a newer link, a password and switching off each end the link before`() throws {
        let user = try entered()
        let first = try resetLink(of: user)
        let second = try resetLink(of: user)
        #expect(try follow(first) == nil && ledger.holder(ofLink: second.hash, at: after(.seconds(1))) != nil)
        _ = try ledger.change(user: user.id, [.password(hash: "by hand")], by: deed(start))
        #expect(try follow(second) == nil && hash(of: user) == "by hand")
        let third = try resetLink(of: user)
        _ = try ledger.change(user: user.id, [.isActive(false)], by: deed(start))
        _ = try ledger.change(user: user.id, [.isActive(true)], by: deed(start))
        #expect(try follow(third) == nil && hash(of: user) == "by hand")
    }

    @Test func `one's link is nobody else's, and another hash opens nothing`() throws {
        let (ines, rui) = (try entered(), try entered("rui@costa.example"))
        let (his, hers) = (try resetLink(of: rui), try resetLink(of: ines))
        #expect(try follow(hers)?.id == ines.id && hash(of: rui) == "old")
        #expect(try follow(try LinkToken()) == nil)
        // Who reads the ledger's file has the hash, and no link.
        #expect(try ledger.holder(ofLink: his.text, at: after(.seconds(1))) == nil)
    }

    @Test func `who is invited is switched off until they follow the link, within seven days`() throws {
        let (user, token) = try invited(try newUser(company: Company(id: 6, type: "brand")))
        #expect(!user.isActive && user.company == Company(id: 6, type: "brand"))
        #expect(try hash(of: user) == nil)
        #expect(try ledger.holder(ofLink: token.hash, at: after(.seconds(7 * 86_400))) == nil)
        let accepted = try #require(try follow(token, after: .seconds(7 * 86_400 - 1)))
        #expect(try accepted.isActive && hash(of: user) == "new")
        #expect(try follow(token) == nil)
    }

    @Test func `an invitation takes an address once; in vain, it may be sent again by the same company only`() throws {
        let costa = Company(id: 6, type: "brand")
        let (user, first) = try invited(try newUser(company: costa))
        #expect(throws: LedgerFault.self) { try invited(try newUser(company: costa)) }
        let later = after(.seconds(8 * 86_400))
        #expect(throws: LedgerFault.self) { try invited(try newUser(company: Company(id: 6, type: "retailer")), at: later) }
        let (again, second) = try invited(try newUser(company: costa, name: "Inês"), at: later)
        #expect(again.id == user.id && again.firstName == "Inês")
        #expect(try follow(first, after: .seconds(8 * 86_400 + 1)) == nil)
        #expect(try follow(second, after: .seconds(8 * 86_400 + 1))?.isActive == true)
        #expect(throws: LedgerFault.self) { try invited(try newUser(company: costa), at: after(.seconds(30 * 86_400))) }
    }

    @Test func `an invitation that is taken back is a switching off with its line, and its link is over`() throws {
        let (user, token) = try invited(try newUser())
        _ = try ledger.change(user: user.id, [.isActive(false)], by: deed(start))
        #expect(try lastLine.action == "switch off user" && follow(token) == nil)
    }

    @Test func `each step leaves a line that says who, and neither a token nor a hash`() throws {
        let user = try entered()
        let token = try resetLink(of: user)
        #expect(try lastLine.action == "make reset link")
        #expect(try lastLine.reason == "ines@costa.example, until 2025-04-18T19:13:20Z")
        _ = try follow(token)
        #expect(try lastLine.action == "follow reset link" && lastLine.actor == "ines@costa.example")
        let (_, invitation) = try invited(try newUser("rui@costa.example", company: Company(id: 6, type: "brand")))
        #expect(try lastLine.action == "invite user" && lastLine.actor == "anna")
        #expect(try lastLine.reason == "rui@costa.example, brand_user of brand 6, until 2025-04-25T18:13:20Z")
        _ = try follow(invitation)
        #expect(try lastLine.action == "accept invitation" && lastLine.actor == "rui@costa.example")
        for line in try ledger.audit(AuditFilter()) {
            for secret in [token.text, token.hash, invitation.text, invitation.hash] {
                #expect(!line.reason.contains(secret))
            }
        }
    }

    @Test func `a company is its maker's, found by, and ends no token`() throws {
        let (ines, rui) = (try entered(), try entered("rui@costa.example"))
        let brand = try #require(try ledger.enter(Brand(name: "Costa Verde"), of: ines.id, by: deed(start)))
        let changed = try #require(try ledger.user(id: ines.id))
        #expect(changed.company == Company(id: brand.id, type: "brand") && changed.tokenEpoch == ines.tokenEpoch)
        #expect(try ledger.users(UserFilter(company: Company(id: brand.id, type: "brand"))) == [changed])
        #expect(try ledger.users(UserFilter(company: Company(id: brand.id, type: "retailer"))).isEmpty)
        #expect(try ledger.user(id: rui.id)?.company == nil)
    }
}
