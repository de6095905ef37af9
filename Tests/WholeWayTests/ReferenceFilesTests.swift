import Failpoints
import Foundation
import Glibc
import TestKit
import Testing

/// Reference files are as safe as sales.
@Suite(.enabled(if: !Programs.areRelease, "failpoints are compiled into debug builds alone"))
struct ReferenceFilesTests {
    private static let passed: [Failpoint] = [
        .claimFolderMade, .claimOriginNoted, .claimRenamed, .claimSynced, .reportWritten, .reportFileSynced, .reportRenamed, .reportSynced,
        .archiveFolderMade, .archiveRenamed, .archiveSynced,
    ]

    @Test(arguments: passed)
    func `killed while a reference file is taken, the daemon takes it at the next start and answers once`(point: Failpoint) async throws {
        try await Playground.with { playground in
            try playground.drop("reseller,code,ean\nboxnox,X-1,7350154320008\n", at: "reference/inbox/mappings.csv")
            let first = try playground.start(environment: ["SELLOUT_FAILPOINT": "\(point.rawValue)=die"])
            #expect(try await first.program.end().signal == SIGKILL)
            try await playground.daemon()
            try await eventually("an empty spool", seen: { playground.lastJournal }) {
                playground.names(in: ".spool").isEmpty && playground.names(in: "reference/inbox").isEmpty
            }
            #expect(playground.names(in: "reference/outbox").count == 1)
            #expect(playground.archived.values.map(\.name) == ["mappings.csv"])
            try playground.drop(Samples.boxnoxHeader + "2025;4;Retail;Shop;7350154320999;1;9,00;EDP;X-1\n", at: "boxnox/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv").status == "completed")
        }
    }

    @Test func `a reference file whose name no terminal should see is taken like any other`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            let mappings = "reseller,code,ean\nboxnox,X-1,7350154320008\n"
            try playground.drop(mappings, at: "reference/inbox/a\\b \u{1b}[31m.csv")
            try await eventually("an answer") { playground.names(in: "reference/outbox").count == 1 }
            try await eventually("an empty spool") { playground.names(in: ".spool").isEmpty }
        }
    }

    @Test func `a reference file that makes no sense is answered and kept, and the next is taken`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop("what,ever\n1,2\n", at: "reference/inbox/strange.csv")
            try await eventually("an answer") { playground.names(in: "reference/outbox").count == 1 }
            try playground.drop("ean,functional_name,description\n7350154320459,SANTAL,Santal Beauty\n", at: "reference/inbox/products.csv")
            try await eventually("the second answer") { playground.names(in: "reference/outbox").count == 2 }
            try await eventually("an empty spool") { playground.names(in: ".spool").isEmpty }
            #expect(playground.archived.values.map(\.name).sorted() == ["products.csv", "strange.csv"])
        }
    }
}
