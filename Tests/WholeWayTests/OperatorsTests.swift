import Foundation
import Glibc
import TestKit
import Testing

/// What operators do while the daemon runs, and while it does not.
@Suite struct OperatorsTests {
    @Test(arguments: Scene.forbiddenSteps)
    func `a step that the batch's state forbids ends with 1 and one sentence naming the state, and changes nothing`(
        step: String, state: String
    ) async throws {
        try await Scene.forbidden(step, state).play()
    }

    @Test func `when a mapping arrives the waiting rows become sales by themselves, and a new report goes out`() async throws {
        try await Scene.mapped.play()
    }

    @Test func `more errors than a report lists lie whole beside it, as long as there are so many`() async throws {
        try await Scene.manyErrors.play()
    }

    @Test func `the command finds the profiles that the daemon used, from anywhere, and the original of what it took`() async throws {
        try await Playground.with { playground in
            func ctl(_ words: String...) async throws -> Program.End {
                try await Program("selloutctl", ["--root", playground.root] + words, keepingOutputIn: playground.folder).end()
            }
            // Before a daemon has said where they are.
            #expect(try await ctl("resellers").output == "No profiles in /etc/selloutd/resellers.\n")
            let daemon = try await playground.daemon()
            #expect(try await ctl("resellers").output.contains("\nboxnox "))
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            let id = try await playground.report(on: "a.csv").batch_id
            #expect(try await ctl("original", id).output == Samples.boxnox)
            let path = try playground.write(Samples.boxnox, beside: "b.csv")
            let again = try await ctl("check", path)
            #expect(again.status == 1 && again.complaint == "selloutctl: The file would be refused: DUPLICATE_FILE.\n")
            try await daemon.stop()
            #expect(try await ctl("resellers").output.contains("\nboxnox "))
            #expect(try await ctl("original", id).output == Samples.boxnox)
        }
    }

    @Test func `a mapping that came while the file was read is used before the next sweep`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try await eventually("a spare reader") { !daemon.readers.isEmpty }
            let reader = try #require(daemon.readers.first)
            Glibc.kill(reader, SIGSTOP)
            try playground.drop(Scene.unknownProduct, at: "boxnox/inbox/a.csv")
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
        try await Scene.mappedWhileStopped.play()
    }

    @Test func `what waits for approval is cancelled, retried and approved, and every step sends a new report`() async throws {
        try await Scene.stepped.play()
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

    @Test func `a batch that was cancelled and deleted while the daemon was stopped does not come back, and its file goes`() async throws {
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
            #expect(playground.archived[id] == nil)
        }
    }
}
