import Batches
import Foundation
import Glibc
import Ledger
import TestKit
import Testing

/// Last night's copy of the ledger is put back, and the archive holds what came since.
@Suite struct PutBackLedgerTests {
    private struct Day {
        let batches: [BatchLine]
        let sales: [Sale]
    }

    private func day(_ playground: Playground) async throws -> Day {
        Day(
            batches: try await playground.batches().sorted { $0.batch_id < $1.batch_id },
            sales: try await playground.sales().sorted { "\($0)" < "\($1)" })
    }

    /// Files before the copy is made, and after it.
    private func live(_ playground: Playground) async throws -> (night: String, evening: Day) {
        let house = try await PipelineHouse(playground)
        try playground.drop(Samples.boxnox, at: "boxnox/inbox/known.csv")
        try playground.drop("no,report\nat,all\n", at: "boxnox/inbox/deleted.csv")
        let deleted = try await playground.report(on: "deleted.csv")
        try await playground.rest(batches: 2)
        try await playground.ctl("delete", deleted.batch_id, "--reason", "a mistake")
        let night = playground.beside("night.db")
        try SQLiteLedger(onlyReading: playground.root + "/.ledger/ledger.db").copy(to: night)

        try playground.drop("reseller,code,ean\nboxnox,LATE-1,7350154320008\n", at: "reference/inbox/mappings.csv")
        try await eventually("the mapping's report") { playground.names(in: "reference/outbox").count == 1 }
        try playground.drop(Samples.online(3), at: "online/inbox/a.csv")
        try await playground.report(on: "a.csv", for: "online")
        try playground.drop(Samples.online(5, mark: "B"), at: "online/inbox/replace/b.csv")
        try await playground.report(on: "b.csv", for: "online")
        try playground.drop("no,report\nat,all\n", at: "boxnox/inbox/failed.csv")
        try playground.drop(
            Samples.boxnoxRows("2025;5", ["Abanuc Online;7350154320008;3;600,00"]), at: "boxnox/inbox/late.csv")
        try await playground.rest(batches: 5)
        let evening = try await day(playground)
        try await house.stop()
        return (night, evening)
    }

    private func putBack(_ night: String, _ playground: Playground) throws {
        for name in playground.names(in: ".ledger") where name.hasPrefix("ledger.db") {
            try FileManager.default.removeItem(atPath: playground.path(".ledger/" + name))
        }
        try FileManager.default.moveItem(atPath: night, toPath: playground.path(".ledger/ledger.db"))
    }

    private func origins(_ playground: Playground) -> [String] {
        (FileManager.default.enumerator(atPath: playground.path(".archive"))?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix("/.origin") }.map { playground.path(".archive/" + $0) }
    }

    @Test func `the files that it does not know are taken again from the archive, each once, and the books are as they were`() async throws
    {
        try await Playground.with(.inThisProcess) { playground in
            let (night, evening) = try await live(playground)
            #expect(evening.sales.count == 8 && evening.batches.count == 5)
            try putBack(night, playground)
            #expect(try await playground.batches().count == 1)
            let asked = try playground.shell(["verify"])
            #expect(asked.status == 1 && asked.output.contains("late.csv") && asked.output.contains("mappings.csv"), "\(asked)")
            #expect(!asked.output.contains("known.csv") && !asked.output.contains("deleted.csv"))
            for name in playground.names(in: "online/outbox") { _ = unsafe unlink(playground.path("online/outbox/" + name)) }

            let house = try await PipelineHouse(playground)
            try await playground.rest(batches: 5)
            try await eventually("the mapping to be taken again") {
                try await playground.ctl("audit", "--json").components(separatedBy: "\"import mappings\"").count == 2
            }
            let after = try await day(playground)
            #expect(after.sales == evening.sales)
            #expect(after.batches.map(\.batch_id) == evening.batches.map(\.batch_id))
            #expect(after.batches.map(\.status) == evening.batches.map(\.status))
            #expect(after.batches.map(\.reseller) == evening.batches.map(\.reseller))
            try await eventually("the reports anew") { playground.reports("online").count == 2 }
            #expect(try await playground.report(on: "b.csv", for: "online").upload_mode == "replace")
            let audit = try await playground.ctl("audit")
            #expect(audit.components(separatedBy: "take again").count == 5)
            #expect(house.notes.all.contains { $0.contains("never heard of") })
            try await eventually("everything to agree", seen: { (try? playground.shell(["verify"]).output) ?? "" }) {
                try playground.shell(["verify"]).status == 0
            }

            // Once is enough: nothing comes a second time.
            try await house.stop()
            try await playground.open()
            try await Task.sleep(for: .seconds(1))
            #expect(try await playground.ctl("audit").components(separatedBy: "take again").count == 5)
            #expect(try await day(playground).sales == evening.sales)
        }
    }

    @Test func `an upload that it does not know comes back with its uploader and its time`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let house = try await PipelineHouse(playground)
            let night = playground.beside("night.db")
            try SQLiteLedger(onlyReading: playground.root + "/.ledger/ledger.db").copy(to: night)
            let time = Int64(Date().timeIntervalSince1970 * 1000) - 3_600_000
            let id = try playground.upload(Samples.boxnox, as: ".a.csv", mode: "replace", at: time)
            let unnamed = try playground.upload(Samples.online(2), as: "b.csv", for: "operations", at: time + 1)
            try await playground.rest(batches: 2)
            try await house.stop()
            try putBack(night, playground)
            _ = try await PipelineHouse(playground)
            try await playground.rest(batches: 2)
            let ledger = try SQLiteLedger(onlyReading: playground.root + "/.ledger/ledger.db")
            for (id, reseller, time) in [(id, "boxnox", time), (unnamed, "online", time + 1)] {
                let known = try #require(BatchID(id))
                let batch = try #require(try ledger.batch(known))
                #expect(batch.uploader == Playground.user && batch.receivedAt.milliseconds == time && batch.reseller == reseller)
                #expect(batch.state == .completed)
            }
            #expect(try await playground.sales().count == 4)
        }
    }

    @Test func `of crates that do not say whose they are the reports in the outboxes tell, and the others are named`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let (night, evening) = try await live(playground)
            for note in origins(playground) { _ = unsafe unlink(note) }
            let lost = try await playground.report(on: "late.csv")
            for name in playground.names(in: "boxnox/outbox") where name.hasPrefix("late") {
                _ = unsafe unlink(playground.path("boxnox/outbox/" + name))
            }
            // A reseller speaks for himself alone.
            let own = try #require(playground.names(in: "boxnox/outbox").first { $0.hasSuffix(".json") })
            try Data(contentsOf: URL(fileURLWithPath: playground.path("boxnox/outbox/" + own)))
                .write(to: URL(fileURLWithPath: playground.path("skins_sa/outbox/late.csv.\(lost.batch_id.prefix(8)).json")))
            try putBack(night, playground)
            let house = try await PipelineHouse(playground)
            try await playground.rest(batches: 4)
            let after = try await day(playground)
            #expect(after.batches.map(\.batch_id) == evening.batches.map(\.batch_id).filter { $0 != lost.batch_id })
            #expect(after.batches.map(\.status) == evening.batches.filter { $0.batch_id != lost.batch_id }.map(\.status))
            #expect(after.sales.count == 7)
            #expect(house.notes.all.contains { $0.contains(lost.batch_id) && $0.contains("selloutctl verify") })
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
            let asked = try playground.shell(["verify"])
            #expect(asked.status == 1 && asked.output.contains(lost.batch_id), "\(asked)")
        }
    }

    @Test func `originals that are not in the archive any more are told by verify, and are nobody's trouble`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/gone.csv")
            try await playground.rest(batches: 1)
            try await eventually("the file to be put away") { try await playground.ctl("status").contains("Reports owed: 0") }
            #expect(try playground.shell(["verify"]).output.contains("1 original is in the archive"))
            try FileManager.default.removeItem(atPath: playground.path(".archive"))
            try playground.makeFolder(".archive")
            try await eventually("the ledger to know that it was put away") {
                try playground.shell(["verify"]).output.contains("gone.csv")
            }
            let asked = try playground.shell(["verify"])
            #expect(asked.status == 0 && asked.output.contains("gone.csv") && asked.output.contains("sound"), "\(asked)")
            let json = try playground.shell(["verify", "--json"]).output
            #expect(json.contains("\"missing_count\": 1"))
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
        }
    }
}
