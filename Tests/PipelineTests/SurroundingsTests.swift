import Batches
import Folders
import Foundation
import Ledger
import Operations
import Sellout
import TestKit
import Testing
import Texts

@testable import Web
@testable import selloutd

/// What stands around the files, as the daemon says it and as somebody sees who comes by.
@Suite struct SurroundingsTests {
    private func names(_ json: JSONValue?) -> [String] {
        guard case .object(let members)? = json else { return [] }
        return members.map(\.name)
    }

    private func layStrangeThings(_ playground: Playground) throws {
        try playground.makeFolder("boxnox/inbox/older")
        try playground.makeFolder("boxnox/inbox/replace")
        try FileManager.default.createSymbolicLink(atPath: playground.path("boxnox/inbox/link.csv"), withDestinationPath: "/etc/hostname")
    }

    @Test func `a running daemon shows folders in inboxes once, beside the links that it leaves alone, and how much room there is`()
        async throws
    {
        try await Playground.with(.inThisProcess) { playground in
            try layStrangeThings(playground)
            let house = try await PipelineHouse(playground)
            try await eventually("a first look") { house.pipeline.surroundings != nil && !house.pipeline.standing.lingering.isEmpty }
            let page = StatusBoard().page(
                of: house.pipeline.standing, house.pipeline.surroundings, resellers: ["boxnox"], isReady: true, problems: [])
            #expect(Set(page.ignoredNames.map(\.filename)) == ["older", "link.csv"] && page.ignoredNames.count == 2)
            let folder = try #require(page.ignoredNames.first { $0.filename == "older" })
            #expect(folder.reseller == "boxnox" && folder.reason.contains("is a folder; only plain files are taken") && !folder.stale)
            let json = page.json
            let (free, size) = (try #require(json["disk_free_bytes"]?.whole), try #require(json["disk_size_bytes"]?.whole))
            #expect(free > 0 && size >= free)
            #expect(try #require(json["ledger_bytes"]?.whole) > 4096)
            #expect(json["waiting_rows"]?.whole == 0 && json["oldest_waiting"] == .null)
        }
    }

    @Test func `with the daemon stopped the same things are seen from outside, under the same names`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let house = try await PipelineHouse(playground)
            try await house.stop()
            try layStrangeThings(playground)
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/new.csv.part")
            let ledger = try SQLiteLedger(onlyReading: playground.root + "/.ledger/ledger.db")
            let seen = try Surroundings(passing: playground.root, ledger: ledger, wrong: ["It does not run."])
            #expect(seen.problems.first == "It does not run." && seen.oldest?.name == "a.csv" && seen.oldest?.sender == "boxnox")
            #expect(Set(seen.ignored.map(\.name)) == ["older", "link.csv"])
            let page = StatusPage(
                version: "1", uptimeSeconds: 1, ready: true,
                limiter: LimiterState(running: 0, waiting: 0, maxFiles: 1, maxFilesPerReseller: 1),
                ignoredNames: [IgnoredName(reseller: "b", filename: "f", reason: "r", since: .now(), stale: false)], room: seen.room)
            #expect(Set(names(seen.json)).isSubset(of: names(page.json)) && names(seen.json).count == 7)
            #expect(names(seen.json["ignored_names"]?.items?.first) == names(page.json["ignored_names"]?.items?.first))
        }
    }

    @Test func `whoever comes by a root that no daemon has laid out makes nothing in it, and says that it cannot look`() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("root-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root + "/boxnox/inbox", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let seen = try Surroundings(passing: root, ledger: try SQLiteLedger(inMemory: ()), wrong: [])
        #expect(seen.problems.count == 1 && seen.problems[0].contains("cannot be looked into from here"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["boxnox"])
    }

    @Test func `the file that has waited longest in the ledger is named`() throws {
        let ledger = try SQLiteLedger(inMemory: ())
        for (place, name) in ["second.csv", "first.csv"].enumerated() {
            let at = Timestamp(milliseconds: Int64(2_000 - 1_000 * place))
            try ledger.register([
                Batch(id: BatchID(), reseller: "boxnox", filename: name, mode: .append, sizeBytes: 1, host: "here", receivedAt: at)
            ])
        }
        let seen = try Surroundings(passing: "/nowhere", ledger: ledger, wrong: [])
        #expect(seen.oldest?.name == "first.csv" && seen.disk == nil && seen.ledgerSize == 0)
        #expect(seen.room["oldest_waiting"]?["since"]?.text == "1970-01-01T00:00:01Z")
    }
}
