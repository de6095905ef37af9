import Batches
import Ledger
import Sellout
import Testing

/// Files are resolved by the ledger's own reference data here, as the daemon resolves them.
@Suite struct RebookTests {
    private let books: LedgerUnderTest

    init() throws { books = try LedgerUnderTest() }

    private func row(_ code: Int, store: Int = 0, day: Int = 3, amount: Int64? = 100_000) -> FileRow {
        FileRow(store: store, code: code, day: day, quantity: 1, amount: amount, order: nil)
    }

    private func drop(_ rows: [FileRow], of reseller: Int = 3) throws {
        #expect(try books.carryOut(.drop(DroppedFile(reseller: reseller, mode: .append, rows: rows, malformed: 0), dies: false)))
    }

    private func steps(_ steps: Step...) throws { for step in steps { #expect(try books.carryOut(step)) } }

    @Test func `a corrected mapping is found, shown with its sums, and taken in one step that the audit log names`() throws {
        try steps(.map(reseller: 3, code: 0, ean: 0), .map(reseller: 3, code: 1, ean: 1))
        try drop([row(0), row(0, store: 1), row(1)])
        #expect(try books.plan(of: 3).lines.isEmpty)
        try steps(.map(reseller: 3, code: 0, ean: 2))
        let plan = try books.plan(of: 3)
        #expect(plan.sales == 2 && plan.batches == 1 && plan.lines.count == 2)
        #expect(plan.lines.allSatisfy { $0.old.ean != $0.new.ean && $0.oldTotals.euros == $0.newTotals.euros })
        try steps(.rebook)
        #expect(try books.sales().map(\.ean).sorted() == [1, 2, 2])
        #expect(try books.plan(of: 3).lines.isEmpty)
        let events = try books.history(HistoryFilter(reseller: "r3", store: "Store 1")).map { "\($0.event) \($0.action)" }
        #expect(events.sorted() == ["booked approve", "booked rebook", "withdrawn rebook"])
    }

    @Test func `after a corrected mapping the next living file makes no sale two, before and after it is booked anew`() throws {
        try steps(.map(reseller: 3, code: 0, ean: 0))
        try drop([row(0)])
        try steps(.map(reseller: 3, code: 0, ean: 1))
        try drop([row(0), row(0, day: 4)])
        #expect(try books.sales().map(\.ean).sorted() == [0, 1])
        try steps(.rebook)
        try drop([row(0), row(0, day: 4), row(0, day: 5)])
        #expect(try books.sales().map(\.ean) == [1, 1, 1])
    }

    @Test func `after two stores were merged the next living file makes no sale two, and what names both is one sale`() throws {
        try steps(.map(reseller: 3, code: 0, ean: 0))
        try drop([row(0, store: 1)])
        try steps(.merge(reseller: 3, store: 1, into: 2))
        try drop([row(0, store: 2), row(0, store: 2, day: 4)])
        #expect(try books.sales().map(\.store).sorted() == [1, 2])
        try steps(.rebook)
        #expect(try books.sales().map(\.store) == [2, 2])
    }

    @Test func `prices and rates are followed where the file left the amount open, and stated amounts stay`() throws {
        try steps(.map(reseller: 1, code: 0, ean: 0), .price(ean: 0, day: -10, price: 860_000))
        try drop([row(0, amount: nil), row(0, store: 1, amount: 430_000)], of: 1)
        #expect(try books.sales().map(\.euros).sorted() == [500_000, 1_000_000])
        try steps(.price(ean: 0, day: -9, price: 1_720_000), .rebook)
        #expect(try books.sales().map(\.euros).sorted() == [500_000, 2_000_000])
        try steps(.rate(day: -5, perEuro: 10_000), .rebook)
        #expect(try books.sales().map(\.euros).sorted() == [430_000, 1_720_000])
    }
}

extension LedgerUnderTest {
    func plan(of reseller: Int) throws -> RebookPlan { try ledger.rebooking(Self.terms(reseller)) }
    func history(_ filter: HistoryFilter) throws -> [HistoryLine] { try ledger.history(filter) }
}
