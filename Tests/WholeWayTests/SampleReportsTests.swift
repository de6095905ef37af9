import Foundation
import TestKit
import Testing

/// Every sample, read by the real programs, gives the report that lies beside it, whole.
@Suite struct SampleReportsTests {
    private static let folder = Programs.sources + "/samples"

    private static let files: [String] = {
        let all = FileManager.default.enumerator(atPath: folder + "/files")?.compactMap { $0 as? String } ?? []
        return all.filter { $0.contains("/") && ($0.hasSuffix(".xlsx") || $0.hasSuffix(".csv")) }.sorted()
    }()

    private static func expected(_ file: String) -> String {
        folder + "/expected/" + file.replacingOccurrences(of: "/", with: "-") + ".json"
    }

    private func layReference(_ playground: Playground) async throws {
        for kind in ["products", "prices", "mappings", "stores", "rates"] {
            try await playground.ctl("import", kind, Self.folder + "/reference/\(kind).csv")
        }
    }

    /// Moments and ids differ from run to run, and a workbook's bytes with the library that wrote it.
    private func masked(_ report: String) -> String {
        let volatile = [
            "batch_id", "received_at", "processing_started_at", "processing_completed_at", "file_sha256", "file_size_bytes",
        ]
        return volatile.reduce(report) { text, key in
            text.replacingOccurrences(of: "\"\(key)\":\\s*(\"[^\"]*\"|[0-9]+)", with: "\"\(key)\": \"…\"", options: .regularExpression)
        }
    }

    @Test func `each sample's report is the expected one`() async throws {
        #expect(Self.files.count >= 11)
        try await Playground.with { playground in
            try await layReference(playground)
            for file in Self.files {
                let reseller = String(file.prefix { $0 != "/" })
                let report = masked(try await playground.ctl("check", Self.folder + "/files/" + file, "--reseller", reseller, "--json"))
                // SELLOUT_RENEW_EXPECTED=1 writes them anew, to be looked at before they are committed.
                if ProcessInfo.processInfo.environment["SELLOUT_RENEW_EXPECTED"] != nil {
                    try Data(report.utf8).write(to: URL(fileURLWithPath: Self.expected(file)))
                }
                let wanted = try? String(contentsOfFile: Self.expected(file), encoding: .utf8)
                #expect(report == wanted, "\(file)")
            }
        }
    }

    @Test func `a living document's second file brings only what is new; a corrected one is restated and waits`() async throws {
        try await Playground.with { playground in
            try playground.makeFolder("aromateque/inbox")
            try playground.makeFolder("aromateque/outbox")
            try await layReference(playground)
            try await playground.daemon()
            let head = "Brand;Quantity;Amount;Month;Year;Store\n"
            let january = (0..<40).map { _ in "BBSC100;1;245,00;1;2025;Kyiv\n" }.joined() + "BBRR100;2;490,00;1;2025;Kyiv\n"
            let february = "BBSC100;3;735,00;2;2025;Kyiv\n"
            func send(_ text: String, _ name: String) async throws -> SentReport {
                try playground.drop(head + text, at: "aromateque/inbox/" + name)
                return try await playground.report(on: name, for: "aromateque")
            }
            let first = try await send(january, "bibbi sales january'25.csv")
            #expect((first.status, first.rows_total, first.rows_processed) == ("completed", 41, 41))
            let second = try await send(january + february, "bibbi sales february'25.csv")
            #expect((second.status, second.rows_total, second.rows_processed) == ("completed", 42, 1))
            let corrected = try await send(
                january.replacingOccurrences(of: "490,00", with: "480,00") + february, "bibbi sales february'25 (1).csv")
            #expect((corrected.status, corrected.rows_processed) == ("staging_complete", 1))
            #expect(try await playground.sales().count == 42)
        }
    }
}
