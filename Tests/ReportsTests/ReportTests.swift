import Batches
import Cells
import Foundation
import Reports
import Sellout
import Testing

@Suite struct ReportTests {
    private let moment = Timestamp(milliseconds: 1_744_633_800_250)

    private func batch(_ state: BatchState) throws -> Batch {
        let id = try #require(BatchID("0badcafe-0000-4000-8000-000000000001"))
        var batch = Batch(
            id: id, reseller: "liberty", filename: "März \"Report\".csv", mode: .replace, state: state, sizeBytes: 1234, host: "h",
            receivedAt: moment)
        batch.sha256 = String(repeating: "ab", count: 32)
        return batch
    }

    @Test(arguments: [(8, 1, false), (9, 1, false), (10, 1, false), (10, 2, true), (8, 8, true)])
    func `where more than one row in ten has failed, of ten or more, the message says so first`(
        processed: Int, failed: Int, isSaid: Bool
    ) throws {
        var batch = try batch(.partialSuccess)
        batch.counts = RowCounts(processed: processed, failed: failed)
        batch.message = "Some sales taken."
        let percent = failed == 8 ? 50 : 17
        let first = "\(failed) of \(processed + failed) rows failed (\(percent) %). "
        #expect(Report(batch, vendorName: nil).message == (isSaid ? first : "") + "Some sales taken.")
    }

    private func settled() throws -> Report {
        var batch = try batch(.partialSuccess)
        batch.startedAt = Timestamp(milliseconds: 1_744_633_801_000)
        batch.endedAt = Timestamp(milliseconds: 1_744_633_802_125)
        batch.message = "2 sales taken, 1 row failed."
        batch.counts = RowCounts(processed: 2, failed: 1, unchanged: 3, restated: 1, skipped: 4)
        batch.totals = SalesTotals(quantity: 76, local: Money(units: 77_697_800), euros: Money(units: 90_906_400))
        batch.currency = "GBP"
        batch.firstDay = CivilDay(year: 2025, month: 4, day: 1)
        batch.lastDay = CivilDay(year: 2025, month: 5, day: 31)
        batch.detection = Detection(profile: "liberty", signs: ["sheet Sales By Size", "name", "header Sold"])
        batch.controlTotals = [
            ControlTotal(scope: "file", file: .init(amount: 77_697_800), extracted: .init(quantity: 76, amount: 77_697_700))
        ]
        batch.warnings = [
            Warning(
                "SIGNS_DIFFER", "row 7 has different signs", count: 2, holds: true,
                places: [Warning.Place(sheet: "Sales", range: "row 7", look: "quantity 1, amount -2.00")])
        ]
        batch.skipped = [SkippedRows("total rows", rows: 4, quantity: 3, amount: 125_000)]
        batch.replacement = Replacement(went: 7, came: 2, isTaken: true)
        let error = RowError(
            sheet: "Sales", row: 12, column: "F", type: .productNotMapped, message: "No product is known as 0008.", field: "product",
            value: "0008", suggestion: "Ask for a mapping.")
        let restated = Restatement(
            store: "Flagship", ean: try #require(EAN("7350154320008")), date: try #require(CivilDay(year: 2025, month: 4, day: 1)),
            old: .init(sales: 1, quantity: 2, amount: Money(units: 1_000_000)),
            new: .init(sales: 1, quantity: 3, amount: Money(units: 1_500_000)))
        return Report(
            batch, vendorName: "Liberty", errors: [error], errorCounts: [("PRODUCT_NOT_MAPPED", 1)], restatements: [restated],
            rates: [ExchangeRate(currency: "GBP", numerator: 117, denominator: 100, source: "built-in")])
    }

    @Test func `a settled batch is written as the format says, to the byte`() throws {
        let golden = """
            {
              "report_version": 1,
              "batch_id": "0badcafe-0000-4000-8000-000000000001",
              "filename": "März \\"Report\\".csv",
              "file_size_bytes": 1234,
              "file_sha256": "abababababababababababababababababababababababababababababababab",
              "reseller": "liberty",
              "vendor_name": "Liberty",
              "detection": {
                "profile": "liberty",
                "confidence": "medium",
                "signs": ["sheet Sales By Size", "name", "header Sold"]
              },
              "upload_mode": "replace",
              "status": "partial_success",
              "message": "2 sales taken, 1 row failed.",
              "received_at": "2025-04-14T12:30:00.250Z",
              "processing_started_at": "2025-04-14T12:30:01Z",
              "processing_completed_at": "2025-04-14T12:30:02.125Z",
              "period": {"from": "2025-04", "to": "2025-05"},
              "rows_total": 6,
              "rows_processed": 2,
              "rows_failed": 1,
              "rows_unchanged": 3,
              "rows_restated": 1,
              "rows_skipped": 4,
              "skipped": [
                {"reason": "total rows", "rows": 4, "quantity": 3, "amount": "12.50", "places": []}
              ],
              "totals": {"quantity": 76, "sales_local": "7769.78", "currency": "GBP", "sales_eur": "9090.64"},
              "control_totals": [
                {
                  "scope": "file",
                  "file": {"quantity": null, "amount": "7769.78"},
                  "extracted": {"quantity": 76, "amount": "7769.77"},
                  "agrees": false
                }
              ],
              "rates": [
                {"currency": "GBP", "rate": "1.17", "source": "built-in"}
              ],
              "warnings": [
                {
                  "code": "SIGNS_DIFFER",
                  "message": "row 7 has different signs",
                  "count": 2,
                  "holds": true,
                  "places": [
                    {"sheet": "Sales", "range": "row 7", "look": "quantity 1, amount -2.00"}
                  ]
                },
                {"code": "BUILT_IN_RATE", "message": "rate: built-in. No ECB rate is known for GBP; 1 GBP is taken as 1.17 EUR.", "count": 1, "holds": false, "places": []}
              ],
              "error_counts": {"PRODUCT_NOT_MAPPED": 1},
              "errors": [
                {"sheet": "Sales", "row_number": 12, "column": "F", "error_type": "PRODUCT_NOT_MAPPED", "error_message": "No product is known as 0008.", "field_name": "product", "field_value": "0008", "suggestion": "Ask for a mapping."}
              ],
              "restated": [
                {
                  "store": "Flagship",
                  "product_ean": "7350154320008",
                  "sale_date": "2025-04-01",
                  "old": {"sales": 1, "quantity": 2, "amount": "100.00"},
                  "new": {"sales": 1, "quantity": 3, "amount": "150.00"}
                }
              ],
              "restated_count": 1,
              "replaced": {"went": 7, "came": 2, "periods": []}
            }

            """
        #expect(String(decoding: try settled().jsonBytes, as: UTF8.self) == golden)
        #expect(try settled().jsonBytes == settled().jsonBytes)
    }

    @Test func `a refused file is one error without a row, counted, and its sentence is the message`() throws {
        var batch = try batch(.failed)
        batch.sha256 = nil
        batch.refusal = FileRefusal(.missingSheet, "There is no sheet BIBBI.", suggestion: "Send the whole workbook.")
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(Report(batch, vendorName: nil).jsonBytes)) as? [String: Any])
        let errors = try #require(read["errors"] as? [[String: Any]])
        #expect(errors.count == 1)
        #expect(errors[0]["error_type"] as? String == "MISSING_SHEET")
        #expect(errors[0]["row_number"] is NSNull)
        #expect(errors[0]["suggestion"] as? String == "Send the whole workbook.")
        #expect(read["message"] as? String == "There is no sheet BIBBI.")
        #expect(read["error_counts"] as? [String: Int] == ["MISSING_SHEET": 1])
        for name in ["file_sha256", "vendor_name", "detection", "period", "processing_started_at", "replaced"] {
            #expect(read[name] is NSNull)
        }
    }

    @Test func `a thousand errors are listed and all are counted`() throws {
        let errors = (1...1500).map { RowError(sheet: "S", row: $0, type: .invalidQuantity, message: "no") }
        let report = Report(try batch(.partialSuccess), vendorName: nil, errors: errors, errorCounts: [("INVALID_QUANTITY", 1500)])
        let read = try #require(try JSONSerialization.jsonObject(with: Data(report.jsonBytes)) as? [String: Any])
        #expect((read["errors"] as? [Any])?.count == 1000)
        #expect(read["error_counts"] as? [String: Int] == ["INVALID_QUANTITY": 1500])
    }

    @Test(arguments: BatchState.allCases)
    func `a batch of which the ledger says nothing still gets a sentence`(state: BatchState) throws {
        #expect(Report(try batch(state), vendorName: nil).message.hasSuffix("."))
    }

    @Test func `a reference file's report says what changed and which lines were not taken`() {
        let problem = ReferenceProblem(row: 3, column: "ean", value: "1", message: "1 is no EAN.")
        let partly = ReferenceReport(
            filename: "p.csv", sha256: nil, receivedAt: moment, kind: .products, lines: 3, linesRefused: 1, new: 1, changed: 1,
            problems: [problem])
        #expect(partly.status == .partialSuccess)
        #expect(partly.message == "products: 1 new, 1 changed, 0 unchanged; 1 of 3 lines could not be taken as they are.")
        #expect(String(decoding: partly.jsonBytes, as: UTF8.self).contains("\"row_number\": 3"))
        let none = ReferenceReport(
            filename: "p.csv", sha256: nil, receivedAt: moment, kind: nil, refusal: FileRefusal(.parsingError, "No headers."))
        #expect(none.status == .failed && none.message == "No headers.")
    }
}
