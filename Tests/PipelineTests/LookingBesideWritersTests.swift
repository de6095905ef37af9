import Foundation
import TestKit
import Testing

@testable import Ledger

/// Operators look while large files are booked.
@Suite struct LookingBesideWritersTests {
    @Test func `while somebody is in the midst of a long transaction every listing answers at once, forty times over`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let house = try await PipelineHouse(playground)
            try playground.drop(Samples.boxnox + "2025-05,Madrid,BB-UNKNOWN,,1,1.00\n", at: "boxnox/inbox/a.csv")
            let report = try await playground.report(on: "a.csv")
            try await playground.rest(batches: 1)
            try await house.stop()
            let writer = try Connection(path: playground.root + "/.ledger/ledger.db")
            try writer.execute("BEGIN IMMEDIATE; UPDATE upload_batches SET message = 'half done'")
            let began = ContinuousClock.now
            for _ in 0..<40 {
                for words in [
                    ["status"], ["batches"], ["show", report.batch_id], ["errors", report.batch_id], ["sales"], ["audit"], ["unmapped"],
                ] {
                    let end = try playground.shell(words)
                    #expect(end.status == 0 && !end.output.contains("half done"), "\(words): \(end)")
                }
            }
            // Whoever wants to write waits for ten seconds, once for each call.
            #expect(began.duration(to: .now) < .seconds(40))
            try writer.execute("ROLLBACK")
        }
    }

    @Test func `a step that changes something waits for its turn and is then told of the lock, and nothing is done`() async throws {
        try await Playground.with(.inThisProcess) { playground in
            let writer = try Connection(path: playground.root + "/.ledger/ledger.db")
            try writer.execute("BEGIN IMMEDIATE")
            let end = try playground.shell(["map", "boxnox", "X-1", "7350154320008"])
            #expect(end.status == 1 && end.complaint.contains("kept the ledger locked"), "\(end)")
            try writer.execute("ROLLBACK")
            #expect(try playground.shell(["map", "boxnox", "X-1", "7350154320008"]).status == 0)
        }
    }
}
