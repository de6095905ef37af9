import Foundation
import Testing

@Suite struct OneFileTests {
    @Test func `a dropped CSV becomes sales and a report with its figures, and its original is archived`() async throws {
        try await Playground.with { playground in
            let daemon = try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/April report.csv")
            let report = try await playground.report(on: "April report.csv")
            #expect(report.status == "completed")
            #expect((report.rows_total, report.rows_processed, report.rows_failed) == (2, 2, 0))
            #expect(report.totals.quantity == -1)
            #expect(report.totals.sales_local == "197.38")
            #expect(report.totals.sales_eur == "197.38")
            #expect(playground.names(in: "boxnox/outbox") == ["April report.csv.\(report.batch_id.prefix(8)).json"])
            try await playground.rest(batches: 1)
            let sales = try await playground.sales()
            #expect(sales.map(\.local) == ["202.48", "-5.10"])
            #expect(sales.map(\.store) == ["Abanuc Online", "Abanuc Madrid"])
            #expect(playground.archived.mapValues { $0.content } == [report.batch_id: Data(Samples.boxnox.utf8)])
            #expect(playground.names(in: "boxnox/inbox") == ["replace"])
            try await daemon.stop()
        }
    }

    @Test func `files of the reference inbox are taken while running, and an answer to each lies in the outbox`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop("reseller,code,ean\nboxnox,X-1,7350154320008\n", at: "reference/inbox/mappings.csv")
            try await eventually("an answer") { !playground.names(in: "reference/outbox").isEmpty }
            try playground.drop(Samples.boxnoxHeader + "2025;4;Retail;Shop;7350154320999;1;9,00;EDP;X-1\n", at: "boxnox/inbox/a.csv")
            try await playground.report(on: "a.csv") { $0.status == "completed" }
            #expect(try await playground.sales().map(\.ean) == ["7350154320008"])
        }
    }
}
