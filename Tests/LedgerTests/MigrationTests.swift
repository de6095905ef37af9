import Batches
import Foundation
import Sellout
import Testing

@testable import Ledger

/// A ledger as the programs before the journal left it, with a batch in each state.
@Suite struct MigrationTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
    private let whole = BatchID()
    private let partly = BatchID()
    private let waiting = BatchID()

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let old = try Connection(path: folder + "/ledger.db")
        try Migration.bring(old, to: 4)
        try old.execute(
            """
            INSERT INTO resellers (reseller) VALUES ('boxnox');
            INSERT INTO stores VALUES (1, 'boxnox', 'Store 0', 'Store 0', 'physical', '', '', 'store 0', 'store 0');
            """)
        for (number, (id, state)) in [(whole, "completed"), (partly, "partial_success"), (waiting, "staging_complete")].enumerated() {
            let batch = number + 1
            try old.execute(
                """
                INSERT INTO upload_batches (id, batch_id, reseller, filename, upload_mode, status, file_size_bytes, host, received_at,
                    file_sha256, currency, first_day, last_day, rows_staged, rows_waiting, rows_processed, rows_failed, revision, reference_version)
                VALUES (\(batch), '\(id)', 'boxnox', '\(number).csv', 'append', '\(state)', 1, 'here', \(number), '\(number)', 'EUR', 20089,
                    20100, 3, 1, 2, 1, 1, 1);
                INSERT INTO audit_log (at, actor, action, batch_id, reason) VALUES (\(1000 * batch), 'anna', 'approve', '\(id)', '');
                INSERT INTO batch_sheets VALUES (\(batch), 0, 'S');
                INSERT INTO batch_products VALUES (\(batch), 0, NULL, 'CODE 0', 'Name 0', 7350154320000), (\(batch), 1, NULL, 'CODE 1', NULL, NULL);
                INSERT INTO batch_stores VALUES (\(batch), 0, 'Store 0', 0, 1, \(batch == 1 ? 1 : 0));
                INSERT INTO batch_rates VALUES (\(batch), 0, 'EUR', 1, 1, 'fixed');
                """)
        }
        func row(_ table: String, _ batch: Int64, _ number: Int64, _ outcome: Int?, product: Int = 0) throws {
            let day = 20089 + 3 * Int(batch) + Int(number)
            let amount = product == 0 ? "\(number * 10_000)" : "NULL"
            try old.execute(
                """
                INSERT INTO \(table) (id, \(outcome == nil ? "" : "outcome, ")sheet, row_number, product, store, sale_day, is_monthly, quantity,
                    sales_local, sales_eur, rate)
                VALUES (\((batch << 32) + number), \(outcome.map { "\($0), " } ?? "")0, \(number), \(product), 0, \(day), 0, 1, \(amount), \(amount), 0)
                """)
        }
        for number: Int64 in 1...3 { try row("final_sales", 1, number, nil) }
        for number: Int64 in 1...2 { try row("final_sales", 2, number, nil) }
        for (number, outcome) in [(1, 5), (2, 6), (3, 4)] as [(Int64, Int)] {
            try row("staging_sales", 2, number, outcome, product: outcome == 4 ? 1 : 0)
        }
        for (number, outcome) in [(1, 0), (2, 0), (3, 4)] as [(Int64, Int)] {
            try row("staging_sales", 3, number, outcome, product: outcome == 4 ? 1 : 0)
        }
    }

    @Test func `every current sale is the same before and after, and stands in the journal by the line that had booked it`() throws {
        let before = try Connection(path: folder + "/ledger.db").all(
            Column<String>(
                computed: "batch_id || sheet || row_number || store || product_ean || sale_date || quantity || sales_local || currency"),
            from: "sales ORDER BY 1")
        #expect(before.count == 5)
        let house = try Fixture(folder: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let after = try house.ask(
            "SELECT batch_id || sheet || row_number || store || product_ean || sale_date || quantity || sales_local || currency FROM sales ORDER BY 1"
        )
        #expect(after == before)
        #expect(try house.ask("SELECT count(*) FROM final_sales") == ["5"] && house.ask("SELECT count(*) FROM staging_sales") == ["4"])
        #expect(try house.sales(SalesFilter(asOf: Timestamp(milliseconds: 1500))).count == 3)
        #expect(try house.ledger.history(HistoryFilter(batch: partly)).map(\.actor) == ["anna", "anna"])
    }

    @Test func `what waited goes on, what was booked can be undone, and files are compared with it`() throws {
        let house = try Fixture(folder: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let terms = Fixture.terms(.partial)
        let rows = try house.ledger.waiting(of: partly)
        #expect(rows.rows.count == 1 && rows.products.count == 2)
        var resolved = ResolvedRows(referenceVersion: 2)
        resolved.products = [
            StagedProduct(naming: rows.products[0].naming, ean: try Fixture.ean(0)),
            StagedProduct(naming: rows.products[1].naming, ean: try Fixture.ean(1)),
        ]
        resolved.stores = rows.stores
        resolved.rates = [.euro]
        resolved.rows = rows.rows.map { ($0.number, StagedRow(draft: $0.draft, local: Money(units: 7), euros: Money(units: 7), rate: 0)) }
        #expect(try house.ledger.resettle(partly, resolved, terms: terms, at: house.now()).state == .completed)
        #expect(try house.ledger.approve(waiting, terms: terms, all: false, by: house.operatorsDeed).state == .partialSuccess)
        #expect(try house.sales().count == 8)
        let again = try house.take([Line(day: "2025-01-05", amount: 1)], terms: Fixture.terms(living: true))
        #expect(again.counts == RowCounts(unchanged: 1))
        #expect(try house.ledger.undo(whole, cascade: true, by: house.operatorsDeed).withdrawn == 3)
        #expect(try house.sales().count == 5)
    }
}

/// A ledger as the programs before uploads over HTTP left it.
@Suite struct UploadsMigrationTests {
    @Test func `resellers get a UUID and may upload on, batches came by folder, and the counts are right`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let old = try Connection(path: folder + "/ledger.db")
        try Migration.bring(old, to: 9)
        let ids = (0..<4).map { _ in BatchID() }
        try old.execute(
            """
            INSERT INTO resellers (reseller, vendor_name, country, currency) VALUES ('boxnox', 'BOXNOX', 'Poland', 'PLN'), ('galilu', '', '', '');
            """)
        for (place, (state, deleted)) in [("completed", "NULL"), ("completed", "NULL"), ("failed", "NULL"), ("failed", "7")].enumerated() {
            try old.execute(
                """
                INSERT INTO upload_batches (batch_id, reseller, filename, upload_mode, status, file_size_bytes, host, received_at, deleted_at)
                VALUES ('\(ids[place])', 'boxnox', 'a.csv', 'append', '\(state)', 1, 'here', \(1000 + place), \(deleted))
                """)
        }
        let house = try Fixture(folder: folder)
        let (boxnox, galilu) = (try #require(try house.ledger.reseller("boxnox")), try #require(try house.ledger.reseller("galilu")))
        #expect(BatchID(boxnox.uuid) != nil && BatchID(galilu.uuid) != nil && boxnox.uuid != galilu.uuid)
        #expect((boxnox.name, boxnox.country, boxnox.currency) == ("BOXNOX", "Poland", "PLN") && galilu.name == "galilu")
        #expect(boxnox.createdAt == Timestamp(milliseconds: 1000) && galilu.createdAt > Timestamp(milliseconds: 1_700_000_000_000))
        #expect([boxnox, galilu].allSatisfy { $0.canUpload && $0.isActive && $0.reason == nil && $0.ownerName == nil })
        try house.ledger.note(resellers: [Terms(reseller: "galilu", vendorName: "Galilu", currency: "EUR")], newMayUpload: false)
        #expect(try house.ledger.reseller("galilu")?.canUpload == true && house.ledger.reseller("galilu")?.uuid == galilu.uuid)
        #expect(try house.ledger.batches(BatchFilter()).allSatisfy { $0.uploader == nil })
        #expect(try house.ledger.counts(last: 0).resellers["boxnox"]?.batches == [.completed: 2, .failed: 1])
        #expect(try house.ledger.count(of: BatchFilter()) == 3)
    }
}
