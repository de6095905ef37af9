import Batches
import Ledger
import Sellout
import Testing

@Suite struct UndoTests {
    private let living = Fixture.terms(living: true)

    @Test func `its sales are withdrawn, those whose place they took come back, and the books say what they said`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)], terms: living)
        let before = house.now()
        let second = try house.take([Line(amount: 12), Line(product: 1), Line(product: 2)], terms: living)
        _ = try house.ledger.approve(second.id, terms: living, all: false, by: house.operatorsDeed)
        #expect(try house.sales().map(\.local.description).sorted() == ["10.00", "10.00", "12.00"])
        let between = house.now()
        let undone = try house.ledger.undo(second.id, cascade: false, by: house.operatorsDeed)
        #expect(undone.withdrawn == 2 && undone.returned == 1)
        #expect(undone.batch.state == .cancelled && undone.batch.message == "Taken back by operations: looked at it.")
        #expect(try house.sales().map(\.local.description) == ["10.00", "10.00"])
        #expect(try house.sales(SalesFilter(asOf: between)).count == 3)
        #expect(try house.sales(SalesFilter(asOf: before)).map(\.local.description) == ["10.00", "10.00"])
        #expect(try house.sales(SalesFilter(asOf: Timestamp(milliseconds: 1))).isEmpty)
    }

    @Test func `a report is owed after it, and the same file may come again or be read again`() throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1)], content: "april")
        try house.note(batch.id, published: batch.revision, isArchived: true)
        let undone = try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed)
        #expect(undone.batch.owesReport)
        let again = try house.take([Line(), Line(product: 1)], content: "april")
        #expect(again.state == .completed)
        _ = try house.ledger.undo(again.id, cascade: false, by: house.operatorsDeed)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        try house.begin(batch.id, content: "april")
        try house.stage([Line(), Line(product: 1)], of: batch.id)
        #expect(try house.settle(batch.id)?.state == .completed)
        #expect(try house.sales().map(\.batch) == [batch.id.text, batch.id.text])
        #expect(try house.ask("SELECT count(*) FROM journal") == ["6"])
    }

    @Test func `who counted on it is named, and with cascade undone and read again`() throws {
        let house = try Fixture()
        let first = try house.take([Line()], terms: living)
        let second = try house.take([Line(), Line(product: 1)], terms: living)
        let third = try house.take([Line(product: 1)], terms: living)
        let other = try house.take([Line(product: 9, day: "2025-03-01")], terms: living)
        let fault = whatWentWrong { _ = try house.ledger.undo(first.id, cascade: false, by: house.operatorsDeed) }
        #expect("\(fault.map { "\($0)" } ?? "")".contains("2 later batches counted on it: \(third.id.short)"))
        #expect(try house.sales().count == 3)
        let undone = try house.ledger.undo(first.id, cascade: true, by: house.operatorsDeed)
        #expect(undone.dependents.map(\.id) == [third.id, second.id] && undone.dependents.allSatisfy { $0.state == .pending })
        #expect(try house.sales().map(\.batch) == [other.id.text])
        #expect(try house.ledger.unfinished().pending.map(\.id) == [second.id, third.id])
    }

    @Test func `what a replacing file took away comes back with it, and what it brought before may not go alone`() throws {
        let house = try Fixture()
        let first = try house.take([Line(), Line(product: 1)])
        let second = try house.take([Line(amount: 30), Line(product: 1)], mode: .replace)
        #expect(second.state == .completed)
        #expect(whatWentWrong { _ = try house.ledger.undo(first.id, cascade: false, by: house.operatorsDeed) } != nil)
        let undone = try house.ledger.undo(second.id, cascade: false, by: house.operatorsDeed)
        #expect(undone.returned == 2)
        #expect(try house.sales().map(\.batch) == [first.id.text, first.id.text])
    }

    @Test func `only a batch whose sales are in the books can be undone, a deleted one too, and that once`() throws {
        let house = try Fixture()
        let waiting = try house.take([Line()], terms: Fixture.terms(.manual))
        #expect(whatWentWrong { _ = try house.ledger.undo(waiting.id, cascade: false, by: house.operatorsDeed) } != nil)
        let batch = try house.take([Line(day: "2025-02-01")])
        _ = try house.ledger.delete(batch.id, by: house.operatorsDeed)
        #expect(try house.sales().count == 1)
        #expect(try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed).withdrawn == 1)
        #expect(try house.sales().isEmpty)
        #expect(whatWentWrong { _ = try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed) } != nil)
    }

    @Test func `a store that only it brought goes with it, as with a batch that is cancelled`() throws {
        let house = try Fixture()
        let first = try house.take([Line(store: 1)])
        let second = try house.take([Line(store: 1, day: "2025-02-01"), Line(store: 2, day: "2025-02-01")])
        let waiting = try house.take([Line(store: 3, day: "2025-03-01")], terms: Fixture.terms(.manual))
        func stores() throws -> [String] { try house.ask("SELECT store FROM stores ORDER BY store") }
        #expect(try stores() == ["Store 0", "Store 1", "Store 2", "Store 3"])
        _ = try house.ledger.cancel(waiting.id, by: house.operatorsDeed)
        #expect(try stores() == ["Store 0", "Store 1", "Store 2"])
        _ = try house.ledger.undo(first.id, cascade: false, by: house.operatorsDeed)
        #expect(try stores() == ["Store 0", "Store 1", "Store 2"])
        _ = try house.ledger.undo(second.id, cascade: false, by: house.operatorsDeed)
        #expect(try stores().isEmpty)
    }

    @Test func `while the first copy is read, a second one waits for its outcome`() throws {
        let house = try Fixture()
        let first = try house.begun(content: "same")
        let second = try house.register()
        guard case .waits(let other) = try house.ledger.beginTry(second, sha256: "same", at: house.now()) else { throw Unexpected() }
        #expect(other.id == first)
        _ = try house.ledger.fail(first, FileRefusal(.timeout, "slow"), findings: nil, at: house.now())
        try house.begin(second, content: "same")
    }
}
