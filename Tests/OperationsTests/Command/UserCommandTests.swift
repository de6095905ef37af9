import Accounts
import Foundation
import Glibc
import Ledger
import Operations
import Sellout
import Synchronization
import Testing

@testable import selloutctl

/// `user` and `token` over a ledger that keeps users.
@Suite struct UserCommandTests {
    private let ledger: SQLiteLedger
    private let terminal: Terminal

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        terminal = try Terminal(ledger)
    }

    private func run(_ words: String...) throws -> Terminal.End { try terminal.run(words) }

    /// Somebody types these at the terminal, one after the other.
    private func types(_ answers: String...) {
        let next = Mutex(answers[...])
        terminal.wiring.askSecretly = { _ in next.withLock { $0.popFirst() } }
    }

    private func pipes(_ line: String?) { terminal.wiring.nextLine = { line } }

    private func added(_ email: String = "ines@costa.example", _ more: String...) throws -> User {
        let end = try terminal.run(["user", "add", email, "--role", "reseller", "--reseller", "boxnox", "--no-password"] + more)
        #expect(end.status == 0, "\(end.complaint)")
        return try user(email)
    }

    private func user(_ email: String = "ines@costa.example") throws -> User {
        let address = try #require(EmailAddress(email))
        return try #require(try ledger.user(email: address))
    }

    private func signsIn(_ password: String, _ email: String = "ines@costa.example") throws -> Bool {
        let address = try #require(EmailAddress(email))
        return try Passwords().verify(password, against: try ledger.credentials(email: address)?.passwordHash)
    }

    private var audit: [AuditEntry] { get throws { try ledger.audit(AuditFilter()) } }

    @Test func `a user is added with a password that was typed twice, and the audit log says who did it`() throws {
        types("tide-and-salt", "tide-and-salt")
        let end = try run(
            "user", "add", "Ines@Costa.example", "--role", "Reseller", "--reseller", "boxnox", "--first", "Ines", "--last", "Costa",
            "--why", "new at Costa")
        #expect(end.status == 0 && end.output == "ines@costa.example may sign in: reseller of boxnox.\n")
        let user = try user()
        #expect(user.firstName == "Ines" && user.lastName == "Costa" && user.tenant == "bibbi" && user.reach == .only("boxnox"))
        #expect(try signsIn("tide-and-salt"))
        #expect(try audit.map(\.action) == ["add user"])
        #expect(try audit[0].reason == "new at Costa (ines@costa.example, reseller of boxnox)")
        #expect(try !audit[0].actor.isEmpty)
    }

    @Test func `a password comes as one line of standard input too`() throws {
        pipes("tide-and-salt")
        #expect(try run("user", "add", "ines@costa.example", "--role", "admin", "--password-stdin").status == 0)
        #expect(try signsIn("tide-and-salt"))
    }

    @Test func `passwords that differ, end early, are too short or no text add nobody`() throws {
        func refused(_ words: String...) throws -> String {
            let end = try terminal.run(["user", "add", "ines@costa.example", "--role", "admin"] + words)
            #expect(end.status == 1 && end.output.isEmpty && end.complaint.split(separator: "\n").count == 1)
            return end.complaint
        }
        #expect(try refused().contains("--password-stdin"))
        types("tide-and-salt", "tide-and-malt")
        #expect(try refused().contains("differ"))
        types("tide-and-salt")
        #expect(try refused().contains("No password was given"))
        types("short", "short")
        #expect(try refused().contains("8 characters"))
        #expect(try refused("--password-stdin").contains("holds no line"))
        pipes("")
        #expect(try refused("--password-stdin").contains("8 characters"))
        pipes("t\u{FFFD}de-and-salt")
        #expect(try refused("--password-stdin").contains("UTF-8"))
        #expect(try ledger.users(UserFilter()).isEmpty && audit.isEmpty)
    }

    @Test(arguments: [
        (["user", "add", "ines", "--role", "admin"], "ines is no e-mail address."),
        (["user", "add", "ines@costa.example", "--role", "king"], "There is no role king; there are super_admin, admin, "),
        (["user", "add", "ines@costa.example", "--role", "reseller"], "say to which"),
        (["user", "add", "ines@costa.example", "--role", "admin", "--reseller", "boxnox"], "Only a user of the role reseller"),
        (["user", "add", "ines@costa.example", "--role", "reseller", "--reseller", "boxnoks"], "is boxnox meant?"),
        (["user", "add", "ines@costa.example", "--role", "admin", "--tenant", "No Tenant"], "is no tenant"),
        (["user", "add", "ines@costa.example", "--role", "admin", "--first", "a\u{1B}[2J"], "one line"),
        (["user", "set", "nobody@costa.example", "--role", "admin"], "There is no user nobody@costa.example."),
        (["user", "passwd", "nobody@costa.example"], "There is no user nobody@costa.example."),
        (["user", "off", "nobody@costa.example"], "There is no user nobody@costa.example."),
        (["user", "logout", "nobody@costa.example"], "There is no user nobody@costa.example."),
        (["token", "nobody@costa.example"], "There is no user nobody@costa.example."),
    ])
    func `what cannot be is refused in one sentence, before a password is asked for`(words: [String], sentence: String) throws {
        terminal.wiring.askSecretly = { question in
            Issue.record("\(question) was asked")
            return nil
        }
        let end = try terminal.run(words)
        #expect(end.status == 1 && end.complaint.contains(sentence), "\(end.complaint)")
        #expect(try ledger.users(UserFilter()).isEmpty)
    }

    @Test(arguments: [
        ["user", "remove"], ["user", "add"], ["user", "add", "a@b"], ["user", "add", "a@b", "c@d", "--role", "admin"],
        ["user", "set", "a@b"],
        ["user", "list", "a@b"], ["user", "--role", "king"], ["user", "off", "a@b", "--role", "admin"],
        ["user", "passwd", "a@b", "--tenant", "x"], ["user", "on", "a@b", "--no-password"],
        ["user", "add", "a@b", "--role", "admin", "--no-password", "--password-stdin"], ["user", "add", "a@b", "--password", "secret"],
        ["token"], ["token", "a@b", "--days", "0"], ["token", "a@b", "--days", "366"], ["token", "a@b", "--days", "-1"],
        ["token", "a@b", "--days", "1.5"], ["token", "a@b", "--days", "99999999999999999999"],
    ])
    func `a wrong call is told as such and does nothing`(words: [String]) throws {
        let end = try terminal.run(words)
        #expect(end.status == 2 && end.output.isEmpty && end.complaint.hasPrefix("selloutctl: "))
        #expect(!FileManager.default.fileExists(atPath: terminal.root + "/.ledger/web.key"))
    }

    @Test func `an address is taken once`() throws {
        _ = try added()
        let end = try run("user", "add", "INES@costa.example", "--role", "admin", "--no-password")
        #expect(end.status == 1 && end.complaint.contains("There is a user ines@costa.example already."))
    }

    @Test func `users are listed as a table and as JSON without anything of their passwords`() throws {
        #expect(try run("user").output == "No users yet. user add EMAIL --role admin makes one.\n")
        #expect(try run("user", "list", "--json").output == "[]\n")
        pipes("tide-and-salt")
        _ = try run("user", "add", "ada@costa.example", "--role", "admin", "--first", "Ada", "--password-stdin")
        _ = try added()
        _ = try run("user", "off", "ines@costa.example")
        #expect(
            try run("user").output == """
                EMAIL               ROLE      RESELLER  NAME  MAY SIGN IN   TENANT  SINCE
                ada@costa.example   admin     -         Ada   yes           bibbi   2025-04-14
                ines@costa.example  reseller  boxnox          switched off  bibbi   2025-04-14

                """)
        let json = try run("user", "list", "--json", "--role", "admin")
        let list = try #require(try json.json as? [[String: Any]])
        #expect(list.count == 1 && list[0]["email"] as? String == "ada@costa.example" && list[0]["is_active"] as? Bool == true)
        #expect(list[0]["role"] as? String == "admin" && list[0]["reseller"] is NSNull)
        #expect(!json.output.contains("argon") && !json.output.contains("password"))
        #expect(try run("user", "list", "--like", "INES").lines.count == 2 && run("user", "--reseller", "liberty").lines.count == 1)
        #expect(try run("user", "--limit", "1").output.hasSuffix("… and more; the next begin with --offset 1.\n"))
    }

    @Test func `a role is changed with its reseller, and who is no reseller's belongs to none`() throws {
        _ = try added()
        let end = try run("user", "set", "ines@costa.example", "--role", "operator")
        #expect(end.output == "ines@costa.example: operator. Their tokens and sessions have ended.\n")
        #expect(try user().reseller == nil && user().role == .operator)
        #expect(try run("user", "set", "ines@costa.example", "--role", "reseller").status == 1)
        #expect(try run("user", "set", "ines@costa.example", "--reseller", "liberty").status == 1)
        #expect(try run("user", "set", "ines@costa.example", "--role", "reseller", "--reseller", "liberty").status == 0)
        #expect(try user().reach == .only("liberty"))
        #expect(try run("user", "set", "ines@costa.example", "--reseller", "boxnox").status == 0)
        #expect(try user().reach == .only("boxnox"))
        #expect(try run("user", "set", "ines@costa.example", "--first", "Inês").output == "ines@costa.example: reseller of boxnox.\n")
        let lines = try audit.count
        #expect(try run("user", "set", "ines@costa.example", "--first", "Inês").output.hasPrefix("Nothing changes"))
        #expect(try audit.count == lines)
    }

    @Test func `a new password takes the old one's place, and none leaves tokens only`() throws {
        pipes("tide-and-salt")
        _ = try run("user", "add", "ines@costa.example", "--role", "admin", "--password-stdin")
        pipes("salt-and-tide")
        #expect(
            try run("user", "passwd", "ines@costa.example", "--password-stdin").output.hasPrefix("ines@costa.example has a new password"))
        #expect(try signsIn("salt-and-tide") && !signsIn("tide-and-salt"))
        #expect(try run("user", "passwd", "ines@costa.example", "--no-password").status == 0)
        #expect(try !signsIn("salt-and-tide"))
        #expect(try audit.allSatisfy { !$0.reason.contains("salt") && !$0.reason.contains("argon") })
    }
}

/// A token from the command, as whoever verifies it finds it.
@Suite struct TokenCommandTests {
    private let ledger: SQLiteLedger
    private let terminal: Terminal
    private var key: String { terminal.root + "/.ledger/web.key" }

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        terminal = try Terminal(ledger)
        #expect(
            try terminal.run("user", "add", "robot@costa.example", "--role", "reseller", "--reseller", "boxnox", "--no-password").status
                == 0)
    }

    private func holder(_ token: String) throws -> User? {
        let tokens = Tokens(key: try TokenKey(path: key))
        return try ledger.holder(of: try tokens.verify(token.trimmingCharacters(in: .newlines), at: Samples.moment))
    }

    @Test func `a token is printed alone, is its user's, and the audit log says until when`() throws {
        let end = try terminal.run("token", "robot@costa.example", "--days", "30", "--why", "for the nightly upload")
        #expect(end.status == 0 && end.lines.count == 1 && end.complaint.isEmpty)
        #expect(try holder(end.output)?.email == "robot@costa.example")
        let line = try #require(try ledger.audit(AuditFilter()).first)
        #expect(line.action == "make token")
        #expect(line.reason == "for the nightly upload (robot@costa.example, until 2025-05-14T12:30:00Z)")
        #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
    }

    @Test func `as JSON it comes with its end`() throws {
        let json = try #require(try terminal.run("token", "robot@costa.example", "--json").json as? [String: String])
        #expect(json["expires_at"] == "2025-04-15T12:30:00Z" && json["email"] == "robot@costa.example")
        #expect(try holder(json["token"] ?? "") != nil)
    }

    @Test(arguments: ["off", "logout", "passwd", "set"])
    func `a token ends with its user's switching off, signing out, new password or new work, and never comes back`(word: String) throws {
        let token = try terminal.run("token", "robot@costa.example").output
        #expect(try holder(token) != nil)
        let more = ["passwd": ["--no-password"], "set": ["--reseller", "liberty"]][word] ?? []
        #expect(try terminal.run(["user", word, "robot@costa.example"] + more).status == 0)
        #expect(try holder(token) == nil)
        if word == "off" {
            let end = try terminal.run("token", "robot@costa.example")
            #expect(end.status == 1 && end.complaint.contains("is switched off"))
            #expect(try terminal.run("user", "on", "robot@costa.example").status == 0)
        }
        #expect(try holder(token) == nil)
        #expect(try holder(terminal.run("token", "robot@costa.example").output) != nil)
    }

    @Test func `a key that others may read signs nothing, and nothing is noted`() throws {
        try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let lines = try ledger.audit(AuditFilter()).count
        let end = try terminal.run("token", "robot@costa.example")
        #expect(end.status == 1 && end.output.isEmpty && end.complaint.contains("chmod 600"))
        #expect(try ledger.audit(AuditFilter()).count == lines)
    }
}
