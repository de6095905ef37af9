import Cells
import Sellout
import Testing

@testable import Ledger

/// What two batches say of the same store, product and day.
@Suite struct SaleDifferencesTests {
    private func figures(_ sales: Int, _ quantity: Int64, _ amount: Int64?) -> SaleDifference.Figures {
        SaleDifference.Figures(sales: sales, quantity: quantity, amount: amount.map { Money(units: $0 * 10_000) })
    }

    @Test func `what only one says, and what both say with other figures, is told by day, store and product; the rest is counted`() throws {
        let house = try Fixture()
        let first = try house.take([
            Line(), Line(product: 1, amount: 7), Line(store: 1, day: "2025-01-02"), Line(product: 2, quantity: 2, amount: 20),
        ])
        let second = try house.take(
            [Line(day: "2025-02-01"), Line(product: 1, amount: 8), Line(store: 1, day: "2025-01-02"), Line(product: 2), Line(product: 2)],
            terms: Fixture.terms(.manual))
        #expect(first.state == .completed && second.state == .stagingComplete)
        let found = try house.ledger.differences(between: first.id, and: second.id)
        let told = found.all.map { "\($0.date) \($0.store) \($0.product.suffix(2)) \($0.kind.rawValue)" }
        #expect(
            told == [
                "2025-01-01 Store 0 00 only_first", "2025-01-01 Store 0 01 other_figures", "2025-01-01 Store 0 02 other_figures",
                "2025-02-01 Store 0 00 only_second",
            ])
        #expect(found.same == 1 && found.rowsOfFirst == 4 && found.rowsOfSecond == 5)
        #expect(found.all[1].first == figures(1, 1, 7) && found.all[1].second == figures(1, 1, 8))
        // As much and as many, in other sales.
        #expect(found.all[2].first == figures(1, 2, 20) && found.all[2].second == figures(2, 2, 20))
    }

    @Test func `a row that waits is told by what the file calls its product, and counts once, before and after others become final`() throws
    {
        let house = try Fixture()
        let lines = [Line(), Line(product: 1, waits: true)]
        let first = try house.take(lines, terms: Fixture.terms(.partial))
        #expect(first.state == .partialSuccess)
        let second = try house.take([Line(day: "2025-02-01")], terms: Fixture.terms(.manual))
        let found = try house.ledger.differences(between: first.id, and: second.id)
        #expect(found.rowsOfFirst == 2)
        let ean = try Fixture.ean(0).description
        #expect(found.all.map(\.product) == [ean, "CODE 1", ean])
        #expect(found.all[1].productName == "Name 1")
    }

    @Test func `a completed batch says the same before and after it was put away`() throws {
        let house = try Fixture()
        let (first, second) = (try house.take([Line()]), try house.take([Line(day: "2025-02-01")]))
        let before = try house.ledger.differences(between: first.id, and: second.id)
        for batch in [first, second] { try house.note(batch.id, published: 1, isArchived: true) }
        #expect(try house.ask("SELECT count(*) FROM staging_sales") == ["0"])
        #expect(try house.ledger.differences(between: first.id, and: second.id) == before)
        #expect(before.all.map(\.kind) == [.onlyFirst, .onlySecond] && before.rowsOfFirst == 1)
    }

    @Test func `sums that fit in no ledger are refused in a sentence`() throws {
        let house = try Fixture()
        let first = try house.take([Line(), Line(day: "2025-01-01", quantity: 2)], terms: Fixture.terms(.manual))
        try house.execute("UPDATE sale_rows SET quantity = \(Int64.max)")
        guard case .refused = whatWentWrong({ _ = try house.ledger.differences(between: first.id, and: first.id) }) else {
            throw Unexpected()
        }
    }
}
