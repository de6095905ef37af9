import Foundation
import TestKit
import Testing

/// All samples dropped into their inboxes come to exactly the sales that stand in one list beside them.
@Suite struct SampleSalesTests {
    private static let folder = Programs.sources + "/samples"

    private static let files: [String] = {
        let all = FileManager.default.enumerator(atPath: folder + "/files")?.compactMap { $0 as? String } ?? []
        return all.filter { $0.contains("/") && ($0.hasSuffix(".xlsx") || $0.hasSuffix(".csv")) }.sorted()
    }()

    @Test func `each sale of the samples has its store, product, date, quantity and amounts`() async throws {
        try await Playground.with { playground in
            for kind in ["products", "prices", "mappings", "stores", "rates"] {
                try await playground.ctl("import", kind, Self.folder + "/reference/\(kind).csv")
            }
            for reseller in Set(Self.files.map { String($0.prefix { $0 != "/" }) }) { try playground.layReseller(reseller) }
            try await playground.daemon()
            for file in Self.files {
                let parts = file.split(separator: "/").map(String.init)
                let draft = playground.beside("draft-" + parts[1])
                try FileManager.default.copyItem(atPath: Self.folder + "/files/" + file, toPath: draft)
                try FileManager.default.moveItem(atPath: draft, toPath: playground.path("\(parts[0])/inbox/\(parts[1])"))
            }
            try await playground.rest(batches: Self.files.count)
            for batch in try await playground.batches() where batch.status == "staging_complete" {
                try await playground.ctl("approve", batch.batch_id)
            }
            // Without the batch's id, which differs from run to run.
            let lines = try await playground.ctl("sales", "--csv").split(whereSeparator: \.isNewline).map { line in
                line.drop { $0 != "," }.dropFirst()
            }
            let sales = ([lines[0]] + lines.dropFirst().sorted()).joined(separator: "\n") + "\n"
            let expected = Self.folder + "/expected/sales.csv"
            if ProcessInfo.processInfo.environment["SELLOUT_RENEW_EXPECTED"] != nil {
                try Data(sales.utf8).write(to: URL(fileURLWithPath: expected))
            }
            #expect(try sales == String(contentsOfFile: expected, encoding: .utf8))
        }
    }
}
