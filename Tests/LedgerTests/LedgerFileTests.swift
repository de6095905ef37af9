import Batches
import Foundation
import Sellout
import Testing

@testable import Ledger

/// The ledger's file is not the one that was opened, or nobody's ledger at all.
@Suite struct LedgerFileTests {
    private func questions(_ house: Fixture) -> [() throws -> Void] {
        [
            { _ = try house.register() }, { _ = try house.ledger.batches(BatchFilter()) }, { _ = try house.ledger.foreignChanges() },
            { _ = try house.sales() }, { _ = try house.ledger.unfinished() },
        ]
    }

    @Test func `a ledger that was deleted while it is open neither takes nor answers anything`() throws {
        let house = try Fixture()
        try house.take([Line()])
        try FileManager.default.removeItem(atPath: house.path)
        for ask in questions(house) {
            guard case .surroundings(let sentence) = whatWentWrong(ask) else { throw Unexpected() }
            #expect(sentence.contains(house.path) && sentence.contains("is gone") && sentence.contains("put the ledger back"))
        }
        #expect(!FileManager.default.fileExists(atPath: house.path))
    }

    @Test func `a ledger that was swapped for another file is noticed, and goes on when it is back`() throws {
        let house = try Fixture()
        let other = try Fixture()
        let batch = try house.take([Line()])
        try FileManager.default.moveItem(atPath: house.path, toPath: house.path + ".aside")
        try FileManager.default.copyItem(atPath: other.path, toPath: house.path)
        for ask in questions(house) {
            guard case .surroundings(let sentence) = whatWentWrong(ask) else { throw Unexpected() }
            #expect(sentence.contains(house.path) && sentence.contains("is another file"))
        }
        try FileManager.default.removeItem(atPath: house.path)
        try FileManager.default.moveItem(atPath: house.path + ".aside", toPath: house.path)
        #expect(try house.ledger.batch(batch.id)?.state == .completed)
        #expect(try house.sales().count == 1)
        _ = try house.register()
    }

    @Test(arguments: ["-wal", "-shm"])
    func `a log that was deleted while the ledger is open stops it, and closing it saves what the log held`(part: String) throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        try FileManager.default.removeItem(atPath: house.path + part)
        for ask in questions(house) {
            guard case .surroundings(let sentence) = whatWentWrong(ask) else { throw Unexpected() }
            #expect(sentence.contains(house.path + part) && sentence.contains("Stop selloutd"))
        }
        house.ledger.close()
        let again = try Fixture(folder: house.folder)
        #expect(try again.sales().count == 2)
        #expect(try again.ledger.faultsOfFile() == [])
    }

    @Test func `what is committed into a file that went meanwhile is not told as done`() throws {
        let house = try Fixture()
        let path = house.path
        let fault = whatWentWrong {
            try house.ledger.write { connection throws(LedgerFault) in
                try connection.execute("DELETE FROM products")
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        guard case .surroundings(let sentence) = fault else { throw Unexpected() }
        #expect(sentence.contains("is gone"))
    }

    @Test(arguments: [(0, "SQLite format 4"), (68, "GPKG")])
    func `a file that something else was written over is damaged`(place: Int, text: String) throws {
        let house = try Fixture()
        try house.take([Line()])
        let file = try #require(FileHandle(forUpdatingAtPath: house.path))
        try file.seek(toOffset: UInt64(place))
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
        guard case .damage = whatWentWrong({ _ = try house.register() }) else { throw Unexpected() }
        guard case .damage = whatWentWrong({ _ = try house.ledger.foreignChanges() }) else { throw Unexpected() }
    }

    @Test func `another program's database is refused, to write and to read, and left as it is`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (number, script) in ["CREATE TABLE songs (name TEXT)", "PRAGMA application_id = 1196444487"].enumerated() {
            let path = folder + "/\(number).db"
            try Connection(path: path).execute(script)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            for open in [{ _ = try SQLiteLedger(path: path) }, { _ = try SQLiteLedger(onlyReading: path) }] {
                guard case .refused(let sentence) = whatWentWrong(open) else { throw Unexpected() }
                #expect(sentence.contains(path) && sentence.contains("another program"))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func `closed, the ledger is one file that holds everything, and whoever asks still is refused`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1)])
        let copy = house.folder + "/copy.db"
        house.ledger.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.folder) == ["ledger.db"])
        guard case .surroundings = whatWentWrong({ _ = try house.register() }) else { throw Unexpected() }
        try FileManager.default.copyItem(atPath: house.path, toPath: copy)
        var sales = 0
        try SQLiteLedger(path: copy).sales(SalesFilter()) { _ in
            sales += 1
            return true
        }
        #expect(sales == 2)
    }

    @Test func `closed beside somebody who reads, the log is empty, and the file holds everything`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let other = try SQLiteLedger(onlyReading: house.path)
        #expect(try other.batches(BatchFilter()).count == 1)
        house.ledger.close()
        let log = try FileManager.default.attributesOfItem(atPath: house.path + "-wal")[.size] as? Int
        #expect(log == 0)
        #expect(try other.batches(BatchFilter()).count == 1)
    }

    @Test func `a ledger that was found damaged is left as it lies when it is closed`() throws {
        let house = try Fixture()
        try house.take([Line()])
        try house.execute("UPDATE upload_batches SET status = 'borrowed'")
        guard case .damage = whatWentWrong({ _ = try house.ledger.batches(BatchFilter()) }) else { throw Unexpected() }
        let log = try Data(contentsOf: URL(fileURLWithPath: house.path + "-wal"))
        house.ledger.close()
        #expect(!log.isEmpty)
        #expect(try Data(contentsOf: URL(fileURLWithPath: house.path + "-wal")) == log)
    }

    @Test func `a ledger whose place another one has taken leaves that one's log alone when it is closed`() throws {
        let house = try Fixture()
        try house.take([Line()])
        try FileManager.default.removeItem(atPath: house.path)
        for name in ["", "-wal"] { try Data("another's".utf8).write(to: URL(fileURLWithPath: house.path + name)) }
        house.ledger.close()
        #expect(try String(contentsOfFile: house.path + "-wal", encoding: .utf8) == "another's")
    }

    @Test func `a ledger bears its application id from the start, and one from before that is marked when it is opened`() throws {
        let house = try Fixture()
        #expect(try house.ask("SELECT application_id FROM pragma_application_id") == ["1399155820"])
        try house.execute("PRAGMA application_id = 0")
        let again = try Fixture(folder: house.folder)
        #expect(try again.ask("SELECT application_id FROM pragma_application_id") == ["1399155820"])
    }

    @Test func `a sound ledger has no faults, with every table filled`() throws {
        let house = try Fixture()
        try house.take([Line(), Line(product: 1, waits: true)], terms: Fixture.terms(.partial))
        let mapping = ProductMapping(reseller: "boxnox", code: "A", ean: try Fixture.ean(1))
        _ = try house.ledger.take(.mappings([mapping]), by: house.operatorsDeed)
        #expect(try house.ledger.faultsOfFile() == [])
    }

    @Test func `a page that nothing can read is a fault`() throws {
        let house = try Fixture()
        try house.take([Line()])
        let index = "SELECT rootpage FROM sqlite_schema WHERE name = 'upload_batches_by_time'"
        let page = try #require(UInt64(house.ask(index).first ?? ""))
        house.ledger.close()
        let file = try #require(FileHandle(forUpdatingAtPath: house.path))
        try file.seek(toOffset: (page - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        try file.close()
        let faults = try SQLiteLedger(onlyReading: house.path).faultsOfFile()
        #expect(faults.contains { $0.contains("Page ") }, "\(faults)")
    }
}
