import Batches
import Cells
import Ledger
import Sellout
import Testing

@Suite struct WaitingRowsTests {
    let file = [Line(), Line(product: 1, amount: 20, waits: true), Line(product: 2, amount: 30, waits: true)]

    /// Another look: the rows of `known` products have become sales.
    private func resolved(_ house: Fixture, _ id: BatchID, known: Set<Int>) throws -> ResolvedRows {
        let waiting = try house.ledger.waiting(of: id)
        var chunk = ResolvedRows(referenceVersion: try house.ledger.referenceVersion())
        chunk.products = try waiting.products.enumerated().map { number, product in
            StagedProduct(naming: product.naming, ean: known.contains(number) ? try Fixture.ean(number) : product.ean)
        }
        chunk.stores = waiting.stores
        chunk.rates = [ExchangeRate(currency: "EUR", numerator: 1, denominator: 1, source: "fixed")]
        for (number, draft) in waiting.rows {
            let knows = known.contains(Int(draft.product))
            let row = StagedRow(draft: draft, local: knows ? draft.amount : nil, euros: knows ? draft.amount : nil, rate: knows ? 0 : nil)
            chunk.rows.append((number, row))
            if !knows { chunk.errors.append(Fixture.error(.productNotMapped, row: Int(draft.row))) }
        }
        return chunk
    }

    private func map(_ house: Fixture, _ number: Int) throws {
        let mapping = ProductMapping(reseller: "boxnox", code: "CODE \(number)", ean: try Fixture.ean(number))
        _ = try house.ledger.take(.mappings([mapping]), by: house.operatorsDeed)
    }

    @Test func `unmapped products are listed with what waits for them`() throws {
        let house = try Fixture()
        let first = try house.take(file + [file[1]])
        try house.take(file)
        let unmapped = try house.ledger.unmapped(reseller: "boxnox")
        let waits = WaitingSums(rows: 3, batches: 2, quantity: 3, local: Money(units: 600_000), since: first.receivedAt)
        #expect(unmapped.first == UnmappedProduct(reseller: "boxnox", code: "CODE 1", name: "Name 1", waits: waits))
        #expect(unmapped.count == 2)
        #expect(try house.ledger.unmapped(reseller: "galilu").isEmpty)
    }

    @Test func `a waiting batch is settled anew as its products become known, and approved with the last`() throws {
        let house = try Fixture()
        let batch = try house.take(file)
        #expect(batch.state == .stagingComplete && batch.counts == RowCounts(processed: 1, failed: 2))
        #expect(try house.ledger.unfinished().awaitingReferenceData.isEmpty)
        try map(house, 1)
        #expect(try house.ledger.unfinished().awaitingReferenceData.map(\.id) == [batch.id])
        let half = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: [1]), terms: Fixture.terms(), at: house.now())
        #expect(half.state == .stagingComplete && half.counts == RowCounts(processed: 2, failed: 1) && half.revision == batch.revision + 1)
        #expect(try house.ledger.errors(of: batch.id, after: 0, limit: 9).map(\.row) == [4])
        #expect(try house.ledger.unfinished().awaitingReferenceData.isEmpty)
        try map(house, 2)
        let whole = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: [2]), terms: Fixture.terms(), at: house.now())
        #expect(whole.state == .completed && whole.totals.local == Money(units: 600_000))
        #expect(try house.sales().map(\.ean) == (0...2).map { try Fixture.ean($0).description })
        #expect(try house.account(of: batch.id).errorCounts.isEmpty)
    }

    @Test func `a partly taken batch takes its late rows and its early ones once`() throws {
        let house = try Fixture()
        let partial = Fixture.terms(.partial)
        let batch = try house.take(file, terms: partial)
        #expect(batch.state == .partialSuccess)
        try map(house, 1)
        let half = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: [1]), terms: partial, at: house.now())
        #expect(half.state == .partialSuccess && half.counts == RowCounts(processed: 2, failed: 1))
        #expect(try house.sales().count == 2)
        try map(house, 2)
        try house.note(batch.id, isArchived: true)
        let whole = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: [2]), terms: partial, at: house.now())
        #expect(whole.state == .completed && whole.counts == RowCounts(processed: 3))
        #expect(try house.sales().map(\.local.units) == [100_000, 200_000, 300_000])
        #expect(try house.ask("SELECT count(*) FROM staging_sales") == ["0"])
    }

    @Test func `a look that changes nothing makes no new report`() throws {
        let house = try Fixture()
        let batch = try house.take(file)
        _ = try house.ledger.take(
            .products([Product(ean: try Fixture.ean(9), functionalName: "NINE", description: "")]), by: house.operatorsDeed)
        let after = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: []), terms: Fixture.terms(), at: house.now())
        #expect(after.revision == batch.revision)
        #expect(try house.ledger.unfinished().awaitingReferenceData.isEmpty)
    }

    @Test func `late rows that another file has brought meanwhile are repeated, not taken twice`() throws {
        let house = try Fixture()
        let partial = Fixture.terms(.partial)
        let batch = try house.take(file, terms: partial)
        try house.take([Line(product: 1, amount: 20)], terms: partial)
        try map(house, 1)
        let after = try house.ledger.resettle(batch.id, resolved(house, batch.id, known: [1]), terms: partial, at: house.now())
        #expect(after.state == .partialSuccess && after.counts == RowCounts(processed: 1, failed: 2))
        #expect(try house.ledger.errors(of: batch.id, after: 0, limit: 9).map(\.type) == [.duplicateTransaction, .productNotMapped])
        #expect(try house.sales().count == 2)
    }

    @Test func `rows whose sums no ledger can hold keep their batch waiting with that sentence, and are not looked at again`() throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1, waits: true), Line(product: 1, waits: true)])
        try map(house, 1)
        var chunk = try resolved(house, batch.id, known: [1])
        // What a list price makes of quantities that are too large to be true.
        let price = Money(units: .max / 2 + 1)
        chunk.rows = chunk.rows.map { ($0.number, StagedRow(draft: $0.row.draft, local: price, euros: price, rate: 0)) }
        let after = try house.ledger.resettle(batch.id, chunk, terms: Fixture.terms(), at: house.now())
        #expect(after.state == .stagingComplete && after.counts == batch.counts && after.revision == batch.revision + 1)
        #expect(after.message.contains("larger than any ledger can hold"))
        #expect(try house.ledger.unfinished().awaitingReferenceData.isEmpty)
        #expect(try house.sales().isEmpty)
    }
}
