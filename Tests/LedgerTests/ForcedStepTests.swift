import Batches
import Sellout
import Testing

@testable import Ledger

/// What administrators take or drop whatever it waits for.
@Suite struct ForcedStepTests {
    private let house: Fixture

    init() throws { house = try Fixture() }

    private var force: Deed { Deed(actor: "root", reason: "owner travelling", at: house.now(), isForced: true) }

    private func approve(_ id: BatchID, by deed: Deed) throws -> Batch {
        try house.ledger.approve(id, terms: Fixture.terms(), all: false, by: deed)
    }

    @Test func `an ordinary word names nobody, a forced one is in the record, the audit log and the report that is owed`() throws {
        let terms = Fixture.terms(.manual)
        let (one, other) = (try house.take([Line()], terms: terms), try house.take([Line(day: "2025-02-01")], terms: terms))
        #expect(try approve(one.id, by: house.operatorsDeed).forced == nil)
        let taken = try approve(other.id, by: force)
        #expect(taken.state == .completed && taken.forced?.kind == .approved && taken.forced?.actor == "root")
        #expect(taken.forced?.reason == "owner travelling" && taken.revision == other.revision + 1 && taken.owesReport)
        #expect(try house.ledger.batch(other.id) == taken)
        let lines = try house.ledger.audit(AuditFilter(batch: other.id)).filter { $0.action == "approve" }
        #expect(lines.map(\.actor) == ["root"] && lines.map(\.reason) == ["by force: owner travelling"])
        // What is read again is forced no more.
        _ = try house.ledger.undo(other.id, cascade: false, by: house.operatorsDeed)
        #expect(try house.ledger.batch(other.id)?.forced == nil)
    }

    @Test func `what is restated otherwise than the report said is taken as it compares now, and never twice`() throws {
        let living = Fixture.terms(living: true)
        try house.take([Line()], terms: living)
        let batch = try house.take([Line(amount: 12)], terms: living)
        try house.take([Line(amount: 12), Line(product: 1)], terms: Fixture.terms(.partial, living: true))
        _ = try house.ledger.approve(
            try #require(try house.ledger.batches(BatchFilter(limit: 1)).first).id, terms: living, all: false, by: force)
        let before = try house.sales()
        // The other file has restated the figure already: nothing of this one is new.
        let fault = whatWentWrong { _ = try house.ledger.approve(batch.id, terms: living, all: false, by: house.operatorsDeed) }
        guard case .refused = fault else { throw Unexpected() }
        _ = try? house.ledger.approve(batch.id, terms: living, all: false, by: force)
        #expect(try house.sales().map(\.local).sorted { $0.units < $1.units } == before.map(\.local).sorted { $0.units < $1.units })
        #expect(try house.sales().count == 2)
    }

    @Test func `a replacing file takes the place of what came after it only by force, and can be undone`() throws {
        try house.take([Line()])
        let batch = try house.take([Line(amount: 99)], mode: .replace, malformed: 1)
        try house.take([Line(day: "2025-01-02")])
        for _ in 0..<2 { #expect(whatWentWrong { _ = try approve(batch.id, by: house.operatorsDeed) } != nil) }
        let taken = try approve(batch.id, by: force)
        #expect(taken.state == .partialSuccess && taken.replacement?.went == 2 && taken.counts.failed == 1)
        #expect(try house.sales().map(\.local) == [Money(units: 990_000)])
        _ = try house.ledger.undo(batch.id, cascade: false, by: house.operatorsDeed)
        #expect(try house.sales().count == 2)
    }

    @Test func `failed rows are never booked, and a file without a valid sale is refused by force too`() throws {
        let batch = try house.take([Line(), Line(product: 1, waits: true)], malformed: 1)
        #expect(try approve(batch.id, by: force).state == .partialSuccess)
        #expect(try house.sales().count == 1)
        for mode in [UploadMode.append, .replace] {
            let empty = try house.take([], mode: mode, malformed: 2)
            guard case .refused = whatWentWrong({ _ = try approve(empty.id, by: force) }) else { throw Unexpected() }
            #expect(try house.ledger.batch(empty.id)?.forced == nil)
        }
        #expect(try house.sales().count == 1)
    }

    @Test func `a cancelled batch says who and why`() throws {
        let batch = try house.take([Line()], terms: Fixture.terms(.manual))
        let cancelled = try house.ledger.cancel(batch.id, by: force)
        #expect(cancelled.state == .cancelled && cancelled.forced?.kind == .cancelled && cancelled.owesReport)
        #expect(cancelled.forced?.sentence == "Cancelled by force by root: owner travelling")
        #expect(try house.sales().isEmpty)
        _ = try house.ledger.retry(batch.id, by: house.operatorsDeed)
        #expect(try house.ledger.batch(batch.id)?.forced == nil)
    }
}
