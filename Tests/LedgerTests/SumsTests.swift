import Batches
import Cells
import Ledger
import Sellout
import Testing

/// The books added up.
@Suite struct SumsTests {
    private func month(_ text: String) throws -> Month { try #require(Month(text)) }

    @Test func `sales are added up by month, and by store where that is asked`() throws {
        let house = try Fixture()
        try house.take([
            Line(day: "2025-01-03", amount: 10), Line(store: 1, day: "2025-01-31", quantity: 2, amount: 20),
            Line(day: "2025-02-01", amount: 5),
        ])
        let months = try house.ledger.sums(SalesFilter(), byStore: false)
        #expect(months.map(\.month) == [try month("2025-01"), try month("2025-02")] && months.map(\.sales) == [2, 1])
        #expect(months.map(\.totals.quantity) == [3, 1] && months.map(\.totals.local.description) == ["30.00", "5.00"])
        #expect(months.allSatisfy { $0.store == nil && $0.currency == "EUR" && $0.reseller == "boxnox" })
        let stores = try house.ledger.sums(SalesFilter(to: CivilDay("2025-01-31")), byStore: true)
        #expect(stores.compactMap(\.store) == ["Store 0", "Store 1"] && stores.map(\.totals.euros.description) == ["10.00", "20.00"])
    }

    @Test func `what waits, failed or was taken back is not in the books, and what was is asked by its moment`() throws {
        let house = try Fixture()
        let first = try house.take([Line(day: "2025-01-03", amount: 10)])
        let booked = house.now()
        let waiting = try house.take([Line(day: "2025-02-03", amount: 7), Line(product: 3, day: "2025-02-04", amount: 9, waits: true)])
        #expect(waiting.state == .stagingComplete)
        #expect(try house.ledger.sums(SalesFilter(), byStore: false).map(\.sales) == [1])
        #expect(try house.ledger.lastDays() == ["boxnox": CivilDay("2025-01-03")])
        #expect(try house.ledger.sums(broughtBy: waiting.id).map(\.totals.local.description) == ["7.00"])
        _ = try house.ledger.undo(first.id, cascade: false, by: house.operatorsDeed)
        #expect(try house.ledger.sums(SalesFilter(from: CivilDay("2025-01-01")), byStore: false).isEmpty)
        #expect(try house.ledger.sums(SalesFilter(from: CivilDay("2025-01-01"), asOf: booked), byStore: false).map(\.sales) == [1])
        #expect(try house.ledger.lastDays().isEmpty)
    }

    @Test func `a batch brings the same before and after it is booked`() throws {
        let house = try Fixture()
        let terms = Fixture.terms(.manual)
        let batch = try house.take([Line(day: "2025-01-03"), Line(store: 1, day: "2025-01-04")], terms: terms)
        let before = try house.ledger.sums(broughtBy: batch.id)
        _ = try house.ledger.approve(batch.id, terms: terms, all: false, by: house.operatorsDeed)
        #expect(try before.count == 2 && house.ledger.sums(broughtBy: batch.id) == before)
        #expect(try house.ledger.sums(SalesFilter(), byStore: true) == before)
    }

    @Test func `an account tells what each of several batches brings, where it is asked, and nothing of a cancelled one`() throws {
        let house = try Fixture()
        let first = try house.take([Line(day: "2025-01-03", amount: 5), Line(store: 1, day: "2025-02-04", amount: 6)])
        let second = try house.take([Line(day: "2025-03-03", amount: 7)], terms: Fixture.terms(.manual))
        let gone = try house.take([Line(day: "2025-04-03", amount: 8)], terms: Fixture.terms(.manual))
        _ = try house.ledger.cancel(gone.id, by: house.operatorsDeed)
        let accounts = try house.ledger.account(of: [second.id, gone.id, first.id], errors: 10, sums: true)
        #expect(accounts.map { $0.sums.map(\.totals.local.description) } == [["7.00"], [], ["5.00", "6.00"]])
        #expect(try accounts.last?.sums == house.ledger.sums(broughtBy: first.id))
        #expect(try house.ledger.account(of: [first.id], errors: 10, sums: false).first?.sums == [])
    }
}
