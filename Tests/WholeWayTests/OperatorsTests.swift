import Foundation
import Glibc
import Testing

/// What operators do while the daemon runs, and while it does not.
@Suite struct OperatorsTests {
    private static let unknown =
        Samples.boxnoxRows("2025;4", ["Abanuc Madrid;7350154320008;1;10,00"])
        + "2025;4;Retail;Abanuc Madrid;7350154320999;2;20,00;EDP;NOPE\n"

    @Test(arguments: [
        ("approve", "completed"), ("retry", "completed"), ("cancel", "completed"), ("approve", "failed"), ("cancel", "failed"),
    ])
    func `a step that the batch's state forbids ends with 1 and one sentence naming the state, and changes nothing`(
        step: String, state: String
    ) async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            let content = state == "completed" ? Samples.boxnox : "no,report\nat,all\n"
            try playground.drop(content, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            for isStopped in [false, true] {
                if isStopped { try await daemon.stop() }
                let before = [try await playground.ctl("batches", "--json"), try await playground.ctl("audit", "--json")]
                let id = try #require(try await playground.batches().first).batch_id
                let end = try await playground.ask([step, id])
                #expect(end.status == 1)
                #expect(end.output.isEmpty)
                #expect(end.complaint.split(separator: "\n").count == 1 && end.complaint.contains(state), "\(end)")
                #expect([try await playground.ctl("batches", "--json"), try await playground.ctl("audit", "--json")] == before)
            }
        }
    }

    @Test func `when a mapping arrives the waiting rows become sales by themselves, and a new report goes out`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop(Self.unknown, at: "boxnox/inbox/a.csv")
            let first = try await playground.report(on: "a.csv")
            #expect(first.status == "staging_complete")
            #expect(first.errors.map(\.error_type) == ["PRODUCT_NOT_MAPPED"])
            #expect(try await playground.sales().isEmpty)
            try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
            let second = try await playground.report(on: "a.csv") { $0.status == "completed" }
            #expect(second.batch_id == first.batch_id && second.errors.isEmpty && second.rows_processed == 2)
            #expect(try await playground.sales().map(\.ean) == ["7350154320008", "7350154320060"])
            #expect(playground.names(in: "boxnox/outbox").count == 1)
        }
    }

    @Test func `a mapping that came while the file was read is used before the next sweep`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try await eventually("a spare reader") { !daemon.readers.isEmpty }
            let reader = try #require(daemon.readers.first)
            Glibc.kill(reader, SIGSTOP)
            try playground.drop(Self.unknown, at: "boxnox/inbox/a.csv")
            try await eventually("the file is being read") { try await playground.batches().first?.status == "processing" }
            try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
            // The daemon has seen the change by then, while there was nothing to resolve yet.
            try await Task.sleep(for: .seconds(2))
            Glibc.kill(reader, SIGCONT)
            try await eventually("the row to be resolved before a sweep", within: .seconds(40)) {
                try await playground.sales().count == 2
            }
        }
    }

    @Test func `a mapping that came while the daemon was stopped is used when it starts`() async throws {
        try await Playground.with { playground in
            let first = try await playground.daemon()
            try playground.drop(Self.unknown, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            try await first.stop()
            try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
            try await playground.daemon()
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            #expect(try await playground.sales().count == 2)
        }
    }

    @Test func `what waits for approval is cancelled, retried and approved, and every step sends a new report`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop(Self.unknown, at: "boxnox/inbox/a.csv")
            let id = try await playground.report(on: "a.csv").batch_id
            try await playground.ctl("cancel", id)
            try await playground.report(on: "a.csv") { $0.status == "cancelled" }
            try await playground.ctl("retry", id)
            try await playground.report(on: "a.csv") { $0.status == "staging_complete" }
            try await playground.ctl("approve", id)
            try await playground.report(on: "a.csv") { $0.status == "partial_success" }
            #expect(try await playground.sales().map(\.local) == ["10.00"])
            try await playground.rest(batches: 1)
            #expect(playground.archived[id]?.content == Data(Self.unknown.utf8))
        }
    }

    @Test(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
    func `a retry that comes while the file's last run is just ending is not left until the next sweep`() async throws {
        try await Playground.with { playground in
            let condition = try playground.write("", beside: "hold")
            let daemon = try playground.start(
                environment: ["SELLOUT_FAILPOINT": "report.noted=hold", "SELLOUT_FAILPOINT_WHILE": condition])
            try await daemon.ready()
            try playground.drop("no,report\nat,all\n", at: "boxnox/inbox/a.csv")
            let failed = try await playground.report(on: "a.csv")
            try await eventually("the report to be noted") { try await playground.ctl("status").contains("Reports owed: 0") }
            try await playground.ctl("retry", failed.batch_id)
            // Long enough for the daemon to have seen the ledger's change, and to have left it to the run.
            try await Task.sleep(for: .seconds(2))
            try FileManager.default.removeItem(atPath: condition)
            // The sweep comes once a minute.
            try await eventually("the second try", within: .seconds(25), seen: { playground.lastJournal }) {
                try await playground.ctl("audit", failed.batch_id, "--json").components(separatedBy: "\"begin\"").count == 3
            }
            try await playground.rest(batches: 1)
        }
    }

    @Test func `a batch that was cancelled and deleted while the daemon was stopped does not come back`() async throws {
        try await Playground.with { playground in
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let killed = try playground.start(environment: ["SELLOUT_FAILPOINT": "batch.registered=die"])
            _ = try await killed.program.end()
            let id = try #require(try await playground.batches().first).batch_id
            try await playground.ctl("cancel", id)
            try await playground.ctl("delete", id, "--reason", "sent by mistake")
            try await playground.daemon()
            try await eventually("an empty spool", seen: { playground.lastJournal }) { playground.names(in: ".spool").isEmpty }
            #expect(try await playground.batches().isEmpty)
            #expect(try await playground.sales().isEmpty)
            #expect(playground.archived[id]?.content == Data(Samples.boxnox.utf8))
        }
    }
}
