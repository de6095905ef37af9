import Batches
import Cells
import Sellout
import Testing

@testable import Ledger

/// Sums over many batches and sales.
@Suite struct StatisticsTests {
    private let house: Fixture

    init() throws { house = try Fixture() }

    @Test func `batches are counted by state, rows by what they are, resellers by how much they sent`() throws {
        let empty = try house.ledger.statistics(since: Timestamp(milliseconds: 0))
        #expect(empty == UploadStatistics(since: Timestamp(milliseconds: 0)))
        try house.take([Line(), Line(product: 1)])
        try house.take([Line(), Line(day: "2025-02-01")], terms: Fixture.terms(living: true))
        try house.take(
            [Line(day: "2025-03-01"), Line(product: 1, day: "2025-03-01", waits: true)], terms: Fixture.terms(.partial), malformed: 1)
        let cancelled = try house.take([Line(day: "2025-04-01")], terms: Fixture.terms(.manual), malformed: 1)
        _ = try house.ledger.cancel(cancelled.id, by: house.operatorsDeed)
        let deleted = try house.take([Line(day: "2025-05-01")])
        _ = try house.ledger.delete(deleted.id, by: house.operatorsDeed)
        let waiting = try house.take([Line(day: "2025-06-01")], terms: Fixture.terms(.manual))
        for reseller in ["galilu", Batch.unrecognised] {
            try house.ledger.register([
                Batch(id: BatchID(), reseller: reseller, filename: "g", mode: .append, sizeBytes: 1, host: "here", receivedAt: house.now())
            ])
        }
        let all = try house.ledger.statistics(since: Timestamp(milliseconds: 0))
        #expect(all.states == [.completed: 2, .partialSuccess: 1, .cancelled: 1, .stagingComplete: 1, .pending: 2])
        // 2, 2, 1, 1 of the cancelled one, 1 that waits.
        #expect(all.validRows == 7 && all.invalidRows == 3)
        #expect(all.booked == 4)
        #expect(all.busiest.map(\.reseller) == ["boxnox", "galilu"] && all.busiest.map(\.batches) == [5, 1])
        #expect(all.recent.count == 7 && all.recent[2].id == waiting.id)
        #expect(try house.ledger.statistics(since: waiting.receivedAt).states == [.stagingComplete: 1, .pending: 2])
    }

    @Test func `sales by month follow every booking, withdrawal and return`() throws {
        func months() throws -> [String] {
            try house.ledger.sums(SalesFilter(from: CivilDay("2025-01-01")), byStore: false).map {
                "\($0.month) \($0.sales) \($0.totals.euros)"
            }
        }
        #expect(try months().isEmpty)
        try house.take([Line(day: "2024-12-31"), Line(), Line(product: 1, quantity: 2), Line(day: "2025-02-01")])
        #expect(try months() == ["2025-01 2 20.00", "2025-02 1 10.00"])
        let replacing = try house.take([Line(amount: 7)], terms: Fixture.terms(.partial), mode: .replace)
        if replacing.state == .stagingComplete {
            _ = try house.ledger.approve(replacing.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed)
        }
        #expect(try months() == ["2025-01 1 7.00", "2025-02 1 10.00"])
        _ = try house.ledger.undo(replacing.id, cascade: false, by: house.operatorsDeed)
        #expect(try months() == ["2025-01 2 20.00", "2025-02 1 10.00"])
        #expect(try house.ledger.sums(SalesFilter(reseller: "galilu"), byStore: false).isEmpty)
        #expect(try house.ledger.sums(SalesFilter(reseller: "boxnox"), byStore: false).map(\.sales) == [1, 2, 1])
    }

    @Test func `what has been pending too long fails and can be retried, and what is read, has come lately or is another's is left`() throws
    {
        let old = try house.register("old.csv")
        let tried = try house.take([Line()], terms: Fixture.terms(.manual))
        let read = try house.begun()
        let other = Batch(
            id: BatchID(), reseller: "galilu", filename: "g.csv", mode: .append, sizeBytes: 1, host: "here", receivedAt: house.now())
        try house.ledger.register([other])
        let moment = house.now()
        let late = try house.register("late.csv")
        _ = try house.ledger.retry(tried.id, by: house.operatorsDeed)
        let deed = Deed(actor: "carol", reason: "stuck", at: house.now())
        let failed = try house.ledger.failStuck(pendingSince: moment, resellers: ["boxnox"], by: deed)
        #expect(failed.map(\.id) == [old] && failed[0].state == .failed && failed[0].owesReport && !failed[0].isArchived)
        #expect(failed[0].message == "Processing timeout - marked as failed during cleanup" && failed[0].refusal?.type == .timeout)
        #expect(
            try house.ledger.audit(AuditFilter(batch: old)).map { "\($0.actor) \($0.action)" } == ["carol clean up", "selloutd register"])
        for id in [late, tried.id, other.id] { #expect(try house.ledger.batch(id)?.state == .pending) }
        #expect(try house.ledger.batch(read)?.state == .processing)
        // It was not read, and does not count as read in vain.
        #expect(try house.ledger.readings(of: old).failed == 0)
        #expect(try house.ledger.failStuck(pendingSince: moment, resellers: nil, by: deed).map(\.id) == [other.id])
        _ = try house.ledger.retry(old, by: house.operatorsDeed)
        try house.begin(old)
        try house.stage([Line(day: "2025-07-01")], of: old)
        #expect(try house.settle(old)?.state == .completed)
    }
}
