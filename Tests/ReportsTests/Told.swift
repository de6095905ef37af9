import Batches
import Cells
import Reports
import Sellout
import Testing

/// A batch of which everything is told that a page can tell.
struct Told {
    var batch: Batch
    var errors: [RowError]
    var counts: [(type: String, count: Int)]
    /// Of one store in one month each; the page's charts show them.
    var sums: (first: Int64, second: Int64) = (4_900_800, 1_809_900)
    private var store = "Abanuc Online"
    private var typing = "a typing error"
    private let ean: EAN
    private let day: CivilDay

    init(_ state: BatchState) throws {
        let id = try #require(BatchID("0badcafe-0000-4000-8000-000000000001"))
        ean = try #require(EAN("7350154320008"))
        day = try #require(CivilDay(year: 2025, month: 4, day: 2))
        batch = Batch(
            id: id, reseller: "liberty", filename: "Sales & more.xlsx", mode: .replace, state: state, sizeBytes: 123_456, host: "h",
            receivedAt: Timestamp(milliseconds: 1_744_633_800_250))
        batch.counts = RowCounts(processed: 2, failed: state == .completed ? 0 : 2, restated: 1, skipped: 4)
        batch.totals = SalesTotals(quantity: 9, local: Money(units: 10_760_300), euros: Money(units: 10_760_300))
        batch.currency = "EUR"
        (batch.firstDay, batch.lastDay) = (CivilDay(year: 2025, month: 4, day: 1), CivilDay(year: 2025, month: 5, day: 31))
        batch.detection = Detection(profile: "liberty", signs: ["sheet Sales By Size", "header Sold", "cells ^BIBBI"])
        batch.controlTotals = [
            ControlTotal(scope: "Sales, row 17", file: .init(amount: 77_697_800), extracted: .init(quantity: 76, amount: 77_697_700)),
            ControlTotal(scope: "file", file: .init(quantity: 9), extracted: .init(quantity: 9)),
        ]
        batch.skipped = [SkippedRows("total rows", rows: 4, quantity: 3, amount: 125_000)]
        batch.replacement = Replacement(went: 7, came: 2, isTaken: true)
        if state == .failed { batch.refusal = FileRefusal(.missingSheet, "The workbook has no sheet \"Sales\".") }
        errors = [
            RowError(
                sheet: "SELL OUT BY EAN", row: 7, column: "F", type: .invalidEAN,
                message: "\"735015432999\" is no EAN: it must have 13 digits.",
                field: "ean", value: "735015432999", suggestion: "Enter the 13 digits of the article."),
            RowError(
                sheet: "SELL OUT BY EAN", row: 8, type: .productNotMapped, message: "The product \"BBNEW100\" is not known.", field: "code",
                value: "BBNEW100",
                suggestion:
                    "Perhaps 7350154320015 (\"BBNEW\", 92 % alike). Nothing to do for you: operations map it, and the sale is then taken by itself."
            ),
        ]
        counts = [("INVALID_EAN", 1), ("PRODUCT_NOT_MAPPED", 1)]
        batch.warnings = warnings("Row 9")
    }

    private func warnings(_ text: String) -> [Warning] {
        [
            Warning(
                "SIGNS_DIFFER", "\(text) has a quantity and an amount of different signs", holds: true,
                places: [Warning.Place(sheet: "Sales", range: "row 9", look: "quantity 1, amount -2.00")]),
            Warning("NEW_STORE", "New stores: \(text).", count: 2),
        ]
    }

    /// With this text wherever somebody outside chooses one.
    func with(_ text: String) -> Told {
        var told = self
        told.batch.filename = text
        told.store = text
        told.typing = text
        told.batch.warnings = warnings(text).map { warning in
            Warning(
                warning.code, warning.message, holds: warning.holds, places: [Warning.Place(sheet: text, range: text, look: text)])
        }
        told.batch.skipped = [SkippedRows(text, rows: 2, places: [Warning.Place(sheet: text, range: text, look: text)])]
        told.batch.controlTotals = [ControlTotal(scope: text, file: .init(quantity: 1), extracted: .init(quantity: 2))]
        told.batch.forced = ForcedStep(.approved, by: text, reason: text, at: batch.receivedAt)
        told.errors = errors.map {
            RowError(
                sheet: text, row: $0.row, column: $0.column, type: $0.type, message: text, field: text, value: text,
                suggestion: "Perhaps \(text) (\"\(text)\", 92 % alike).")
        }
        return told
    }

    func page(_ language: Language = .english) throws -> String {
        var batch = batch
        let figures = (
            old: Restatement.Figures(sales: 1, quantity: 2, amount: Money(units: 1_000_000)),
            new: Restatement.Figures(sales: 1, quantity: 3, amount: Money(units: 1_500_000))
        )
        let month = Month(day)
        batch.replacement = Replacement(
            went: 7, came: 2, parts: [Replacement.Part(month: month, store: store, old: figures.old, new: figures.new)], isTaken: true)
        let report = Report(
            batch, vendorName: "Liberty", errors: batch.counts.failed > 0 ? errors : [], errorCounts: counts,
            settled: [SettledRow(sheet: "Sales", row: 4, field: "quantity", original: store, corrected: "3", reason: typing)],
            restatements: [Restatement(store: store, ean: ean, date: day, old: figures.old, new: figures.new)],
            rates: [ExchangeRate(currency: "GBP", numerator: 117, denominator: 100, source: "ECB mean of 2025-04")],
            sums: [
                Report.StoreMonth(store: store, month: month, amount: Money(units: sums.first)),
                Report.StoreMonth(store: "Perfumeria Sol", month: try #require(month.moved(by: 1)), amount: Money(units: sums.second)),
            ])
        return BatchPage(report, in: language).html.text
    }
}
