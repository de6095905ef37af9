import Batches
import Cells
import Ledger
import Sellout
import Testing

/// Operators settle rows that failed, in place.
@Suite struct SettledRowsTests {
    private let partial = Fixture.terms(.partial)
    /// Row 2 is a sale; row 3 waits for its product.
    private let file = [Line(), Line(product: 1, amount: 20, waits: true)]

    private func house() throws -> Fixture {
        let house = try Fixture()
        _ = try house.ledger.take(
            .products([0, 1, 2].map { Product(ean: try Fixture.ean($0), functionalName: "FN \($0)", description: "") }),
            by: house.operatorsDeed)
        return house
    }

    private func deed(_ house: Fixture, _ why: String = "typing error") -> Deed { Deed(actor: "anna", reason: why, at: house.now()) }

    private func set(
        _ house: Fixture, _ batch: Batch, _ place: RowPlace, _ words: String..., terms: Terms = Fixture.terms(), isSure: Bool = false
    ) throws -> RowSettlement {
        let word = RowWord.set(try RowCorrection(words, currency: "EUR"), isSure: isSure)
        return try house.ledger.settle(place, of: batch.id, word, terms: terms, by: deed(house))
    }

    private func dismiss(
        _ house: Fixture, _ batch: Batch, _ row: Int, _ why: String = "a shopping bag", terms: Terms = Fixture.terms()
    ) throws -> Batch {
        try house.ledger.settle(RowPlace(row: row), of: batch.id, .dismiss, terms: terms, by: deed(house, why)).batch
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        if case .refused(let sentence)? = whatWentWrong(body) { sentence } else { nil }
    }

    @Test func `a waiting batch whose last failed row is dismissed is approved, and says what was dismissed and why`() throws {
        let house = try house()
        let batch = try house.take(file)
        #expect(batch.state == .stagingComplete)
        let after = try dismiss(house, batch, 3)
        #expect(after.state == .completed && after.counts == RowCounts(processed: 1, skipped: 1) && after.revision > batch.revision)
        let skipped = try #require(after.skipped.first)
        #expect(skipped.reason == "dismissed by operations: a shopping bag" && skipped.rows == 1 && skipped.amount == 200_000)
        let account = try house.account(of: batch.id)
        #expect(account.errors.isEmpty && account.errorCounts.isEmpty)
        #expect(
            account.settled == [
                SettledRow(sheet: "SELL OUT", row: 3, field: "code", original: "x", corrected: nil, reason: "a shopping bag")
            ])
        #expect(try house.sales().map(\.row) == [2])
        let line = try #require(try house.ledger.audit(AuditFilter(batch: batch.id)).first { $0.action == "dismiss row" })
        #expect(line.actor == "anna" && line.reason == "SELL OUT:3: a shopping bag")
    }

    @Test func `a partly booked batch ends as completed when the last failed row is dismissed`() throws {
        let house = try house()
        let batch = try house.take(file, terms: partial)
        #expect(batch.state == .partialSuccess)
        #expect(try dismiss(house, batch, 3, terms: partial).state == .completed)
        #expect(try house.sales().count == 1)
    }

    @Test func `a batch in which other rows still fail waits on, with fewer of them`() throws {
        let house = try house()
        let batch = try house.take(file + [Line(product: 2, waits: true)])
        let after = try dismiss(house, batch, 3)
        #expect(after.state == .stagingComplete && after.counts == RowCounts(processed: 1, failed: 1, skipped: 1))
        #expect(try house.account(of: batch.id).errors.map(\.row) == [4])
    }

    @Test(arguments: [ApprovalPolicy.clean, .partial])
    func `a waiting row whose product is set becomes a sale, and no other row's product changes`(policy: ApprovalPolicy) throws {
        let house = try house()
        let terms = Fixture.terms(policy)
        let batch = try house.take(file + [Line(product: 1, day: "2025-01-02", amount: 30, waits: true)], terms: terms)
        let half = try set(house, batch, RowPlace(sheet: "sell out", row: 3), "product=7350154320001", terms: terms)
        #expect(half.batch.counts == RowCounts(processed: 2, failed: 1) && half.waiting == 0 && half.sales == 1)
        #expect(half.batch.state == (policy == .clean ? .stagingComplete : .partialSuccess))
        #expect(try house.account(of: batch.id).errors.map(\.row) == [4])
        let whole = try set(house, batch, RowPlace(row: 4), "product=FN 2", terms: terms)
        #expect(whole.batch.state == .completed && whole.batch.counts == RowCounts(processed: 3))
        #expect(try house.sales().map(\.ean) == ["7350154320000", "7350154320001", "7350154320002"])
        #expect(
            try house.account(of: batch.id).settled.map { [$0.field, $0.original, $0.corrected] } == [
                ["product", "CODE 1", "7350154320001"], ["product", "CODE 1", "FN 2"],
            ])
    }

    @Test func `a corrected row is compared like any other: what the ledger has already is no second sale`() throws {
        let house = try house()
        try house.take([Line(product: 1, amount: 20)], terms: partial)
        let batch = try house.take(file, terms: partial)
        let after = try set(house, batch, RowPlace(row: 3), "product=7350154320001", terms: partial).batch
        #expect(after.state == .partialSuccess && after.counts == RowCounts(processed: 1, failed: 1))
        #expect(try house.account(of: batch.id).errors.map(\.type) == [.duplicateTransaction])
        let told = try set(house, batch, RowPlace(row: 3), "order=B-1", terms: partial).batch
        #expect(told.state == .completed && told.counts == RowCounts(processed: 2))
        #expect(try house.sales().count == 3)
    }

    @Test func `a row that restates figures by its correction waits for approval`() throws {
        let house = try house()
        try house.take([Line(product: 1, amount: 25)], terms: partial)
        let batch = try house.take(file, terms: partial)
        let after = try set(house, batch, RowPlace(row: 3), "product=7350154320001", terms: partial).batch
        #expect(after.state == .partialSuccess && after.message.hasPrefix("Waits for approval") && after.counts.restated == 1)
        #expect(try house.sales().map(\.local.units) == [250_000, 100_000])
        #expect(try house.ledger.approve(batch.id, terms: partial, all: false, by: house.operatorsDeed).state == .completed)
        #expect(try house.sales().map(\.local.units) == [100_000, 200_000])
    }

    @Test func `a settled row may be settled again until it is booked, and keeps its original`() throws {
        let house = try house()
        let terms = Fixture.terms(.manual)
        let batch = try house.take(file, terms: terms)
        _ = try dismiss(house, batch, 3, terms: terms)
        _ = try set(house, batch, RowPlace(row: 3), "product=7350154320001", terms: terms)
        let after = try set(house, batch, RowPlace(row: 3), "product=7350154320002", "quantity=2", terms: terms).batch
        #expect(after.counts == RowCounts(processed: 2) && after.skipped.isEmpty && after.totals.quantity == 3)
        #expect(
            try house.account(of: batch.id).settled.map { [$0.field, $0.original, $0.corrected] } == [
                ["product", "CODE 1", "7350154320002"], ["quantity", "1", "2"],
            ])
        let story = try house.ledger.row(RowPlace(row: 3), of: batch.id)
        #expect(story.sales.map(\.standing) == [.valid] && story.settled.map(\.by.actor) == ["anna", "anna"] && story.errors.isEmpty)
        _ = try house.ledger.approve(batch.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(refusal { _ = try dismiss(house, batch, 3, terms: terms) }?.contains("The batch is completed") == true)
    }

    @Test func `a price is kept as the amount that it makes, and takes the place of an amount said before`() throws {
        let house = try house()
        let terms = Fixture.terms(.manual)
        let batch = try house.take(file, terms: terms)
        _ = try set(house, batch, RowPlace(row: 3), "product=7350154320001", "amount=18", terms: terms)
        let after = try set(house, batch, RowPlace(row: 3), "quantity=3", "price=6.3333", terms: terms).batch
        #expect(after.totals.local == Money(units: 100_000 + 3 * 63_333))
        #expect(
            try house.account(of: batch.id).settled.map { [$0.field, $0.original, $0.corrected] } == [
                ["product", "CODE 1", "7350154320001"], ["amount", "20.00", "18.9999"], ["quantity", "1", "3"],
            ])
    }

    @Test func `what is booked, has not failed, or is not there is left alone with one sentence`() throws {
        let house = try house()
        let batch = try house.take(file, terms: partial)
        let before = try house.ledger.batch(batch.id)
        func sentence(_ place: RowPlace) -> String? {
            refusal { _ = try house.ledger.settle(place, of: batch.id, .dismiss, terms: partial, by: deed(house)) }
        }
        #expect(sentence(RowPlace(row: 2))?.contains("is booked and cannot be settled any more") == true)
        #expect(sentence(RowPlace(row: 9)) == "Row 9 of the sheet \"SELL OUT\" sells nothing, and nothing is wrong with it.")
        #expect(sentence(RowPlace(sheet: "x", row: 2)) == "The file has no sheet \"x\" that was read; there are \"SELL OUT\".")
        #expect(sentence(RowPlace(row: 3, store: "Store 7")) == "Row 3 of the sheet \"SELL OUT\" has a sale, but none like that.")
        #expect(
            refusal { _ = try set(house, batch, RowPlace(row: 3), "product=7350154320001", "date=2031-01-01", terms: partial) }
                == "This can hardly be: row 3 is dated 2031-01-01, which is in the future. If it is so all the same, say --sure.")
        #expect(try house.ledger.batch(batch.id) == before)
        let unbooked = try house.take([Line(store: 1), file[1]])
        #expect(
            refusal { _ = try dismiss(house, unbooked, 2) }
                == "Row 2 of the sheet \"SELL OUT\" has not failed: there is nothing to settle.")
    }

    @Test func `a row that still waits after its correction says for what`() throws {
        let house = try house()
        let closed = Fixture.terms(open: false)
        let batch = try house.take(file, terms: closed)
        let after = try set(house, batch, RowPlace(row: 3), "quantity=7", terms: closed)
        #expect(after.waiting == 1 && after.batch.counts.failed == batch.counts.failed)
        #expect(try house.ledger.errors(of: batch.id, after: 0, limit: 9).map(\.type) == [.productNotMapped, .storeNotFound])
        #expect(try house.ledger.waiting(of: batch.id).rows.map(\.draft.quantity) == [7])
    }

    /// A row of a grid with three sales that wait.
    private func grid(_ house: Fixture) throws -> Batch {
        let id = try house.begun()
        var chunk = try Fixture.chunk([Line(), Line(product: 1, waits: true), Line(product: 1, store: 1, waits: true)])
        for place in 1...2 { chunk.rows[place].draft.row = 3 }
        chunk.errors = [Fixture.error(.productNotMapped, row: 3), Fixture.error(.productNotMapped, row: 3)]
        return try #require(try house.ledger.settle(id, lastChunk: chunk, Findings(), terms: Fixture.terms(), at: house.now())).record
    }

    @Test func `of a row with many sales all that failed are meant, or the one of a store`() throws {
        let house = try house()
        let batch = try grid(house)
        #expect(
            refusal { _ = try set(house, batch, RowPlace(row: 3), "amount=5") }?.hasPrefix("2 sales of row 3 are meant") == true)
        let one = try house.ledger.settle(
            RowPlace(row: 3, store: "store 1"), of: batch.id, .dismiss, terms: Fixture.terms(), by: deed(house))
        #expect(one.sales == 1 && one.batch.counts == RowCounts(processed: 1, failed: 1, skipped: 1))
        #expect(try house.account(of: batch.id).errors.count == 1)
        let other = try grid(house)
        let all = try set(house, other, RowPlace(row: 3), "product=7350154320001", "date=2025-02-01")
        #expect(all.sales == 2 && all.batch.state == .completed && all.batch.counts == RowCounts(processed: 3))
    }

    @Test func `what was settled goes with an undo, and the audit log keeps it`() throws {
        let house = try house()
        let batch = try house.take(file)
        _ = try set(house, batch, RowPlace(row: 3), "product=7350154320001")
        #expect(try house.sales().count == 2)
        _ = try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed)
        #expect(try house.sales().isEmpty && house.account(of: batch.id).settled.isEmpty)
        let lines = try house.ledger.audit(AuditFilter(batch: batch.id))
        #expect(lines.contains { $0.reason == "SELL OUT:3: product \"CODE 1\" → \"7350154320001\" (typing error)" })
    }

    /// Its file once more, as `retry` has it read.
    private func read(_ house: Fixture, _ batch: Batch, _ lines: [Line]) throws -> Batch {
        try house.begin(batch.id)
        return try #require(
            try house.ledger.settle(batch.id, lastChunk: Fixture.chunk(lines), Findings(), terms: Fixture.terms(), at: house.now())
        ).record
    }

    private let three = [Line(), Line(product: 1, amount: 20, waits: true), Line(product: 2, waits: true), Line(product: 1, waits: true)]

    @Test func `a retry settles again what reads the same, and nothing else`() throws {
        let house = try house()
        let batch = try house.take(three)
        _ = try set(house, batch, RowPlace(row: 3), "product=7350154320001", "order=A-1")
        _ = try dismiss(house, batch, 4)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        let again = try read(house, batch, three)
        #expect(again.state == .stagingComplete && again.counts == RowCounts(processed: 2, failed: 1, skipped: 1))
        #expect(
            try house.account(of: batch.id).settled.map { [$0.field, $0.original, $0.corrected, $0.reason] } == [
                ["product", "CODE 1", "7350154320001", "typing error"], ["order", nil, "A-1", "typing error"],
                ["code", "x", nil, "a shopping bag"],
            ])
        let lines = try house.ledger.audit(AuditFilter(batch: batch.id))
        #expect(lines.contains { $0.actor == "selloutd" && $0.reason == "SELL OUT:4: a shopping bag, as anna said before" })
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        var others = three
        others[1].amount = 21
        let other = try read(house, batch, others)
        #expect(other.counts == RowCounts(processed: 1, failed: 2, skipped: 1))
        #expect(try house.account(of: batch.id).settled.map(\.row) == [4])
    }

    @Test func `a retry settles again what the books have already`() throws {
        let house = try house()
        try house.take([Line(), Line(store: 1)])
        let batch = try house.take([Line(), Line(store: 1), Line(store: 2)])
        #expect(batch.counts == RowCounts(processed: 1, failed: 2))
        _ = try dismiss(house, batch, 2)
        #expect(try house.ledger.batch(batch.id)?.state == .stagingComplete)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        let again = try read(house, batch, [Line(), Line(store: 1), Line(store: 2)])
        #expect(again.state == .stagingComplete && again.counts == RowCounts(processed: 1, failed: 1, skipped: 1))
        _ = try set(house, again, RowPlace(row: 3), "product=FN 0", "order=Z")
        #expect(try house.ledger.batch(batch.id)?.state == .completed)
    }

    @Test func `cancelling and undoing take back what was settled`() throws {
        let house = try house()
        let batch = try house.take(three)
        _ = try dismiss(house, batch, 4)
        _ = try house.ledger.cancel(batch.id, by: house.operatorsDeed)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        #expect(try read(house, batch, three).counts == RowCounts(processed: 1, failed: 3))
        for row in 3...5 { _ = try dismiss(house, batch, row) }
        #expect(try house.ledger.batch(batch.id)?.state == .completed)
        _ = try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        #expect(try read(house, batch, three).counts == RowCounts(processed: 1, failed: 3))
    }
}
