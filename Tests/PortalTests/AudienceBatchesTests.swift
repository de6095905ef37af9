import Accounts
import Batches
import Folders
import Foundation
import Ledger
import Mail
import Operations
import Testing
import Texts
import Web

@testable import Portal

/// E, asked as the routes ask it.
@Suite struct AudienceBatchesTests {
    private final class Stage {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audience-\(UUID().uuidString)").path
        let ledger: SQLiteLedger
        let portal: Portal

        init(most: Int = 50_000) throws {
            try FileManager.default.createDirectory(atPath: folder + "/.ledger", withIntermediateDirectories: true)
            ledger = try SQLiteLedger(path: folder + "/.ledger/ledger.db")
            let books = Books(ledger: folder + "/.ledger/ledger.db") { [] }
            let tokens = Tokens(key: try TokenKey(path: folder + "/.ledger/web.key"))
            var settings = Portal.Settings()
            settings.maxBatchSize = most
            portal = Portal(
                settings: settings, books: books, drops: try DropFolder(root: folder),
                gate: Gate(tokens: tokens, books: books, signIn: try SignIn(), requestsPerMinute: 1_000_000),
                daemon: DaemonLine(socket: folder + "/none.sock"), tally: RouteTally(), passwords: nil,
                postman: Postman(.init(sendmail: nil), box: LetterBox(root: folder)) { _ in }, folder: { ProfileFolder(path: "/none") })
        }

        deinit {
            portal.books.close()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func user(_ email: String, _ role: Role = .brandUser) throws -> User {
            let address = try #require(EmailAddress(email))
            let user = NewUser(email: address, role: role, firstName: "", lastName: "", reseller: nil, tenant: "bibbi")
            return try ledger.enter(user, passwordHash: nil, by: Deed(actor: "test", at: Timestamp(milliseconds: 1)))
        }

        /// Nothing is answered to a body that was let go of.
        func ask(_ id: String, _ user: User, upload: String = "", body: [UInt8] = [], length: Int? = nil) throws -> (Int, JSONValue) {
            let endpoint = try #require(Endpoint.all.first { $0.id == id })
            let headers = length.map { [Header("content-length", String($0))] } ?? []
            let request = Request(method: endpoint.method, path: endpoint.path, parameters: ["id": upload], headers: headers)
            let call = Call(portal: portal, interface: .audience, request: request, caller: Caller(user: user, token: ""))
            let response: Response
            do {
                switch endpoint.work {
                case .answer(_, let answer): response = try answer(call)
                case .receive(let reception):
                    let delivery = try reception(call)
                    var rest = body[...]
                    while !rest.isEmpty, case let piece = Array(rest.prefix(1000)), unsafe delivery.take(piece.span.bytes) {
                        rest = rest.dropFirst(1000)
                    }
                    response = delivery.earlyRefusal ?? delivery.finish()
                }
            } catch { response = Interface.audience.answer(to: error) }
            guard case .bytes(let bytes) = response.body else { return (response.status, .null) }
            return (response.status, try JSONValue(reading: bytes))
        }

        func post(_ user: User, _ body: String = AudienceBatchesTests.example) throws -> (Int, JSONValue) {
            try ask("createAudienceBatch", user, body: Array(body.utf8))
        }
    }

    static let example =
        #"{"upload_name": "autumn_fair", "records": [{"business_email": "ana@fjord.example", "first_name": "Ana"}],"#
        + #" "fields": ["business_email", "first_name"]}"#

    private func refusal(_ text: String) -> JSONValue { ["status": .text("error"), "message": .text(text)] }

    @Test func `the contract's example is stored, listed, read and deleted`() throws {
        let stage = try Stage()
        let ines = try stage.user("ines@costa.example")
        #expect(try stage.ask("listAudienceBatches", ines).1 == ["status": .text("success"), "uploads": .array([])])
        let (status, told) = try stage.post(ines)
        let upload = try #require(told["upload_id"]?.text)
        #expect(status == 200 && told["rows_received"] == .number(1) && told["message"] == .text("Batch upload successful"))
        #expect(told["session_token"]?.text?.hasPrefix("sess_") == true)
        let read = try stage.ask("getAudienceBatch", ines, upload: upload).1
        guard case .object(let members) = read else { throw Denial(0, "no object") }
        let names = ["status", "upload_id", "upload_name", "records", "fields", "created_at", "rows_received", "upload_status"]
        #expect(members.map(\.name) == names)
        #expect(
            read["records"] == .array([["business_email": .text("ana@fjord.example"), "first_name": .text("Ana")]])
                && read["fields"] == .array([.text("business_email"), .text("first_name")]) && read["upload_status"] == .text("uploaded"))
        let listed = try stage.ask("listAudienceBatches", ines).1["uploads"]?.items
        #expect(listed?.count == 1 && listed?.first?["status"] == .text("uploaded"))
        let deleted: JSONValue = ["status": .text("success"), "message": .text("Batch upload deleted successfully")]
        #expect(try stage.ask("deleteAudienceBatch", ines, upload: upload).1 == deleted)
        #expect(try stage.ask("getAudienceBatch", ines, upload: upload) == (404, refusal("No such upload")))
    }

    @Test func `somebody else's upload is refused, administrators read it, and nobody takes it away`() throws {
        let stage = try Stage()
        let ines = try stage.user("ines@costa.example")
        let upload = try #require(try stage.post(ines).1["upload_id"]?.text)
        let other = try stage.user("other@costa.example", .operator)
        let admin = try stage.user("admin@costa.example", .admin)
        #expect(try stage.ask("getAudienceBatch", other, upload: upload) == (403, refusal("Not your upload")))
        #expect(try stage.ask("getAudienceBatch", admin, upload: upload).0 == 200)
        for user in [other, admin] {
            #expect(try stage.ask("deleteAudienceBatch", user, upload: upload).0 == 403)
            #expect(try stage.ask("listAudienceBatches", user).1["uploads"] == .array([]))
        }
        #expect(try stage.ask("getAudienceBatch", ines, upload: upload).0 == 200)
    }

    @Test func `a fault is told with its position, and nothing is stored`() throws {
        let stage = try Stage(most: 2)
        let ines = try stage.user("ines@costa.example")
        #expect(
            try stage.post(ines, #"{"upload_name":"n","records":[{"email":"a"},{"email":7}]}"#)
                == (400, refusal("records[1].email: must be a text")))
        #expect(
            try stage.post(ines, #"{"upload_name":"n","records":[{"email":"a"},{"email":"a"},{"email":"a"}]}"#)
                == (400, refusal("records holds more than 2 records")))
        #expect(try stage.post(ines, "").0 == 400)
        #expect(try stage.ask("listAudienceBatches", ines).1["uploads"] == .array([]))
    }

    @Test func `five mebibytes are taken and one byte more is not, announced or not`() throws {
        let stage = try Stage()
        let ines = try stage.user("ines@costa.example")
        let bare = Array(#"{"upload_name":"n","records":[{"email":"a"}],"filler":""}"#.utf8)
        let whole = bare.dropLast(2) + [UInt8](repeating: 0x78, count: (5 << 20) - bare.count) + bare.suffix(2)
        #expect(try stage.ask("createAudienceBatch", ines, body: Array(whole)).0 == 200)
        let tooLarge = (413, refusal("Body is over 5 MiB"))
        #expect(try stage.ask("createAudienceBatch", ines, body: whole + [0x20]) == tooLarge)
        #expect(try stage.ask("createAudienceBatch", ines, length: (5 << 20) + 1) == tooLarge)
    }

    @Test func `places for bodies come back, and where all are taken others are told to wait`() throws {
        let hall = AudienceHall()
        var places = (0..<32).map { _ in hall.enter() }
        #expect(!places.contains { $0 == nil } && hall.enter() == nil)
        places.removeLast()
        #expect(hall.enter() != nil)
        let stage = try Stage()
        let ines = try stage.user("ines@costa.example")
        for _ in 0..<100 { #expect(try stage.post(ines, "{").0 == 400) }
        #expect(try stage.post(ines).0 == 200)
    }

    @Test func `what breaks on our side is told as the contract says, and no path with it`() throws {
        let broken = Refused(.surroundings, "The ledger's disk /srv is full.")
        for error in [broken as any Error, CancellationError()] {
            let response = Interface.audience.answer(to: error)
            #expect(response.status == 500)
            guard case .bytes(let bytes) = response.body else { continue }
            #expect(try JSONValue(reading: bytes) == refusal("Something broke on our side"))
        }
    }
}
