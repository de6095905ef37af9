import Batches
import Foundation
import Glibc
import Sellout
import Testing

@testable import Ledger

/// A ledger that is opened to look at: it waits for nobody, and changes nothing.
@Suite struct OnlyReadingTests {
    /// Everything that listings ask.
    private func look(at path: String) throws -> Int {
        let ledger = try SQLiteLedger(onlyReading: path)
        _ = try ledger.notedResellers()
        _ = try ledger.counts(last: 10)
        let batches = try ledger.batches(BatchFilter())
        _ = try ledger.account(of: batches.map(\.id), errors: 100, sums: true)
        for batch in batches { _ = try ledger.errors(of: batch.id, after: 0, limit: 10) }
        _ = try ledger.audit(AuditFilter())
        _ = try ledger.unmapped(reseller: nil)
        var sales = 0
        try ledger.sales(SalesFilter()) { _ in
            sales += 1
            return true
        }
        return sales
    }

    @Test func `while a writer is in the midst of a long transaction, readers see what was there before and wait for nothing`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        let writer = try Connection(path: house.path)
        try writer.execute("BEGIN IMMEDIATE; DELETE FROM sale_rows; DELETE FROM upload_batches")
        let began = ContinuousClock.now
        for _ in 0..<40 { #expect(try look(at: house.path) == 2) }
        // A writer that comes now waits for ten seconds.
        #expect(began.duration(to: .now) < .seconds(8))
        try writer.execute("COMMIT")
        #expect(try look(at: house.path) == 0)
    }

    @Test func `looking changes no byte of the file, and writing is refused`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let before = try Data(contentsOf: URL(fileURLWithPath: house.path))
        #expect(try look(at: house.path) == 1)
        let ledger = try SQLiteLedger(onlyReading: house.path)
        #expect(throws: LedgerFault.self) { try ledger.register([Fixture.batch()]) }
        #expect(try ledger.batches(BatchFilter()).count == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: house.path)) == before)
    }

    @Test func `a copy for trying out is made of a ledger that may only be read`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let copy = house.folder + "/copy.db"
        try SQLiteLedger(onlyReading: house.path).copy(to: copy)
        #expect(try look(at: copy) == 1)
    }

    @Test func `an older, a newer and an empty ledger are left as they are, and told in a sentence`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/ledger.db"
        let connection = try Connection(path: path)
        for (words, change) in [
            ("still empty", { () throws(LedgerFault) in try connection.execute("PRAGMA journal_mode = WAL") }),
            ("older version (its schema is 1", { () throws(LedgerFault) in try Migration.bring(connection, to: 1) }),
            (
                "newer version",
                { () throws(LedgerFault) in
                    try Migration.bring(connection)
                    try connection.execute("INSERT INTO schema_migrations VALUES (99, 'from the future', '2030-01-01T00:00:00Z')")
                }
            ),
        ] {
            try change()
            guard case .refused(let sentence) = whatWentWrong({ _ = try SQLiteLedger(onlyReading: path) }) else { throw Unexpected() }
            #expect(sentence.contains(words) && sentence.contains(path), "\(sentence)")
        }
    }
}
