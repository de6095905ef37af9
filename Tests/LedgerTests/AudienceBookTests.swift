import Accounts
import Audience
import Batches
import Foundation
import Testing

@testable import Ledger

@Suite struct AudienceBookTests {
    private let house: Fixture
    private let owner: Int64

    init() throws {
        house = try Fixture()
        let address = try #require(EmailAddress("ines@costa.example"))
        let user = NewUser(email: address, role: .brandUser, firstName: "", lastName: "", reseller: nil, tenant: "bibbi")
        owner = try house.ledger.enter(user, passwordHash: nil, by: Deed(actor: "test", at: Timestamp(milliseconds: 1))).id
    }

    private var ledger: SQLiteLedger { house.ledger }

    /// Blocks of 500 records, the address of each made of its number.
    private func enter(_ records: [String], name: String = "fair", owner: Int64?) throws -> AudienceBatch {
        var blocks: [RecordBlock] = []
        for start in stride(from: 0, to: records.count, by: 500) {
            let part = records[start..<min(start + 500, records.count)]
            blocks.append(RecordBlock(rows: part.count, lines: Array(part.map { $0 + "\n" }.joined().utf8)))
        }
        let content = ReceivedBatch(name: name, fields: ["email", "n"], rows: records.count, blocks: blocks)
        let at = house.now()
        let batch = NewAudienceBatch(
            uploadID: AudienceID.upload(at: at), owner: owner, name: name, source: "http", content: content, at: at)
        return try ledger.enter(batch)
    }

    private func people(_ count: Int, _ word: String = "p") -> [String] {
        (0..<count).map { #"{"email":"\#(word)\#($0)@a.example","n":1.50}"# }
    }

    private func records(_ batch: AudienceBatch) throws -> [String] {
        var all: [String] = []
        var number = 0
        while let found = try ledger.audienceBlock(of: batch, after: number) {
            number = found.number
            let lines = String(decoding: found.block.lines, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(lines.count == found.block.rows)
            all += lines
        }
        return all
    }

    @Test func `a batch comes back with its records as they were, block by block`() throws {
        let people = people(1203)
        let batch = try enter(people, owner: owner)
        _ = try enter(["{}"], owner: nil)
        #expect(batch.rows == 1203 && batch.fields == ["email", "n"] && batch.name == "fair" && batch.owner == owner)
        #expect(try ledger.audienceBatch(batch.uploadID) == batch && records(batch) == people)
        #expect(try ledger.audienceBatch("upl_1_nobody") == nil)
        #expect(try ledger.audit(AuditFilter()).map(\.action) == ["add user"])
    }

    @Test func `a list holds the owner's batches, newest first, and all of them for whoever may see all`() throws {
        let first = try enter(["{}"], owner: owner)
        let file = try enter(["{}"], owner: nil)
        let last = try enter(["{}"], owner: owner)
        #expect(try ledger.audienceBatches(AudienceFilter(owner: owner)) == [last, first])
        #expect(try ledger.audienceBatches(AudienceFilter()) == [last, file, first])
        #expect(try ledger.audienceBatches(AudienceFilter(limit: 1, offset: 1)) == [file])
        #expect(try ledger.audienceBatches(AudienceFilter(owner: owner + 1)) == [])
    }

    /// All files of the ledger, as whoever reads the disk finds them.
    private func disk(holds word: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: house.folder).contains { name in
            let content = try Data(contentsOf: URL(fileURLWithPath: house.folder + "/" + name))
            return content.range(of: Data(word.utf8)) != nil
        }
    }

    @Test func `a deleted batch's records are gone from every file of the ledger, and the audit log says that there were some`() throws {
        let gone = try enter(people(1200, "heron"), owner: owner)
        let stays = try enter(people(700, "wren"), owner: owner)
        #expect(try disk(holds: "heron7@"))
        #expect(try ledger.delete(audienceBatch: gone.uploadID, by: house.operatorsDeed))
        #expect(try !disk(holds: "heron") && records(stays) == people(700, "wren"))
        #expect(try ledger.audienceBatch(gone.uploadID) == nil && ledger.audienceBlock(of: gone, after: 0) == nil)
        let line = try #require(try ledger.audit(AuditFilter(limit: 1)).first)
        #expect(line.action == "delete audience batch" && line.reason == "looked at it (\(gone.uploadID), 1200 records)")
        #expect(try !ledger.delete(audienceBatch: gone.uploadID, by: house.operatorsDeed))
        #expect(try ledger.audit(AuditFilter(limit: 1)).first == line)
    }

    @Test func `a log that somebody still reads is emptied as soon as they are done`() throws {
        let gone = try enter(people(10, "heron"), owner: owner)
        let other = try Connection(path: house.path, for: .reading)
        try other.execute("BEGIN")
        _ = try other.count("SELECT count(*) FROM audience_blocks")
        #expect(try ledger.delete(audienceBatch: gone.uploadID, by: house.operatorsDeed))
        #expect(try disk(holds: "heron"))
        try other.execute("COMMIT")
        for _ in 0..<200 where try disk(holds: "heron") { Thread.sleep(forTimeInterval: 0.05) }
        #expect(try !disk(holds: "heron"))
    }

    @Test func `somebody who is forgotten is in no batch and in no file any more, and in no line of the audit log`() throws {
        var people = people(1100)
        people[3] = #"{"email":" Teal@Private.example"}"#
        people[700] = #"{"email":"x","note":"teal@private.example"}"#
        let many = try enter(people, owner: owner)
        let one = try enter([#"{"business_email":"TEAL@private.example"}"#], owner: nil)
        let none = try enter(self.people(5), owner: owner)
        let address = try #require(ForgottenAddress("teal@PRIVATE.example"))
        #expect(try ledger.forget(address, by: Deed(actor: "anna", at: house.now())) == Forgotten(records: 3, batches: 2))
        people.remove(at: 700)
        people.remove(at: 3)
        let left = try #require(try ledger.audienceBatch(many.uploadID))
        #expect(try records(left) == people && left.rows == 1098)
        #expect(try ledger.audienceBatch(one.uploadID)?.rows == 0 && records(one) == [] && records(none) == self.people(5))
        for word in ["Teal@", "teal@", "TEAL@"] { #expect(try !disk(holds: word)) }
        let line = try #require(try ledger.audit(AuditFilter(limit: 1)).first)
        #expect(line.action == "forget a person" && line.actor == "anna" && line.reason == "3 records in 2 batches")
    }

    @Test func `who deletes for good leaves other deleting as quick as it was`() throws {
        let batch = try enter(people(3), owner: owner)
        func usual() throws -> Int { try ledger.writer.connection.sync { c throws(LedgerFault) in try c.count("PRAGMA secure_delete") } }
        let before = try usual()
        _ = try ledger.delete(audienceBatch: batch.uploadID, by: house.operatorsDeed)
        #expect(try usual() == before)
    }
}
