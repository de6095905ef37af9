import Accounts
import Batches
import Folders
import Foundation
import Ledger
import Mail
import Operations
import Synchronization
import Testing
import Texts

@testable import Portal
@testable import Web

/// The whole HTTP side over a root of its own, asked without a socket; letters are kept as files.
final class PortalStage {
    let root = FileManager.default.temporaryDirectory.path + "/portal-\(BatchID().short)"
    let ledger: SQLiteLedger
    let portal: Portal
    let said = Said()

    /// What went into the log.
    final class Said: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    init() throws {
        for folder in ["/.ledger", "/operations/outbox"] {
            try FileManager.default.createDirectory(atPath: root + folder, withIntermediateDirectories: true)
        }
        ledger = try SQLiteLedger(path: root + "/.ledger/ledger.db")
        let books = Books(ledger: root + "/.ledger/ledger.db") { [] }
        let signIn = try SignIn()
        let gate = Gate(
            tokens: Tokens(key: try TokenKey(path: root + "/.ledger/web.key")), books: books, signIn: signIn, requestsPerMinute: 1_000_000)
        portal = Portal(
            settings: Portal.Settings(), books: books, drops: try DropFolder(root: root), gate: gate,
            daemon: DaemonLine(socket: root + "/.run/none.sock"), tally: RouteTally(), passwords: signIn.passwords,
            postman: Postman(.init(sendmail: nil), box: LetterBox(root: root)) { [said] in said.add($0) },
            folder: { ProfileFolder(path: "/nowhere") })
    }

    deinit {
        portal.postman.finish(within: .seconds(10))
        portal.books.close()
        try? FileManager.default.removeItem(atPath: root)
    }
}

/// What was answered.
struct Answered {
    let status: Int
    let headers: [Header]
    let text: String

    var json: JSONValue { (try? JSONValue(reading: Array(text.utf8))) ?? .null }
    var data: JSONValue { json["data"] ?? .null }
    var message: String? { json["message"]?.text ?? json["error"]?["message"]?.text }
    var code: String? { json["error"]?["code"]?.text }
    /// What is wrong, by field.
    var details: [String: String] {
        guard case .object(let members)? = json["error"]?["details"] else { return [:] }
        return Dictionary(members.map { ($0.name, $0.value.text ?? "") }) { $1 }
    }
}

extension PortalStage {
    func ask(
        _ method: Request.Method, _ target: String, body: [UInt8] = [], token: String? = nil, cookie: String? = nil,
        from client: String = "192.0.2.1"
    ) throws -> Answered {
        let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = EscapedText.query(halves.count > 1 ? Array(halves[1].utf8) : [])
        let headers = [token.map { Header("authorization", "Bearer \($0)") }, cookie.map { Header("cookie", $0) }].compactMap(\.self)
        let segments = EscapedText.segments(Array(halves[0].utf8))
        guard
            case .work(.answer(_, _, _, let answer), _, let parameters) = portal.routes().match(method: method.rawValue, segments: segments)
        else { throw NoRoute() }
        let response = answer(
            Request(method: method, path: halves[0], parameters: parameters, query: query, headers: headers, body: body, client: client))
        guard case .bytes(let bytes) = response.body else { throw NoRoute() }
        return Answered(status: response.status, headers: response.headers, text: String(decoding: bytes, as: UTF8.self))
    }

    struct NoRoute: Error {}

    func ask(
        _ method: Request.Method, _ target: String, _ body: JSONValue, token: String? = nil, from client: String = "192.0.2.1"
    ) throws -> Answered {
        try ask(method, target, body: JSONText.bytes(of: body), token: token, from: client)
    }

    static func registration(
        _ email: String = "ines@costa.example", _ role: String = "brand_admin", password: String = "tide-and-salt"
    ) -> JSONValue {
        [
            "email": .text(email), "password": .text(password), "role": .text(role), "first_name": .text("Ines"),
            "last_name": .text("Costa"),
        ]
    }

    /// Somebody who has signed in: their token.
    func registered(_ email: String = "ines@costa.example", _ role: String = "brand_admin") throws -> String {
        try #require(try ask(.post, "/api/auth/register", Self.registration(email, role)).data["token"]?.text)
    }

    /// The same for a role that operators give.
    func entered(_ email: String, _ role: Role, tenant: String = "bibbi", company: Company? = nil) throws -> (user: User, token: String) {
        let new = NewUser(email: try address(email), role: role, company: company, tenant: tenant)
        let user = try ledger.enter(new, passwordHash: nil, by: Deed(actor: "anna", at: .now()))
        return (user, portal.gate.open(user).token)
    }

    /// Nobody can open it from here on.
    func takeLedgerAway() throws {
        ledger.close()
        try FileManager.default.removeItem(atPath: root + "/.ledger")
    }

    func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    func user(_ email: String = "ines@costa.example") throws -> User { try #require(try ledger.user(email: try address(email))) }

    func signsIn(_ email: String, _ password: String) throws -> Bool {
        try ask(.post, "/api/auth/login", ["email": .text(email), "password": .text(password)]).status == 200
    }

    /// The tokens that have gone to that address, in no order.
    func links(to email: String) throws -> Set<String> {
        portal.postman.finish(within: .seconds(10))
        let folder = root + "/operations/outbox/mail"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let letters = try names.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }
        return Set(
            letters.filter { $0.contains("To: \(email)\r\n") }.compactMap { letter in
                letter.components(separatedBy: "/reset?token=").dropFirst().first.map { String($0.prefix { !$0.isWhitespace }) }
            })
    }

    func onlyLink(to email: String) throws -> String {
        let links = try links(to: email)
        #expect(links.count == 1)
        return try #require(links.first)
    }

    func reset(_ token: String, _ password: String = "new-tide-and-salt") throws -> Answered {
        try ask(.post, "/api/auth/reset-password", ["token": .text(token), "password": .text(password)])
    }
}
