import Batches
import Foundation
import Ledger
import Sellout
import Synchronization
import Testing

@Suite struct StateTests {
    @Test func `a step the state forbids is refused, names the state and changes nothing`() throws {
        let house = try Fixture()
        let pending = try house.register()
        let completed = try house.take([Line()]).id
        let cancelled = try house.register()
        _ = try house.ledger.cancel(cancelled, by: house.operatorsDeed)
        let before = (try house.ledger.batches(BatchFilter()), try house.ledger.audit(AuditFilter()))
        let steps: [(BatchID, String, () throws -> Void)] = [
            (pending, "pending", { _ = try house.ledger.approve(pending, terms: Fixture.terms(), all: false, by: house.operatorsDeed) }),
            (pending, "pending", { _ = try house.ledger.retry(pending, by: house.operatorsDeed) }),
            (pending, "pending", { _ = try house.ledger.delete(pending, by: house.operatorsDeed) }),
            (pending, "pending", { try house.stage([Line()], of: pending) }),
            (
                completed, "completed",
                { _ = try house.ledger.approve(completed, terms: Fixture.terms(), all: false, by: house.operatorsDeed) }
            ),
            (completed, "completed", { _ = try house.ledger.retry(completed, by: house.operatorsDeed) }),
            (completed, "completed", { _ = try house.ledger.cancel(completed, by: house.operatorsDeed) }),
            (completed, "completed", { try house.ledger.giveBack(completed) }),
            (cancelled, "cancelled", { try house.ledger.giveBack(cancelled) }),
        ]
        for (_, state, step) in steps {
            let fault = try #require(whatWentWrong(step))
            #expect(fault.description.contains("is \(state) and"))
        }
        #expect(try house.ledger.batches(BatchFilter()) == before.0)
        #expect(try house.ledger.audit(AuditFilter()) == before.1)
    }

    @Test func `every change of state leaves a line in the audit log with who and why`() throws {
        let house = try Fixture()
        let batch = try house.take([Line()], terms: Fixture.terms(.manual))
        _ = try house.ledger.approve(batch.id, terms: Fixture.terms(.manual), all: false, by: house.operatorsDeed)
        let lines = try house.ledger.audit(AuditFilter(batch: batch.id)).reversed()
        #expect(lines.compactMap(\.to) == ["pending", "processing", "staging_complete", "approved", "completed"])
        #expect(lines.map(\.actor).suffix(2) == ["anna", "anna"])
        #expect(lines.last?.reason == "looked at it")
    }

    @Test func `a cancelled batch words itself for its reseller: who did it and why stands in the audit log alone`() throws {
        let house = try Fixture()
        let cancelled = try house.ledger.cancel(try house.register(), by: house.operatorsDeed)
        #expect(cancelled.message == "Cancelled by operations; none of its sales are taken.")
        let line = try #require(try house.ledger.audit(AuditFilter(batch: cancelled.id)).first)
        #expect(line.actor == "anna" && line.reason == "looked at it" && line.action == "cancel")
    }

    @Test func `of twenty equal files begun at once exactly one goes on, and the others wait for it`() throws {
        let house = try Fixture()
        let ids = try (0..<20).map { _ in try house.register() }
        let ledger = house.ledger
        let went = Mutex<[BatchID]>([])
        let waiting = Mutex<[BatchID]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for place in stride(from: thread, to: 20, by: 8) {
                switch try? ledger.beginTry(ids[place], sha256: "same", at: Timestamp(milliseconds: 5)) {
                case .go(let batch): went.withLock { $0.append(batch.id) }
                case .waits(let first): waiting.withLock { $0.append(first.id) }
                default: Issue.record("neither")
                }
            }
        }
        let first = try #require(went.withLock { $0 }.first)
        #expect(went.withLock { $0.count } == 1)
        #expect(waiting.withLock { $0 } == Array(repeating: first, count: 19))
    }

    @Test func `what failed or was cancelled is no duplicate, and another reseller's neither`() throws {
        let house = try Fixture()
        let failed = try house.begun(content: "same")
        _ = try house.ledger.fail(failed, FileRefusal(.parsingError, "broken"), findings: nil, at: house.now())
        let cancelled = try house.begun(content: "same")
        _ = try house.ledger.cancel(cancelled, by: house.operatorsDeed)
        let third = try house.begun(content: "same")
        try house.stage([Line()], of: third)
        _ = try house.settle(third)
        guard case .duplicate(let first) = try house.ledger.beginTry(house.register(), sha256: "same", at: house.now()) else {
            throw Unexpected()
        }
        #expect(first.id == third)
    }

    @Test func `recovering begins again without rows, and two deaths by own fault make a file poison`() throws {
        let house = try Fixture()
        let id = try house.begun()
        try house.stage([Line(), Line()], of: id)
        #expect(try house.ledger.recover(crashed: false) == [id])
        try house.begin(id)
        try house.stage([Line()], of: id)
        #expect(try house.ledger.recover(crashed: true) == [id])
        try house.begin(id)
        #expect(try house.ledger.recover(crashed: true) == [id])
        guard case .poison(let batch) = try house.ledger.beginTry(id, sha256: "x", at: house.now()) else { throw Unexpected() }
        #expect(batch.crashes == 2 && batch.attempts == 3)
        _ = try house.ledger.fail(id, FileRefusal(.poisonFile, "left alone"), findings: nil, at: house.now())
        _ = try house.ledger.retry(id, by: house.operatorsDeed)
        try house.begin(id)
        try house.stage([Line()], of: id)
        #expect(try house.settle(id)?.counts.total == 1)
    }

    @Test func `deaths from outside are forgiven twenty times, and trouble around the file is not counted at all`() throws {
        let house = try Fixture()
        let id = try house.register()
        for _ in 0..<20 {
            try house.begin(id)
            try house.ledger.giveBack(id)
        }
        for _ in 0..<20 {
            try house.begin(id)
            _ = try house.ledger.recover(crashed: false)
        }
        guard case .poison = try house.ledger.beginTry(id, sha256: "x", at: house.now()) else { throw Unexpected() }
    }

    @Test func `a batch cancelled while it is read is not settled, and adopting it twice is harmless`() throws {
        let house = try Fixture()
        let id = try house.begun()
        try house.stage([Line()], of: id)
        let record = try house.ledger.cancel(id, by: house.operatorsDeed)
        #expect(record.owesReport)
        #expect(try house.settle(id) == nil)
        try house.ledger.register([record])
        #expect(try house.ledger.batch(id)?.state == .cancelled)
        #expect(try house.sales().isEmpty)
    }

    @Test func `a report is owed until its last revision is out, and the file then goes to the archive`() throws {
        let house = try Fixture()
        let batch = try house.take([Line()])
        #expect(try house.ledger.unfinished().owingReports.map(\.id) == [batch.id])
        try house.note(batch.id, published: batch.revision - 1)
        #expect(try house.ledger.unfinished().owingReports.map(\.id) == [batch.id])
        try house.note(batch.id, published: batch.revision)
        #expect(try house.ledger.unfinished().owingReports.isEmpty)
        #expect(try house.ledger.unfinished().unarchived.map(\.id) == [batch.id])
        try house.note(batch.id, isArchived: true)
        #expect(try house.ledger.unfinished().unarchived.isEmpty)
        #expect(try house.ask("SELECT count(*) FROM staging_sales") == ["0"])
        #expect(try house.sales().count == 1)
    }
}
