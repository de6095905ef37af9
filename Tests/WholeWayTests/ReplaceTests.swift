import Foundation
import Testing

/// Files dropped into `inbox/replace/`.
@Suite struct ReplaceTests {
    @Test func `a replacing file swaps the reseller's sales for its own, and no other reseller's`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try playground.drop(Samples.online(3, mark: "OLD"), at: "online/inbox/old.csv")
            try await playground.rest(batches: 2)
            try playground.drop(Samples.online(2, mark: "NEW"), at: "online/inbox/replace/new.csv")
            let report = try await playground.report(on: "new.csv", for: "online")
            #expect(report.status == "completed" && report.upload_mode == "replace")
            #expect(report.message.contains("3") && report.message.contains("2"), "\(report.message)")
            let sales = try await playground.sales()
            #expect(sales.filter { $0.batch == report.batch_id }.count == 2)
            #expect(sales.count == 4)
        }
    }

    @Test func `a replacing file with a failed row replaces nothing and waits for approval`() async throws {
        try await Playground.with { playground in
            try await playground.daemon()
            try playground.drop(Samples.online(3, mark: "OLD"), at: "online/inbox/old.csv")
            try await playground.rest(batches: 1)
            let wrong = Samples.online(2, mark: "NEW") + "NEW-9,7350154320008,BBSC100,Soap Club,many,10.50,2025-03-11,SE,Malmö\n"
            try playground.drop(wrong, at: "online/inbox/replace/new.csv")
            let report = try await playground.report(on: "new.csv", for: "online")
            #expect(report.status == "staging_complete" && report.rows_failed == 1)
            #expect(try await playground.sales().count == 3)
            let approval = try await playground.ask(["approve", report.batch_id])
            let sales = try await playground.sales()
            #expect(approval.status == 1 ? sales.count == 3 : sales.count == 2, "\(approval)")
        }
    }
}
