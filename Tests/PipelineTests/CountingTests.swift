import Batches
import Cells
import Foundation
import Ledger
import Sellout
import TestKit
import Testing

@testable import Pipeline

/// What the daemon counts: each batch, row and byte once, whatever is renewed, read again or restarted.
@Suite struct CountingTests {
    private func with(_ body: (Playground) async throws -> Void) async throws { try await Playground.with(.inThisProcess, body) }

    private static let bytes = Scene.unknownProduct.utf8.count

    @Test func `a batch whose report is renewed is counted once, with the errors of its rows, and so are operators' steps`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop(Scene.unknownProduct, at: "boxnox/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv").status == "staging_complete")
            let first = [
                "batches boxnox staging_complete: 1", "rows boxnox failed: 1", "rows boxnox processed: 1", "bytes boxnox: \(Self.bytes)",
                "failures PRODUCT_NOT_MAPPED: 1",
            ]
            #expect(house.notes.counted == first)
            try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            try await eventually("the step to be counted") { house.notes.counted == first + ["operator_steps import mappings: 1"] }
        }
    }

    @Test func `after a restart counters begin at nothing, and what was counted before is not counted again`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop(Scene.unknownProduct, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            try await house.stop()
            try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
            let next = try await PipelineHouse(playground)
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            try playground.drop(Samples.online(2), at: "online/inbox/b.csv")
            try await playground.report(on: "b.csv", for: "online")
            #expect(
                next.notes.counted == [
                    "batches online completed: 1", "rows online processed: 2", "bytes online: \(Samples.online(2).utf8.count)",
                ])
        }
    }

    @Test func `a file that is read again counts no batch and no byte twice, and its rows when they are read first`() async throws {
        try await with { playground in
            let profile = try Data(contentsOf: URL(fileURLWithPath: playground.profiles + "/boxnox.json5"))
            try FileManager.default.removeItem(atPath: playground.profiles + "/boxnox.json5")
            let house = try await PipelineHouse(playground)
            try playground.drop(Scene.unknownProduct, at: "boxnox/inbox/a.csv")
            let failed = try await playground.report(on: "a.csv")
            let refused = ["batches boxnox failed: 1", "bytes boxnox: \(Self.bytes)", "failures VENDOR_DETECTION_FAILED: 1"]
            #expect(house.notes.counted == refused)
            try profile.write(to: URL(fileURLWithPath: playground.profiles + "/boxnox.json5"))
            try await house.reload()
            for round in 1...2 {
                try await playground.ctl("retry", failed.batch_id)
                try await eventually("another reading") {
                    house.notes.all.count { $0 == "answered a.csv: stagingComplete" } == round
                }
                try await playground.rest(batches: 1)
                try await eventually("the step to be counted") { house.notes.counted.last == "operator_steps retry: \(round)" }
                #expect(
                    house.notes.counted.dropLast() == [
                        refused[0], "rows boxnox failed: 1", "rows boxnox processed: 1", refused[1], "failures PRODUCT_NOT_MAPPED: 1",
                        refused[2],
                    ])
            }
        }
    }

    @Test func `each step that operators take while the daemon runs is counted, and none from before`() async throws {
        try await with { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop(Scene.unknownProduct, at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            try await playground.ctl("approve", report.batch_id)
            try await eventually("the approval to be counted") { house.notes.counted.last == "operator_steps approve: 1" }
            try await house.stop()
            let next = try await PipelineHouse(playground)
            try await playground.ctl("delete", report.batch_id, "--reason", "a mistake")
            try await eventually("the deletion to be counted") { !next.notes.counted.isEmpty }
            #expect(next.notes.counted == ["operator_steps delete: 1"])
        }
    }

    @Test func `the daemon knows who has not sent what it usually has sent by now`() async throws {
        try await with { playground in
            let today = Timestamp.now().day
            let ledger = try SQLiteLedger(path: playground.root + "/.ledger/ledger.db")
            // So long ago that the month after it is late too, whatever today is.
            var month = Month(CivilDay(number: today.number - 90))
            for _ in 0..<3 {
                defer { month = Month(CivilDay(number: month.firstDay.number - 1)) }
                try ledger.enterSettled(arriving: CivilDay(number: month.lastDay.number + 1), for: month.lastDay)
            }
            let house = try await PipelineHouse(playground)
            try await eventually("the status to know") { house.pipeline.freshness["boxnox"]?.daysLate ?? 0 > 0 }
            #expect(house.pipeline.freshness.keys.sorted() == ["boxnox"])
        }
    }
}

extension SQLiteLedger {
    /// A batch of one sale of that day, answered and put away.
    fileprivate func enterSettled(arriving day: CivilDay, for sale: CivilDay) throws {
        let at = Timestamp(milliseconds: Int64(day.number) * 86_400_000)
        let batch = Batch(
            id: BatchID(), reseller: "boxnox", filename: "a.csv", mode: .append, sizeBytes: 1, host: "test", receivedAt: at)
        try register([batch])
        _ = try beginTry(batch.id, sha256: batch.id.text, at: at)
        var chunk = StagedChunk(referenceVersion: 1)
        chunk.sheets = ["S"]
        chunk.products = [StagedProduct(naming: ProductNaming(code: "A", name: nil), ean: EAN("7350154320008"))]
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Store", isOnline: false), store: nil)]
        chunk.rates = [.euro]
        let amount = Money(units: 10_000)
        let draft = Draft(sheet: 0, row: 2, product: 0, store: 0, date: .day(sale), quantity: 1, amount: amount)
        chunk.rows = [StagedRow(draft: draft, local: amount, euros: amount, rate: 0)]
        let terms = Terms(reseller: "boxnox", vendorName: "BOXNOX", currency: "EUR", storesAreOpen: true, approval: .clean)
        let settled = try #require(try settle(batch.id, lastChunk: chunk, Findings(), terms: terms, at: at)).record
        try noteAnswered([Answered(settled.id, published: settled.revision, isArchived: true)])
    }
}
