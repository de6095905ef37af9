import Accounts
import Audience
import Batches
import Foundation
import Ledger
import Operations
import Sellout
import Testing
import Texts

@testable import selloutctl

/// Tables and segments of audience batches, and whose they are; over the ledger and the command that they have in earnest.
@Suite struct StudioDeskTests {
    private let ledger: SQLiteLedger
    private let desk: OperatorDesk
    private let terminal: Terminal
    private let ines: User
    private let otto: User
    private let admin: User

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        desk = OperatorDesk(ledger: ledger, terms: Samples.terms, actor: "anna", clock: { Samples.moment })
        terminal = try Terminal(ledger)
        func user(_ email: String, _ role: Role, in ledger: SQLiteLedger) throws -> User {
            let address = try #require(EmailAddress(email))
            let user = NewUser(email: address, role: role, firstName: "", lastName: "", reseller: nil, tenant: "bibbi")
            return try ledger.enter(user, passwordHash: nil, by: Deed(actor: "test", at: Samples.moment))
        }
        ines = try user("ines@costa.example", .brandUser, in: ledger)
        otto = try user("otto@costa.example", .operator, in: ledger)
        admin = try user("admin@costa.example", .admin, in: ledger)
    }

    private func enter(_ records: [String], of owner: Int64?, name: String = "fair") throws -> AudienceBatch {
        let block = RecordBlock(rows: records.count, lines: Array(records.map { $0 + "\n" }.joined().utf8))
        let content = ReceivedBatch(name: name, fields: [], rows: records.count, blocks: [block])
        return try desk.enter(audience: content, owner: owner, name: name, source: "http")
    }

    private let people = [
        #"{"email":"ana@fjord.example","note":"=1+1"}"#, #"{"email":"bo@x.example","note":"a,b"}"#, #"{"domain":"fjord.example","n":9.50}"#,
    ]

    private func table(_ batch: AudienceBatch, enriched: Bool = false) throws -> StudioTable {
        try desk.studioTable(of: try desk.studioSource(of: batch, enriched: enriched))
    }

    private func finding(_ text: String) -> StudioQuestion {
        var question = StudioQuestion()
        question.search = text
        return question
    }

    @Test func `batches and segments are seen and changed by their owner and by administrators, and are unknown to others`() throws {
        let batch = try enter(people, of: ines.id)
        let (own, stranger, all) = (AudienceReach(ines), AudienceReach(otto), AudienceReach(admin))
        for reach in [own, all, .operators] { #expect(try desk.audienceBatch(batch.uploadID, for: reach) == batch) }
        let refused = #expect(throws: Refused.self) { try desk.audienceBatch(batch.uploadID, for: stranger) }
        let unknown = #expect(throws: Refused.self) { try desk.audienceBatch("upl_1_a", for: stranger) }
        #expect(refused?.sentence == "There is no audience batch \(batch.uploadID)." && refused?.reason == unknown?.reason)
        let table = try table(batch)
        #expect(throws: Refused.self) { try desk.save(segment: "a", StudioQuestion(), of: batch, seenAs: table, for: stranger) }
        let segment = try desk.save(segment: "  warm \n ones ", finding("fjord"), of: batch, seenAs: table, for: own)
        #expect(segment.name == "warm ones" && segment.owner == ines.id)
        #expect(
            try desk.segments(for: all) == [segment] && desk.segments(for: stranger) == [] && desk.segment(segment.id, for: all) == segment)
        #expect(throws: Refused.self) { try desk.segment(segment.id, for: stranger) }
        #expect(throws: Refused.self) { try desk.delete(segment: segment.id, for: stranger) }
        try desk.delete(segment: segment.id, for: own)
        #expect(try desk.segments(for: all) == [])
    }

    @Test func `a segment has a name and a question that its batch can answer, and two hundred are enough`() throws {
        let batch = try enter(people, of: ines.id)
        let (table, own) = (try table(batch), AudienceReach(ines))
        for name in ["", " \n", String(repeating: "x", count: 101)] {
            #expect(throws: Refused.self) { try desk.save(segment: name, StudioQuestion(), of: batch, seenAs: table, for: own) }
        }
        var unknown = StudioQuestion()
        unknown.sort = "nothing"
        #expect(throws: Refused.self) { try desk.save(segment: "a", unknown, of: batch, seenAs: table, for: own) }
        for number in 1...OperatorDesk.mostSegments {
            _ = try desk.save(segment: "s\(number)", finding("x"), of: batch, seenAs: table, for: own)
        }
        #expect(throws: Refused.self) { try desk.save(segment: "one more", finding("x"), of: batch, seenAs: table, for: own) }
        #expect(try desk.save(segment: "s7", finding("y"), of: batch, seenAs: table, for: own).question == finding("y"))
        #expect(try desk.segments(for: own).count == OperatorDesk.mostSegments)
    }

    @Test func `a batch is compared with those of its owner alone, and a source changes with each of them`() throws {
        let batch = try enter(people, of: ines.id)
        _ = try enter(people, of: otto.id, name: "another's")
        let nobodys = try enter(people, of: nil, name: "a file")
        #expect(try table(batch, enriched: true).compared == "There is no other batch of the same owner to compare with.")
        let before = try desk.studioSource(of: batch, enriched: true)
        let other = try enter([#"{"email":"x@fjord.example"}"#], of: ines.id, name: "spring")
        #expect(try desk.studioSource(of: batch, enriched: true) != before)
        let table = try table(batch, enriched: true)
        let known = try #require(table.columns.firstIndex { $0.name == "known_in" })
        #expect(
            (0..<3).map { table.text($0, known) } == ["1 other: spring", nil, "1 other: spring"]
                && table.compared == "Compared with 1 other batch.")
        #expect(try self.table(nobodys, enriched: true).compared == "There is no other batch of the same owner to compare with.")
        let plain = try desk.studioSource(of: other, enriched: false)
        _ = try desk.forget(audience: "x@fjord.example")
        let left = try desk.audienceBatch(other.uploadID, for: .operators)
        #expect(try desk.studioSource(of: left, enriched: false) != plain && self.table(left).rowCount == 0)
    }

    @Test func `operators export a batch and segments of it, as CSV and as a workbook`() throws {
        let batch = try enter(people, of: ines.id)
        let all = try terminal.run("audience", "export", batch.uploadID, "--csv")
        #expect(
            all.status == 0
                && all.output == "email,note,domain,n\nana@fjord.example,\"'=1+1\",,\nbo@x.example,\"a,b\",,\n,,fjord.example,9.50\n")
        let enriched = try terminal.run("audience", "export", batch.uploadID, "--csv", "--enriched").lines
        #expect(
            enriched[0].hasSuffix(
                ",record_number,mail_domain,address_kind,domain_normalised,person_name,company_name_normalised,twin_of,known_in"))
        #expect(enriched[1].contains(",1,fjord.example,company,fjord.example,"))
        let saved = try terminal.run(
            "segment", "save", "warm", batch.uploadID, "--search", "FJORD", "--where", "domain is empty", "--where", "email contains ana",
            "--sort", "email", "--descending", "--column", "note")
        #expect(saved.status == 0 && saved.output == "Saved: “warm” is 1 record of \(batch.uploadID).\n")
        #expect(try terminal.run("segment").lines[1].contains("warm"))
        #expect(
            try terminal.run("segment", "show", "warm").output.contains(
                "any column contains “FJORD”; domain is empty; email contains “ana”"))
        #expect(try terminal.run("segment", "export", "warm", "--csv").output == "note\n\"'=1+1\"\n")
        let path = terminal.root + "/warm.xlsx"
        #expect(try terminal.run("segment", "export", "warm", "--xlsx", "--out", path).status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(2) == Data("PK".utf8))
        let again = try terminal.run("segment", "save", "warm", batch.uploadID)
        #expect(again.output == "Saved in the place of the one before: “warm” is 3 records of \(batch.uploadID).\n")
        let id = try #require(try ledger.audienceSegments(AudienceSegmentFilter()).first).id
        #expect(try terminal.run("segment", "delete", String(id)).status == 0 && terminal.run("segment").output == "No segments.\n")
        #expect(try terminal.run("segment", "show", "warm").complaint.contains("There is no segment “warm”."))
        #expect(try !ledger.audit(AuditFilter()).contains { $0.reason.contains("ana") || $0.reason.contains("warm") })
    }

    @Test func `segments of one name are told apart by their numbers`() throws {
        let (one, two) = (try enter(people, of: ines.id), try enter(people, of: ines.id))
        for batch in [one, two] { #expect(try terminal.run("segment", "save", "warm", batch.uploadID).status == 0) }
        let told = try terminal.run("segment", "show", "warm")
        #expect(told.status == 1 && told.complaint.contains("2 segments are called “warm”; say the number of one: 2, 1."))
        #expect(try terminal.run("segment", "show", "1").output.contains(one.uploadID))
    }

    @Test(arguments: [
        ["segment", "remove"], ["segment", "save", "a"], ["segment", "show"], ["segment", "export", "a"], ["segment", "list", "--csv"],
        ["segment", "export", "a", "--csv", "--xlsx"], ["segment", "show", "a", "--search", "x"], ["segment", "list", "more"],
        ["segment", "save", "a", "upl_1_a", "--descending"], ["segment", "save", "a", "upl_1_a", "--where", "like this"],
        ["audience", "list", "--enriched"], ["audience", "show", "upl_1_a", "--out", "x"],
        ["audience", "export", "upl_1_a", "--csv", "--json"],
    ])
    func `what is called wrongly does nothing and ends with 2`(words: [String]) throws {
        #expect(try terminal.run(words).status == 2)
    }
}
