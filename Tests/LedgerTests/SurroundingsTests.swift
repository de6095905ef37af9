import Batches
import Dispatch
import Foundation
import Sellout
import Testing

@testable import Ledger

@Suite struct SurroundingsTests {
    @Test func `a full disk is the surroundings' fault, leaves nothing half done, and work goes on when there is room`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lines = (0..<2000).map { Line(product: $0 % 50, day: "2025-01-0\(1 + $0 % 9)", amount: Int64($0)) }
        var house: Fixture? = try Fixture(folder: folder)
        let id = try #require(try house?.begun())
        try house?.stage(lines, of: id)
        house = nil

        // SQLite takes a page count below the present one for the present one: no page more.
        let full = try Fixture(folder: folder, settings: "PRAGMA max_page_count = 1")
        guard case .surroundings(let text) = whatWentWrong({ try full.ledger.stage(Fixture.chunk(lines), of: id) }) else {
            throw Unexpected()
        }
        #expect(text.contains("disk is full"))
        #expect(try full.ledger.batch(id)?.state == .processing)
        #expect(try full.sales().isEmpty)

        let roomy = try Fixture(folder: folder)
        let settled = try roomy.settle(id)
        #expect(settled?.state == .completed && settled?.counts.processed == 2000)
        #expect(try roomy.sales().count == 2000)
    }

    @Test func `two programs write side by side, and each notices the other`() throws {
        let house = try Fixture()
        let other = try Fixture(folder: house.folder)
        let before = try house.ledger.foreignChanges()
        _ = try house.register()
        #expect(try house.ledger.foreignChanges() == before)
        let ledgers = [house.ledger, other.ledger]
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<25 {
                do {
                    try ledgers[thread % 2].register([Fixture.batch("\(thread).\(number)")])
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(try house.ledger.unfinished().pending.count == 101)
        #expect(try other.ledger.unfinished().pending.count == 101)
        #expect(try house.ledger.foreignChanges() != before)
    }

    @Test func `a ledger that another program holds locked is the surroundings' fault`() throws {
        let house = try Fixture()
        let holder = try Connection(path: house.path)
        try holder.execute("BEGIN IMMEDIATE")
        let impatient = try Connection(path: house.path, busyTimeout: .milliseconds(20))
        guard case .surroundings = whatWentWrong({ try impatient.transaction { _ in } }) else { throw Unexpected() }
    }

    @Test func `what cannot be opened, or is no ledger, says so`() throws {
        guard case .surroundings = whatWentWrong({ _ = try SQLiteLedger(path: "/proc/no/such/ledger.db") }) else { throw Unexpected() }
        let path = FileManager.default.temporaryDirectory.path + "/no-ledger-\(BatchID().short)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: path))
        guard case .damage = whatWentWrong({ _ = try SQLiteLedger(path: path) }) else { throw Unexpected() }
    }

    @Test func `an older file is brought up to date with its content, and a newer one is refused untouched`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let old = try Connection(path: folder + "/ledger.db")
        try Migration.bring(old, to: 1)
        try old.execute("INSERT INTO resellers (reseller) VALUES ('boxnox')")
        #expect(try old.count("SELECT count(*) FROM sqlite_schema WHERE type = 'view'") == 0)

        let house = try Fixture(folder: folder)
        let versions = Migration.all.map { "\($0.version)" }
        #expect(versions == (1...versions.count).map(String.init))
        #expect(try house.ask("SELECT version FROM schema_migrations ORDER BY version") == versions)
        #expect(try house.ask("SELECT reseller FROM resellers") == ["boxnox"])
        try house.take([Line()])
        #expect(try house.ask("SELECT count(*) FROM sales") == ["1"])

        try old.execute("INSERT INTO schema_migrations VALUES (99, 'from the future', '2030-01-01T00:00:00Z')")
        guard case .refused(let text) = whatWentWrong({ _ = try SQLiteLedger(path: folder + "/ledger.db") }) else { throw Unexpected() }
        #expect(text.contains("newer version"))
    }

    @Test func `a page that was overwritten while the ledger is open is damage, and no fault of what was being booked`() throws {
        let house = try Fixture()
        try house.take((0..<3000).map { Line(product: $0 % 50, order: "\($0)") })
        try house.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let file = try #require(FileHandle(forUpdatingAtPath: house.path))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: Int(file.seekToEnd()) - 4096))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 40 * 4096))
        try file.close()
        guard case .damage(let text) = whatWentWrong({ _ = try house.sales() }) else { throw Unexpected() }
        #expect(text.contains("is damaged") && text.contains("last good copy"))
    }

    @Test func `a damaged ledger is told as such, with what to do, and without a statement`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(repeating: 0x67, count: 8192).write(to: URL(fileURLWithPath: folder + "/ledger.db"))
        guard case .damage(let text) = whatWentWrong({ _ = try SQLiteLedger(path: folder + "/ledger.db") }) else { throw Unexpected() }
        #expect(text.contains("is damaged") && text.contains("last good copy") && !text.contains("PRAGMA"))
    }
}
