import Batches
import Cells
import Foundation
import Ledger
import Operations
import Reports
import Sellout
import Testing

/// The desk over the ledger that it has in earnest.
@Suite final class LedgerDeskTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)").path
    private let ledger: SQLiteLedger

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        ledger = try SQLiteLedger(path: folder + "/ledger.db")
        try ledger.note(resellers: Samples.terms)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var desk: OperatorDesk { OperatorDesk(ledger: ledger, terms: Samples.terms, actor: "anna", clock: { Samples.moment }) }

    /// A batch of Liberty's, which waits for an operator: one sale known, one whose product is not.
    private func waitingBatch() throws -> Batch {
        let batch = try Samples.batch("0badcafe", .pending, reseller: "liberty")
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: String(repeating: "ab", count: 32), at: Samples.moment)
        let products = try Samples.products()
        _ = try ledger.take(.products(products), by: Deed(actor: "test", at: Samples.moment))
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S"]
        chunk.products = [
            StagedProduct(naming: ProductNaming(ean: products[0].ean), ean: products[0].ean),
            StagedProduct(naming: ProductNaming(code: "Soap Club"), ean: nil),
        ]
        let store = Store(reseller: "liberty", code: "Flagship", name: "Flagship", isOnline: false)
        _ = try ledger.take(.stores([store]), by: Deed(actor: "test", at: Samples.moment))
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Flagship"), store: store)]
        chunk.rates = [ExchangeRate(currency: "GBP", numerator: 117, denominator: 100, source: "built-in")]
        let day = SaleDate.day(try #require(CivilDay(year: 2025, month: 4, day: 3)))
        for product in Int32(0)..<2 {
            let draft = Draft(
                sheet: 0, row: 2 + product, product: product, store: 0, date: day, quantity: 2, amount: Money(units: 1_900_000))
            let isKnown = product == 0
            chunk.rows.append(
                StagedRow(
                    draft: draft, local: isKnown ? Money(units: 1_900_000) : nil, euros: isKnown ? Money(units: 2_223_000) : nil,
                    rate: isKnown ? 0 : nil))
        }
        chunk.errors = [
            RowError(
                sheet: "S", row: 3, column: "A", type: .productNotMapped, message: "No product is known as Soap Club.", value: "Soap Club")
        ]
        return try #require(try ledger.settle(batch.id, lastChunk: chunk, Findings(), terms: Samples.terms[1], at: Samples.moment)).record
    }

    @Test func `what waits for an operator is approved, its sales are listed, and a second approval is refused`() throws {
        #expect(try waitingBatch().state == .stagingComplete)
        #expect(try desk.standing().waitingForApproval == 1)
        let approved = try desk.approve("0badcafe", reason: "looks right")
        #expect(approved.batch.state == .partialSuccess)
        var sales: [SaleLine] = []
        try desk.sales(SalesFilter(reseller: "liberty"), batch: "0bad") { line in
            sales.append(line)
            return true
        }
        #expect(sales.map(\.ean) == ["7350154320008"] && sales.map(\.euros.description) == ["222.30"])
        #expect(try desk.audit(batch: "0badcafe", limit: 100).contains { $0.actor == "anna" && $0.reason.contains("looks right") })
        let report = try desk.report("0badcafe")
        #expect(report.rowErrors.map(\.row) == [3] && report.errorCounts.map(\.count) == [1])
        #expect(report.warnings.map(\.code) == ["BUILT_IN_RATE"])
        #expect(try desk.report("0badcafe").jsonBytes == report.jsonBytes)
    }

    @Test func `sales since a moment are those of files that came then or later`() throws {
        _ = try waitingBatch()
        _ = try desk.approve("0badcafe")
        func count(since: Timestamp, offset: Int = 0) throws -> Int {
            var count = 0
            try desk.sales(SalesFilter(since: since), offset: offset) { _ in
                count += 1
                return true
            }
            return count
        }
        #expect(try count(since: Samples.moment) == 1 && count(since: Samples.moment, offset: 1) == 0)
        #expect(try count(since: Timestamp(milliseconds: Samples.moment.milliseconds + 1)) == 0)
    }

    @Test func `what is mapped is what waits, and the audit log says who mapped it`() throws {
        _ = try waitingBatch()
        #expect(try desk.unmapped(reseller: "liberty").map(\.code) == ["Soap Club"])
        let outcome = try desk.map(reseller: "liberty", code: "soap club", ean: "7350154320060")
        #expect(outcome.waitingRows == 1 && outcome.waitingBatches == 1)
        #expect(try ledger.unfinished().awaitingReferenceData.count == 1)
        #expect(try desk.audit(limit: 1).first?.reason.contains("liberty: soap club is 7350154320060") == true)
    }

    @Test func `what is alike is suggested, and mapped only when it is accepted`() throws {
        _ = try waitingBatch()
        #expect(try desk.suggestions().map(\.suggestion) == [nil])
        let club = Product(ean: try #require(EAN("7350154320091")), functionalName: "BBSC100X", description: "Soap Clubs")
        _ = try ledger.take(.products([club]), by: Deed(actor: "test", at: Samples.moment))
        let suggestions = try desk.suggestions(reseller: "liberty")
        #expect(suggestions.map(\.suggestion?.ean) == [club.ean] && suggestions.map(\.product.code) == ["Soap Club"])
        #expect(try ledger.mappings(reseller: "liberty").isEmpty)
        #expect(try desk.accept(suggestions).map(\.mapping) == [ProductMapping(reseller: "liberty", code: "Soap Club", ean: club.ean)])
        #expect(try ledger.mappings(reseller: "liberty").map(\.ean) == [club.ean])
    }

    @Test func `a deleted batch leaves its sales and its lines in the audit log, and can be undone by its id`() throws {
        _ = try waitingBatch()
        #expect(throws: Refused.self) { try desk.delete("0badcafe", reason: "test") }
        _ = try desk.approve("0badcafe")
        _ = try desk.delete("0badcafe", reason: "sent by mistake")
        #expect(try desk.batches(BatchFilter(limit: 10)).isEmpty)
        var left = 0
        try desk.sales(SalesFilter(), batch: "0badcafe") { _ in
            left += 1
            return true
        }
        #expect(try desk.audit(batch: "0badcafe", limit: 100).contains { $0.reason.contains("sent by mistake") })
        #expect(try left > 0 && desk.undo("0badcafe", reason: "nobody sold that").withdrawn == left)
        #expect(throws: Refused.self) { try desk.undo("0badcafe") }
    }

    @Test func `an import of rates changes the ledger once and says so`() throws {
        let reading = LinesReading(sheets: [("r", [["Date", "USD", "GBP", ""], ["2025-04-03", "1.1", "0.84", ""]])])
        #expect(try desk.importReference(.rates, from: reading).change.new == 2)
        #expect(try desk.importReference(.rates, from: reading).change.unchanged == 2)
        #expect(try desk.audit(limit: 5).map(\.action) == ["import rates"])
    }
}
