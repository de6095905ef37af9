import Ledger
import Sellout
import Testing

@Suite struct LivingDocumentTests {
    let terms = Fixture.terms(living: true)
    let january = [Line(), Line(product: 1, amount: 20), Line(product: 1, store: 1, amount: 30)]
    let february = [Line(day: "2025-02-01"), Line(product: 1, day: "2025-02-01", amount: 25)]

    @Test func `January and February after January take February alone`() throws {
        let house = try Fixture()
        #expect(try house.take(january, terms: terms).counts == RowCounts(processed: 3))
        let second = try house.take(january + february, terms: terms)
        #expect(second.state == .completed)
        #expect(second.counts == RowCounts(processed: 2, unchanged: 3))
        #expect(second.totals.local == Money(units: 350_000))
        #expect(try house.sales().count == 5)
        let third = try house.take(january + february, terms: terms)
        #expect(third.state == .completed && third.counts == RowCounts(unchanged: 5))
        #expect(third.message == "Nothing new: all 5 sales of the file are in the ledger already.")
        #expect(try house.sales().count == 5)
    }

    @Test func `forty identical rows are forty sales, and the same forty again are none`() throws {
        let house = try Fixture()
        let forty = Array(repeating: Line(), count: 40)
        #expect(try house.take(forty, terms: terms).counts.processed == 40)
        #expect(try house.take(forty, terms: terms).counts == RowCounts(unchanged: 40))
        let more = try house.take(forty + [Line()], terms: terms)
        #expect(more.counts == RowCounts(processed: 41, restated: 41))
        #expect(try house.sales().count == 40)
    }

    @Test func `other figures wait for approval and then take the place of the old ones`() throws {
        let house = try Fixture()
        try house.take(january, terms: terms)
        var corrected = january
        corrected[1].amount = 22
        let batch = try house.take(corrected + february, terms: terms)
        #expect(batch.state == .stagingComplete)
        #expect(batch.counts == RowCounts(processed: 3, unchanged: 2, restated: 1))
        let restated = try #require(try house.account(of: batch.id).restatements.first)
        #expect(restated.store == "Store 0")
        #expect(try restated.ean == Fixture.ean(1))
        #expect(restated.old.amount == Money(units: 200_000) && restated.new.amount == Money(units: 220_000))
        #expect(try house.sales().count == 3)

        let approved = try house.ledger.approve(batch.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(approved.state == .completed && approved.revision > batch.revision)
        #expect(try house.sales().map(\.local.units).reduce(0, +) == (10 + 22 + 30 + 10 + 25) * 10_000)
        #expect(try house.ledger.audit(AuditFilter(batch: batch.id)).contains { $0.action == "restate" })
        #expect(try house.account(of: batch.id).restatements.count == 1)
    }

    @Test func `when other figures are restated than reported, approving is refused once and a new report goes out`() throws {
        let house = try Fixture()
        try house.take(january, terms: terms)
        var one = january
        one[1].amount = 22
        var other = january
        other[1].amount = 23
        let first = try house.take(one, terms: terms)
        let second = try house.take(other, terms: terms)
        _ = try house.ledger.approve(first.id, terms: terms, all: false, by: house.operatorsDeed)
        let refused = whatWentWrong { _ = try house.ledger.approve(second.id, terms: terms, all: false, by: house.operatorsDeed) }
        #expect(refused?.description.contains("approve again") == true)
        let now = try #require(try house.ledger.batch(second.id))
        #expect(now.state == .stagingComplete && now.revision == second.revision + 1)
        #expect(try house.account(of: second.id).restatements.first?.old.amount == Money(units: 220_000))
        #expect(try house.ledger.approve(second.id, terms: terms, all: false, by: house.operatorsDeed).state == .completed)
        #expect(try house.sales().map(\.local.units).reduce(0, +) == (10 + 23 + 30) * 10_000)
    }

    @Test func `sales of a covered month that the file no longer names are counted and stay`() throws {
        let house = try Fixture()
        try house.take(january + february, terms: terms)
        let batch = try house.take([january[0], Line(product: 2, day: "2025-03-01")], terms: terms)
        #expect(batch.state == .completed)
        #expect(batch.warnings.first { $0.code == "NO_LONGER_LISTED" }?.count == 2)
        #expect(try house.sales().count == 6)
    }

    @Test func `a new sale in an old month is new, and an order of its own is another sale`() throws {
        let house = try Fixture()
        try house.take([Line(order: "a"), Line(order: "B")], terms: terms)
        let batch = try house.take([Line(order: "B"), Line(order: "é"), Line(order: "a"), Line()], terms: terms)
        #expect(batch.state == .completed && batch.counts == RowCounts(processed: 2, unchanged: 2))
    }

    @Test func `the sales of a batch that is undone are new again for a batch that waits, and those of a deleted one are not`() throws {
        let house = try Fixture()
        let first = try house.take(january, terms: terms)
        let waiting = try house.take(january, terms: Fixture.terms(.manual, living: true))
        #expect(waiting.counts == RowCounts(unchanged: 3))
        _ = try house.ledger.delete(first.id, by: house.operatorsDeed)
        #expect(try house.take(january, terms: Fixture.terms(.manual, living: true)).counts == RowCounts(unchanged: 3))
        _ = try house.ledger.undo(first.id, cascade: false, by: house.operatorsDeed)
        let approved = try house.ledger.approve(waiting.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(approved.counts == RowCounts(processed: 3))
        #expect(try house.sales().count == 3)
    }

    @Test func `one sale is spoken of as one`() throws {
        let house = try Fixture()
        let terms = Fixture.terms(living: true)
        try house.take([Line(amount: 10), Line(product: 1)], terms: terms)
        let second = try house.take([Line(amount: 11), Line(product: 1)], terms: terms)
        #expect(second.message == "Waits for approval: 1 sale differs from figures received before.")
        let taken = try house.ledger.approve(second.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(taken.message == "1 sale taken. It takes the place of figures received before. 1 sale was in the ledger already.")
    }
}
