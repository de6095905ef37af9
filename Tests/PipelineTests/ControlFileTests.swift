import Batches
import Foundation
import Pipeline
import TestKit
import Testing

/// What a crash between two steps leaves of a file and its control file, and what operators see and do.
@Suite struct ControlFileTests {
    private func with(_ control: String, _ body: (Playground) async throws -> Void) async throws {
        try await Playground.with(.inThisProcess) { playground in
            try playground.agree(on: control, with: "boxnox")
            try await body(playground)
        }
    }

    /// As a claim leaves it that was killed after its rename.
    private func claim(_ text: String, in playground: Playground) throws {
        let crate = ".spool/\(BatchID()).append.boxnox"
        try playground.makeFolder(crate)
        try Data(text.utf8).write(to: URL(fileURLWithPath: playground.path(crate + "/a.csv")))
    }

    @Test func `a file that was claimed before a crash takes its control file along, and the next one of that name waits`() async throws {
        try await with("ok") { playground in
            try claim(Samples.boxnox, in: playground)
            try playground.drop("", at: "boxnox/inbox/a.csv.ok")
            try playground.drop("half a f", at: "boxnox/inbox/a.csv")
            let house = try await PipelineHouse(playground)
            #expect(try await playground.report(on: "a.csv").status == "completed")
            try await house.reload()
            try await eventually("the status to name what waits") {
                house.pipeline.standing.lingering.map(\.description) == ["boxnox/inbox/a.csv waits for its control file a.csv.ok"]
            }
            #expect(playground.names(in: "boxnox/inbox") == ["a.csv", "replace"])
            #expect(try await playground.batches().count == 1)
        }
    }

    @Test(arguments: ["ok", "sha256"])
    func `a claimed file whose control file has gone is refused and kept`(control: String) async throws {
        try await with(control) { playground in
            try claim(Samples.boxnox, in: playground)
            try await playground.open()
            let report = try await playground.report(on: "a.csv")
            #expect(report.status == "failed" && report.errors.map(\.error_type) == ["INCOMPLETE_FILE"], "\(report.message)")
            try await playground.rest(batches: 1)
            #expect(playground.archived[report.batch_id]?.content == Data(Samples.boxnox.utf8))
            #expect(try await playground.sales().isEmpty)
        }
    }

    @Test func `a refused file is compared again when it is retried, and nothing but its own control file counts`() async throws {
        try await with("sha256") { playground in
            try claim(Samples.boxnox, in: playground)
            try playground.drop(String(repeating: "0", count: 64), at: "boxnox/inbox/a.csv.sha256")
            try await playground.open()
            let refused = try await playground.report(on: "a.csv")
            let digest = try #require(refused.file_sha256)
            try await playground.rest(batches: 1)
            try playground.drop(digest, at: "boxnox/inbox/a.csv.sha256")
            try await playground.ctl("retry", refused.batch_id)
            try await eventually("the second refusal") {
                try await playground.ctl("audit", refused.batch_id).split(separator: "begin").count > 2
            }
            try await playground.rest(batches: 1)
            #expect(try await playground.batches().map(\.status) == ["failed"])
            #expect(playground.exists("boxnox/inbox/a.csv.sha256"))
            #expect(try await playground.sales().isEmpty)
        }
    }
}
