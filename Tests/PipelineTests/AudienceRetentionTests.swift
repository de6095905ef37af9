import Audience
import Batches
import Folders
import Foundation
import Ledger
import Sellout
import TestKit
import Testing

@testable import Pipeline

@Suite struct AudienceRetentionTests {
    private let ledger: SQLiteLedger
    private let now = Timestamp(milliseconds: 1_744_633_800_000)

    init() throws { ledger = try SQLiteLedger(inMemory: ()) }

    private func enter(daysAgo days: Double, _ number: Int) throws -> String {
        let at = Timestamp(milliseconds: now.milliseconds - Int64(days * 86_400_000))
        let block = RecordBlock(rows: 1, lines: Array(#"{"email":"heron@a.example"}"#.utf8) + [10])
        let content = ReceivedBatch(name: "fair", fields: ["email"], rows: 1, blocks: [block])
        return try ledger.enter(
            NewAudienceBatch(uploadID: "upl_1_\(number)", owner: nil, name: "fair", source: "http", content: content, at: at)
        ).uploadID
    }

    private func letGo(keeping days: Int?) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/retention-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let workplace = Workplace(
            root: try Root(path: folder), ledger: ledger, reader: PlainReader([]), profiles: ProfileShelf([]), events: Notes(),
            host: "test", keepAudience: days.map { .seconds($0 * 86_400) })
        try Stocktaking(workplace).letAudienceGo(at: now)
    }

    @Test func `batches older than they may be kept are deleted by the daemon, and the audit log holds nothing of them`() throws {
        let old = try enter(daysAgo: 90.01, 1)
        let young = try enter(daysAgo: 89.99, 2)
        try letGo(keeping: nil)
        #expect(try ledger.audienceBatches(AudienceFilter()).count == 2, "without a word they are kept for ever")
        try letGo(keeping: 90)
        #expect(try ledger.audienceBatches(AudienceFilter()).map(\.uploadID) == [young])
        let lines = try ledger.audit(AuditFilter())
        #expect(lines.map(\.action) == ["delete audience batch"] && lines[0].actor == "selloutd")
        #expect(lines[0].reason == "kept for 90 days (\(old), 1 records)")
    }
}
