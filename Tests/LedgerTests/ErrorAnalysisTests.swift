import Sellout
import Testing

@testable import Ledger

/// Errors put together.
@Suite struct ErrorAnalysisTests {
    private func told(_ house: Fixture, _ batch: Batch, _ trait: ErrorTrait) throws -> [String] {
        try house.ledger.errorGroups(of: batch.id, by: trait).map { "\($0.key ?? "-") \($0.errors)/\($0.rows) from \($0.first.row)" }
    }

    @Test func `they are counted by type and by field, the most first, with the first of each`() throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1, waits: true), Line(product: 1, day: "2025-02-01", waits: true)], malformed: 3)
        #expect(try told(house, batch, .type) == ["INVALID_QUANTITY 3/3 from 5", "PRODUCT_NOT_MAPPED 2/2 from 3"])
        #expect(try told(house, batch, .field) == ["code 5/5 from 3"])
        let first = try #require(try house.ledger.errorGroups(of: batch.id, by: .type).last?.first)
        #expect(first == Fixture.error(.productNotMapped, row: 3))
    }

    @Test func `the store and the product of a row that waits are those of the row, and a malformed one tells neither`() throws {
        let house = try Fixture()
        let lines = [
            Line(product: 1, waits: true), Line(product: 1, store: 1, day: "2025-02-01", waits: true),
            Line(product: 2, store: 1, waits: true), Line(),
        ]
        let id = try house.begun()
        var chunk = try Fixture.chunk(lines)
        chunk.malformedRows = 1
        chunk.errors.append(RowError(sheet: "SELL OUT", row: 9, type: .invalidDateFormat, message: "no date", field: "date", value: "x"))
        // What the error itself names counts before what the row says.
        chunk.errors.append(RowError(sheet: "SELL OUT", row: 2, type: .storeNotFound, message: "?", field: "store", value: "Elsewhere"))
        let settled = try house.ledger.settle(id, lastChunk: chunk, Findings(), terms: Fixture.terms(), at: house.now())
        let batch = try #require(settled).record
        #expect(try told(house, batch, .store) == ["Store 1 2/2 from 3", "- 1/1 from 9", "Elsewhere 1/1 from 2", "Store 0 1/1 from 2"])
        #expect(try told(house, batch, .product) == ["CODE 1 3/2 from 2", "- 1/1 from 9", "CODE 2 1/1 from 4"])
    }

    @Test func `a row of a grid that sells at several stores is none of theirs alone`() throws {
        let house = try Fixture()
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line(waits: true), Line(store: 1, waits: true)])
        for place in chunk.rows.indices { chunk.rows[place].draft.row = 2 }
        chunk.errors = [RowError(sheet: "SELL OUT", row: 2, type: .productNotMapped, message: "?")]
        let settled = try house.ledger.settle(id, lastChunk: chunk, Findings(), terms: Fixture.terms(), at: house.now())
        let batch = try #require(settled).record
        #expect(try told(house, batch, .store) == ["- 1/1 from 2"])
        #expect(try told(house, batch, .product) == ["CODE 0 1/1 from 2"])
    }
}
