import Accounts
import Audience
import Batches
import Foundation
import Testing

@testable import Ledger

@Suite struct AudienceSegmentTests {
    private let house: Fixture
    private let owner: Int64

    init() throws {
        house = try Fixture()
        let address = try #require(EmailAddress("ines@costa.example"))
        let user = NewUser(email: address, role: .brandUser, firstName: "", lastName: "", reseller: nil, tenant: "bibbi")
        owner = try house.ledger.enter(user, passwordHash: nil, by: Deed(actor: "test", at: Timestamp(milliseconds: 1))).id
    }

    private var ledger: SQLiteLedger { house.ledger }

    private func enter(at: Timestamp? = nil) throws -> AudienceBatch {
        let at = at ?? house.now()
        let block = RecordBlock(rows: 1, lines: Array(#"{"email":"heron@a.example"}"#.utf8) + [10])
        let content = ReceivedBatch(name: "fair", fields: ["email"], rows: 1, blocks: [block])
        return try ledger.enter(
            NewAudienceBatch(uploadID: AudienceID.upload(at: at), owner: owner, name: "fair", source: "http", content: content, at: at))
    }

    private func asking(_ words: String) -> StudioQuestion {
        var question = StudioQuestion()
        question.conditions = [.init("email", .contains, words)]
        return question
    }

    private func save(_ name: String, _ question: StudioQuestion, of batch: AudienceBatch, owner: Int64? = nil) throws -> AudienceSegment? {
        try ledger.save(
            NewAudienceSegment(name: name, owner: owner, uploadID: batch.uploadID, question: question),
            by: Deed(actor: "anna", at: house.now()))
    }

    private func disk(holds word: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: house.folder).contains { name in
            try Data(contentsOf: URL(fileURLWithPath: house.folder + "/" + name)).range(of: Data(word.utf8)) != nil
        }
    }

    @Test func `a segment comes back as it was saved, and the same name replaces only its owner's of that batch`() throws {
        let (batch, other) = (try enter(), try enter())
        let first = try #require(try save("warm", asking("heron"), of: batch, owner: owner))
        #expect(first.name == "warm" && first.owner == owner && first.uploadID == batch.uploadID && first.question == asking("heron"))
        #expect(first.savedBy == "anna")
        _ = try save("warm", asking("b"), of: batch)
        _ = try save("warm", asking("c"), of: other, owner: owner)
        let second = try #require(try save("warm", asking("d"), of: batch, owner: owner))
        #expect(try ledger.audienceSegment(first.id) == nil && ledger.audienceSegment(second.id) == second)
        #expect(try ledger.audienceSegments(AudienceSegmentFilter()).count == 3)
        #expect(try ledger.audienceSegments(AudienceSegmentFilter(owner: owner, uploadID: batch.uploadID)) == [second])
        #expect(try !disk(holds: "heron\""), "what was replaced is overwritten")
        #expect(try ledger.delete(audienceBatch: batch.uploadID, by: house.operatorsDeed) && save("x", asking("y"), of: batch) == nil)
    }

    @Test func `a deleted batch takes its segments with it, and no others`() throws {
        let (gone, stays) = (try enter(), try enter())
        let old = try #require(try save("a", asking("wren"), of: gone))
        let kept = try #require(try save("a", asking("x"), of: stays))
        #expect(try ledger.delete(audienceBatch: gone.uploadID, by: house.operatorsDeed))
        #expect(try ledger.audienceSegments(AudienceSegmentFilter()) == [kept] && ledger.audienceSegment(old.id) == nil)
        #expect(try !disk(holds: "wren"))
    }

    @Test func `whoever is forgotten is in no segment's name or question any more, and in no line of the audit log`() throws {
        let batch = try enter()
        _ = try save("a", asking("Teal@Private.example"), of: batch)
        _ = try save("only teal@private.example", StudioQuestion(), of: batch, owner: owner)
        var searched = StudioQuestion()
        searched.search = "x TEAL@private.example"
        _ = try save("c", searched, of: batch)
        let kept = try #require(try save("d", asking("teal"), of: batch))
        let address = try #require(ForgottenAddress(" teal@PRIVATE.example"))
        #expect(try ledger.forget(address, by: Deed(actor: "anna", at: house.now())) == Forgotten(records: 0, batches: 0, segments: 3))
        #expect(try ledger.audienceSegments(AudienceSegmentFilter()) == [kept])
        for word in ["Teal@", "teal@", "TEAL@"] { #expect(try !disk(holds: word)) }
        let lines = try ledger.audit(AuditFilter())
        #expect(lines.first?.reason == "0 records in 0 batches, 3 segments" && lines.count == 6)
        #expect(!lines.contains { $0.reason.lowercased().contains("teal") })
    }

    @Test func `saving and deleting stand in the audit log without what was asked`() throws {
        let batch = try enter()
        let segment = try #require(try save("heronry", asking("heron"), of: batch))
        #expect(try ledger.delete(audienceSegment: segment.id, by: house.operatorsDeed))
        #expect(try !ledger.delete(audienceSegment: segment.id, by: house.operatorsDeed))
        let lines = try ledger.audit(AuditFilter(limit: 2))
        #expect(lines.map(\.action) == ["delete audience segment", "save audience segment"])
        #expect(
            lines.map(\.reason) == [
                "looked at it (segment \(segment.id) of \(batch.uploadID))", "segment \(segment.id) of \(batch.uploadID)",
            ])
    }

    @Test func `batches from before a moment are deleted for good, the oldest first, and the others stay`() throws {
        let now = house.now()
        let old = try (1...3).map { try enter(at: Timestamp(milliseconds: now.milliseconds - 10_000 + Int64($0))) }
        let young = try enter(at: now)
        _ = try save("a", asking("b"), of: old[2])
        let deed = Deed(actor: "selloutd", reason: "kept for 90 days", at: now)
        #expect(try ledger.deleteAudienceBatches(before: now, most: 2, by: deed) == [old[0].uploadID, old[1].uploadID])
        #expect(try ledger.deleteAudienceBatches(before: now, most: 2, by: deed) == [old[2].uploadID])
        #expect(try ledger.deleteAudienceBatches(before: now, most: 2, by: deed) == [])
        #expect(try ledger.audienceBatches(AudienceFilter()) == [young] && ledger.audienceSegments(AudienceSegmentFilter()) == [])
        let line = try #require(try ledger.audit(AuditFilter(limit: 1)).first)
        #expect(line.actor == "selloutd" && line.reason == "kept for 90 days (\(old[2].uploadID), 1 records)")
    }
}
