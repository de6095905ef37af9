import Foundation
import Synchronization
import TestKit
import Testing

/// What operators forbid and force, from the folder to the outbox.
@Suite struct PermissionTests {
    @Test func `a file of a reseller that may not upload fails with the operator's reason, is kept, and is read when it may again`()
        async throws
    {
        try await Playground.with(.inThisProcess) { playground in
            let house = try await PipelineHouse(playground)
            let read = NamesRead()
            house.reader.before { read.add($0.fileName) }
            try await playground.ctl("permit", "boxnox", "off", "--reason", "wrong category on 40 items")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try playground.drop(Samples.online(1), at: "online/inbox/b.csv")
            let refused = try await playground.report(on: "a.csv")
            #expect(refused.status == "failed" && refused.errors.map(\.error_type) == ["UPLOAD_NOT_PERMITTED"])
            #expect(refused.errors.first?.error_message == "Files of BOXNOX are not taken at present: wrong category on 40 items.")
            #expect(refused.errors.first?.suggestion?.contains("ask operations") == true)
            try await playground.report(on: "b.csv", for: "online") { $0.status == "completed" }
            try await playground.rest(batches: 2)
            try await eventually("the original in the archive") { playground.archived.values.contains { $0.name == "a.csv" } }
            // Nobody has opened it.
            #expect(read.all == ["b.csv"])
            #expect(try await playground.sales().count == 1)
            try await playground.ctl("permit", "boxnox", "on")
            try await playground.ctl("retry", refused.batch_id)
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            #expect(read.all == ["b.csv", "a.csv"])
        }
    }

    @Test func `a reseller reads in its outbox who has forced a step, and why`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            _ = try await PipelineHouse(playground)
            try playground.drop(
                Samples.boxnoxRows("2025;4", ["Abanuc Online;7350154320008;1;202,48", "Abanuc Madrid;7350154320060;x;5,10"]),
                at: "boxnox/inbox/a.csv")
            let waits = try await playground.report(on: "a.csv") { $0.status == "staging_complete" }
            try await playground.ctl("approve", waits.batch_id, "--force", "--reason", "owner travelling")
            try await playground.report(on: "a.csv") { $0.status == "partial_success" }
            let name = try #require(playground.names(in: "boxnox/outbox").first { $0.hasPrefix("a.csv") && $0.hasSuffix(".json") })
            let content = try Data(contentsOf: URL(fileURLWithPath: playground.path("boxnox/outbox/\(name)")))
            let report = try #require(try JSONSerialization.jsonObject(with: content) as? [String: Any])
            let forced = try #require(report["forced"] as? [String: Any])
            #expect(forced["step"] as? String == "approved" && forced["reason"] as? String == "owner travelling")
            #expect((forced["by"] as? String)?.isEmpty == false && forced["at"] as? String != nil)
            #expect(try await playground.sales().count == 1)
        }
    }
}

private final class NamesRead: Sendable {
    private let names = Mutex<[String]>([])

    func add(_ name: String) { names.withLock { $0.append(name) } }
    var all: [String] { names.withLock { $0 } }
}
