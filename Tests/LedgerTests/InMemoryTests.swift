import Dispatch
import Foundation
import Ledger
import Sellout
import Testing

/// A ledger without a file, for the tests of other rooms.
@Suite struct InMemoryTests {
    private func take(_ lines: [Line], _ ledger: SQLiteLedger) throws -> Batch {
        let batch = Fixture.batch()
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: batch.id.text, at: batch.receivedAt)
        let settled = try ledger.settle(
            batch.id, lastChunk: Fixture.chunk(lines), Findings(), terms: Fixture.terms(), at: batch.receivedAt)
        return try #require(settled).record
    }

    @Test func `it takes files like one on disk, and may be asked while its sales are listed`() throws {
        let ledger = try SQLiteLedger(inMemory: ())
        let batch = try take([Line(), Line(product: 1)], ledger)
        #expect(batch.state == .completed)
        #expect(try ledger.unfinished().owingReports.map(\.id) == [batch.id])
        var sales = 0
        try ledger.sales(SalesFilter()) { line in
            sales += 1
            return try ledger.batch(batch.id)?.id.text == line.batch
        }
        #expect(sales == 2)
    }

    @Test func `two of them know nothing of each other`() throws {
        let (one, other) = (try SQLiteLedger(inMemory: ()), try SQLiteLedger(inMemory: ()))
        _ = try take([Line()], one)
        #expect(try other.batches(BatchFilter()).isEmpty)
    }

    @Test func `many threads may use it, and it can be copied to a file`() throws {
        let ledger = try SQLiteLedger(inMemory: ())
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<20 {
                do {
                    try ledger.register([Fixture.batch()])
                    _ = try ledger.unfinished()
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(try ledger.unfinished().pending.count == 160)
        let path = FileManager.default.temporaryDirectory.path + "/copy-\(Fixture.batch().id.short).db"
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        try ledger.copy(to: path)
        #expect(try SQLiteLedger(path: path).unfinished().pending.count == 160)
    }
}
