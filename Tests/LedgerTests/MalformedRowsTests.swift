import Batches
import Cells
import Sellout
import Testing

@testable import Ledger

/// Rows that could not be read, and what operators fill in.
@Suite struct MalformedRowsTests {
    private let partial = Fixture.terms(.partial)

    private func house() throws -> Fixture {
        let house = try Fixture()
        _ = try house.ledger.take(
            .products([Product(ean: try Fixture.ean(0), functionalName: "FN 0", description: "")]), by: house.operatorsDeed)
        return house
    }

    /// Row 2 is a sale; in row 3 the quantity is no number.
    private func take(_ house: Fixture, _ terms: Terms, _ change: (inout StagedChunk) -> Void = { _ in }) throws -> Batch {
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line()])
        chunk.errors = [
            RowError(sheet: "SELL OUT", row: 3, column: "F", type: .invalidQuantity, message: "no", field: "quantity", value: "two")
        ]
        chunk.malformedRows = 1
        let parts = SaleParts(
            product: ProductNaming(ean: try Fixture.ean(0)), store: StoreNaming(name: "Store 0"),
            date: .day(try #require(CivilDay("2025-01-05"))), amount: Money(units: 200_000))
        chunk.malformed = [
            MalformedRow(sheet: 0, row: 3, faults: [MalformedRow.Fault(column: "F", field: "quantity")], parts: parts)
        ]
        change(&chunk)
        return try #require(try house.ledger.settle(id, lastChunk: chunk, Findings(), terms: terms, at: house.now())).record
    }

    private func set(_ house: Fixture, _ batch: Batch, _ words: String..., terms: Terms) throws -> Batch {
        let word = RowWord.set(try RowCorrection(words, currency: "EUR"), isSure: false)
        return try house.ledger.settle(RowPlace(row: 3), of: batch.id, word, terms: terms, by: house.operatorsDeed).batch
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        if case .refused(let sentence)? = whatWentWrong(body) { sentence } else { nil }
    }

    @Test(arguments: [ApprovalPolicy.clean, .partial])
    func `a malformed row becomes a sale like any other when what was wrong is filled in`(policy: ApprovalPolicy) throws {
        let house = try house()
        let terms = Fixture.terms(policy)
        let batch = try take(house, terms)
        #expect(batch.counts == RowCounts(processed: 1, failed: 1))
        let after = try set(house, batch, "quantity=2", terms: terms)
        #expect(after.state == .completed && after.counts == RowCounts(processed: 2) && after.totals.quantity == 3)
        #expect(try house.sales().map { "\($0.row) \($0.quantity) \($0.local)" } == ["2 1 10.00", "3 2 20.00"])
        let account = try house.account(of: batch.id)
        #expect(account.errors.isEmpty && account.settled.map { [$0.field, $0.original, $0.corrected] } == [["quantity", "two", "2"]])
        let lines = try house.ledger.history(HistoryFilter(batch: batch.id))
        #expect(lines.map(\.sale.row).sorted() == [2, 3] && lines.allSatisfy { $0.event == .booked })
        #expect(lines.first { $0.sale.row == 3 }?.actor == "anna")
    }

    @Test func `a row that was filled in is found by later files`() throws {
        let house = try house()
        let batch = try take(house, partial)
        _ = try set(house, batch, "quantity=2", terms: partial)
        let again = try house.take([Line(day: "2025-01-05", quantity: 2, amount: 20)], terms: partial)
        #expect(try house.account(of: again.id).errors.map(\.type) == [.duplicateTransaction])
    }

    @Test func `a value that leaves something wrong is refused, naming what`() throws {
        let house = try house()
        let batch = try take(house, partial)
        let before = try house.ledger.batch(batch.id)
        #expect(
            refusal { _ = try set(house, batch, "amount=30", terms: partial) }
                == "Row 3 of the sheet \"SELL OUT\" is no sale without quantity: say that too.")
        #expect(try house.ledger.batch(batch.id) == before)
    }

    @Test func `a malformed row is dismissed, and may be a sale after all`() throws {
        let house = try house()
        let terms = Fixture.terms(.manual)
        let batch = try take(house, terms)
        let dismissed = try house.ledger.settle(RowPlace(row: 3), of: batch.id, .dismiss, terms: terms, by: house.operatorsDeed).batch
        #expect(dismissed.counts == RowCounts(processed: 1, skipped: 1))
        #expect(try house.account(of: batch.id).errors.isEmpty)
        let after = try set(house, batch, "quantity=2", terms: terms)
        #expect(after.counts == RowCounts(processed: 2) && after.skipped.isEmpty)
        #expect(try set(house, batch, "quantity=3", terms: terms).totals.quantity == 4)
        let story = try house.ledger.row(RowPlace(row: 3), of: batch.id)
        #expect(story.sales.count == 1 && story.sales[0].standing == .valid && story.settled.count == 1)
    }

    @Test func `a row of a grid that was lost as a whole can be dismissed only`() throws {
        let house = try house()
        let batch = try take(house, partial) { chunk in
            let row = chunk.malformed[0]
            chunk.malformed[0] = MalformedRow(sheet: row.sheet, row: row.row, faults: row.faults, parts: row.parts, holdsMany: true)
        }
        #expect(refusal { _ = try set(house, batch, "quantity=2", terms: partial) }?.contains("lost as a whole") == true)
        let after = try house.ledger.settle(RowPlace(row: 3), of: batch.id, .dismiss, terms: partial, by: house.operatorsDeed).batch
        #expect(after.state == .completed)
    }

    @Test func `of several wrong sales in one row the column tells which is meant`() throws {
        let house = try house()
        let batch = try take(house, partial) { chunk in
            chunk.errors.append(
                RowError(sheet: "SELL OUT", row: 3, column: "H", type: .invalidQuantity, message: "no", field: "quantity", value: "?"))
            chunk.malformedRows = 2
            chunk.malformed.append(
                MalformedRow(
                    sheet: 0, row: 3, faults: [MalformedRow.Fault(column: "H", field: "quantity")], parts: chunk.malformed[0].parts))
        }
        let after = try house.ledger.settle(
            RowPlace(row: 3, column: "h"), of: batch.id, .dismiss, terms: partial, by: house.operatorsDeed)
        #expect(after.sales == 1 && after.batch.counts.failed == 1)
        #expect(try house.account(of: batch.id).errors.map(\.column) == ["F"])
    }

    @Test func `rows that an earlier version read can be settled too, where their errors tell them apart`() throws {
        let house = try house()
        let batch = try house.take([Line()], terms: partial, malformed: 2)
        try house.execute("DROP TABLE malformed_rows; DROP TABLE settled_rows; \(Migration.settledRows.script)")
        let later = try Fixture(folder: house.folder)
        let story = try later.ledger.row(RowPlace(row: 3), of: batch.id)
        #expect(story.sales.map(\.standing) == [.malformed] && story.sales[0].columns == ["B"])
        let after = try later.ledger.settle(RowPlace(row: 3), of: batch.id, .dismiss, terms: partial, by: house.operatorsDeed).batch
        #expect(after.counts == RowCounts(processed: 1, failed: 1, skipped: 1))
        let word = RowWord.set(
            try RowCorrection(
                ["product=FN 0", "store=Store 0", "date=2025-01-09", "quantity=1", "amount=5"], currency: "EUR"), isSure: false)
        let filled = try later.ledger.settle(RowPlace(row: 4), of: batch.id, word, terms: partial, by: house.operatorsDeed).batch
        #expect(filled.state == .completed && filled.counts.processed == 2)
    }
}
