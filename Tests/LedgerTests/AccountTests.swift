import Accounts
import Batches
import Foundation
import Testing

@testable import Ledger

@Suite struct AccountTests {
    private let house: Fixture

    init() throws { house = try Fixture() }

    private var ledger: SQLiteLedger { house.ledger }

    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    private func enter(_ email: String = "ines@costa.example", _ role: Role = .reseller, hash: String? = "a hash") throws -> User {
        let user = NewUser(
            email: try address(email), role: role, firstName: "Ines", lastName: "Costa", reseller: role == .reseller ? "boxnox" : nil,
            tenant: "bibbi")
        return try ledger.enter(user, passwordHash: hash, by: house.operatorsDeed)
    }

    private func change(_ user: User, _ changes: UserChange...) throws -> User {
        try ledger.change(user: user.id, changes, by: house.operatorsDeed)
    }

    private var lastLine: AuditEntry { get throws { try #require(try ledger.audit(AuditFilter(limit: 1)).first) } }

    @Test func `a user is found by number and address in any case, with the same words as were entered`() throws {
        let user = try enter()
        #expect(user.uuid.count == 36 && user.uuid == user.uuid.lowercased() && user.isActive && user.tokenEpoch == 0)
        #expect(user.email == "ines@costa.example" && user.reach == .only("boxnox"))
        #expect(try ledger.user(id: user.id) == user && ledger.user(email: address("INES@Costa.Example")) == user)
        #expect(try ledger.user(id: 7) == nil && ledger.user(email: address("other@costa.example")) == nil)
        let credentials = try #require(try ledger.credentials(email: address("ines@costa.example")))
        #expect(credentials.user == user && credentials.passwordHash == "a hash")
        let program = try enter("robot@costa.example", .operator, hash: nil)
        #expect(try ledger.credentials(email: address("robot@costa.example"))?.passwordHash == nil && program.uuid != user.uuid)
    }

    @Test(arguments: ["ines@costa.example", "Ines@Costa.Example", "INES@COSTA.EXAMPLE"])
    func `an address is taken once, however it is written, and the second one changes nothing`(email: String) throws {
        let user = try enter()
        let lines = try ledger.audit(AuditFilter()).count
        #expect(throws: LedgerFault.self) { try enter(email, .admin, hash: "another") }
        #expect(try ledger.users(UserFilter()) == [user] && ledger.audit(AuditFilter()).count == lines)
    }

    @Test func `every change leaves one line with who, what and why, and neither a password nor its hash`() throws {
        let user = try enter()
        #expect(try lastLine.actor == "anna" && lastLine.action == "add user")
        #expect(try lastLine.reason == "looked at it (ines@costa.example, reseller of boxnox)")
        _ = try change(user, .role(.operator), .reseller(nil), .firstName("Inês"))
        #expect(try lastLine.action == "change user")
        #expect(try lastLine.reason == "looked at it (ines@costa.example: role operator, no reseller, first name Inês)")
        _ = try change(user, .password(hash: "$argon2id$secret"))
        #expect(try lastLine.action == "set password" && lastLine.reason == "looked at it (ines@costa.example: a new password)")
        _ = try change(user, .isActive(false))
        #expect(try lastLine.action == "switch off user")
        _ = try change(user, .isActive(true))
        #expect(try lastLine.action == "switch on user")
        _ = try change(user, .endOfTokens)
        #expect(try lastLine.action == "sign out user")
        try ledger.noteToken(for: user, until: Timestamp(milliseconds: 1_800_000_000_000), by: house.operatorsDeed)
        #expect(try lastLine.action == "make token")
        #expect(try lastLine.reason == "looked at it (ines@costa.example, until 2027-01-15T08:00:00Z)")
        #expect(try ledger.audit(AuditFilter()).count == 7)
        #expect(try ledger.audit(AuditFilter()).allSatisfy { !$0.reason.contains("argon2") && !$0.reason.contains("a hash") })
    }

    @Test func `what changes nothing leaves no line and ends no token`() throws {
        let user = try enter()
        #expect(try change(user, .role(.reseller), .reseller("boxnox"), .isActive(true), .firstName("Ines"), .tenant("bibbi")) == user)
        #expect(try ledger.audit(AuditFilter()).count == 1)
        #expect(throws: LedgerFault.self) { try ledger.change(user: 99, [.isActive(false)], by: house.operatorsDeed) }
    }

    @Test(arguments: [
        UserChange.role(.admin), .reseller("boots"), .tenant("other"), .isActive(false), .password(hash: "x"), .password(hash: nil),
        .endOfTokens,
    ])
    func `a change of what a user may do ends the tokens issued before, and those issued after are good`(change: UserChange) throws {
        let tokens = try Tokens(key: TokenKey(path: house.folder + "/key"))
        func holder(_ token: String) throws -> User? { try ledger.holder(of: try tokens.verify(token, at: house.now())) }
        let user = try enter()
        let token = tokens.issue(for: user, at: house.now())
        #expect(try holder(token) == user)
        var changed = try self.change(user, change)
        #expect(try holder(token) == nil)
        if !changed.isActive {
            #expect(try holder(tokens.issue(for: changed, at: house.now())) == nil)
            changed = try self.change(changed, .isActive(true))
        }
        #expect(try holder(token) == nil)
        #expect(try holder(tokens.issue(for: changed, at: house.now())) == changed)
    }

    @Test func `a token goes on where only a name has changed`() throws {
        let tokens = try Tokens(key: TokenKey(path: house.folder + "/key"))
        let user = try enter()
        let claims = try tokens.verify(tokens.issue(for: user, at: house.now()), at: house.now())
        let changed = try change(user, .firstName("Inês"), .lastName("C"), .phone("1"))
        #expect(changed.phone == "1" && changed.tokenEpoch == 0)
        #expect(try ledger.holder(of: claims) == changed)
    }

    @Test func `two changes of one moment are two epochs, also where a clock was set back`() throws {
        let user = try enter()
        func end(at moment: Int64) throws -> Int64 {
            let deed = Deed(actor: "anna", at: Timestamp(milliseconds: moment))
            return try ledger.change(user: user.id, [.endOfTokens], by: deed).tokenEpoch
        }
        #expect(try [end(at: 1000), end(at: 1000), end(at: 500), end(at: 5000)] == [1000, 1001, 1002, 5000])
    }

    @Test func `users are listed by address, filtered and in pages`() throws {
        for number in 0..<5 { _ = try enter("user\(number)@boots.example", number == 0 ? .admin : .operator) }
        let ines = try enter()
        _ = try change(ines, .isActive(false))
        func emails(_ filter: UserFilter) throws -> [String] { try ledger.users(filter).map { String($0.email.prefix(5)) } }
        #expect(try emails(UserFilter()) == ["ines@", "user0", "user1", "user2", "user3", "user4"])
        #expect(try emails(UserFilter(limit: 2, offset: 3)) == ["user2", "user3"])
        #expect(try emails(UserFilter(role: .admin)) == ["user0"] && emails(UserFilter(reseller: "boxnox")) == ["ines@"])
        #expect(try emails(UserFilter(isActive: false)) == ["ines@"] && emails(UserFilter(isActive: true)).count == 5)
        #expect(try emails(UserFilter(tenant: "other")).isEmpty && emails(UserFilter(like: "COSTA.ex")) == ["ines@"])
        #expect(try emails(UserFilter(like: "%")).isEmpty)
    }

    @Test func `users are read on a connection that only reads, and not changed there`() throws {
        let user = try enter()
        let reading = try SQLiteLedger(onlyReading: house.path)
        #expect(try reading.user(id: user.id) == user && reading.users(UserFilter()) == [user])
        #expect(try reading.credentials(email: address("ines@costa.example"))?.passwordHash == "a hash")
        #expect(throws: LedgerFault.self) { try reading.change(user: user.id, [.isActive(false)], by: house.operatorsDeed) }
        _ = try change(user, .isActive(false))
        #expect(try reading.user(id: user.id)?.isActive == false)
    }

    @Test func `a ledger from before accounts gains a place for them and keeps its lines`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            let old = try Connection(path: folder + "/ledger.db")
            try Migration.bring(old, to: 9)
            try old.execute("INSERT INTO audit_log (at, actor, action, reason) VALUES (1, 'anna', 'approve', '')")
        }
        let house = try Fixture(folder: folder)
        #expect(try house.ledger.users(UserFilter()).isEmpty && house.ledger.audit(AuditFilter()).count == 1)
        let user = NewUser(email: try address("ines@costa.example"), role: .admin, tenant: "bibbi")
        #expect(try house.ledger.enter(user, passwordHash: nil, by: house.operatorsDeed).id == 1)
    }

    @Test func `a role that nobody of ours has written is damage and no trap`() throws {
        let user = try enter()
        try Connection(path: house.path).execute("UPDATE users SET role = 'king'")
        #expect(throws: LedgerFault.self) { try ledger.user(id: user.id) }
    }
}
