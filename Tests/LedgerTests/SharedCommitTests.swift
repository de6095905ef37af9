import Dispatch
import Foundation
import Sellout
import Synchronization
import Testing

@testable import Ledger

/// Several who write at the same time share one transaction and one sync of the disk.
@Suite struct SharedCommitTests {
    /// Lets these wait together behind the writer, in this order, and answers how many commits they took, and what went wrong
    /// with each.
    private func together(_ ledger: SQLiteLedger, _ works: [@Sendable () throws -> Void]) throws -> (commits: Int, faults: [LedgerFault?]) {
        let (isBusy, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let group = DispatchGroup()
        let faults = Mutex([LedgerFault?](repeating: nil, count: works.count))
        let before = try commits(of: ledger)
        DispatchQueue.global().async(group: group) {
            try? ledger.writer.connection.sync { _ throws(LedgerFault) in
                isBusy.signal()
                mayGoOn.wait()
            }
        }
        isBusy.wait()
        for (place, work) in works.enumerated() {
            group.enter()
            Thread.detachNewThread {
                let fault = whatWentWrong(work)
                faults.withLock { $0[place] = fault }
                group.leave()
            }
            while ledger.writer.backlog <= place { usleep(100) }
        }
        mayGoOn.signal()
        group.wait()
        return (try commits(of: ledger) - before, faults.withLock { $0 })
    }

    private func commits(of ledger: SQLiteLedger) throws -> Int {
        try ledger.writer.connection.sync { connection throws(LedgerFault) in connection.commits }
    }

    private func registering(_ house: Fixture, _ name: String) -> @Sendable () throws -> Void {
        let (ledger, batch) = (house.ledger, Fixture.batch(name))
        return { try ledger.register([batch]) }
    }

    @Test func `twenty who wait together are written in their order with one commit`() throws {
        let house = try Fixture()
        let names = (0..<20).map { "\($0).csv" }
        let (commits, faults) = try together(house.ledger, names.map { registering(house, $0) })
        #expect(commits == 1 && faults.allSatisfy { $0 == nil })
        #expect(try house.ledger.unfinished().pending.map(\.filename) == names)
    }

    @Test func `one that fails is undone alone, and its caller alone hears of it`() throws {
        let house = try Fixture()
        let ledger = house.ledger
        let failing: @Sendable () throws -> Void = {
            try ledger.write { connection throws(LedgerFault) in
                _ = try BatchTable(connection: connection).insert(Fixture.batch("half done.csv"))
                throw LedgerFault.refused("on second thought")
            }
        }
        let (commits, faults) = try together(
            ledger, [registering(house, "a.csv"), failing, registering(house, "b.csv"), registering(house, "c.csv")])
        #expect(commits == 1)
        #expect(faults.map { $0.map(\.description) } == [nil, "on second thought", nil, nil])
        #expect(try ledger.unfinished().pending.map(\.filename) == ["a.csv", "b.csv", "c.csv"])
    }

    @Test func `whoever need not be durable is so with one who must`() throws {
        let house = try Fixture()
        let ledger = house.ledger
        let levels = Mutex<[Int]>([])
        let loose: @Sendable () throws -> Void = {
            let level = try ledger.writeLoosely { connection throws(LedgerFault) in try connection.count("PRAGMA synchronous") }
            levels.withLock { $0.append(level) }
        }
        let durable: @Sendable () throws -> Void = {
            try ledger.write { connection throws(LedgerFault) in
                _ = try connection.run("UPDATE reference_version SET version = version + 1")
            }
        }
        _ = try together(ledger, [loose, durable, loose])
        try loose()
        // 2 is FULL, 1 is NORMAL.
        #expect(levels.withLock { $0 } == [2, 2, 1])
    }

    @Test func `a disk that gets full in the middle leaves each its own fate, and none that is not written is called done`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ledger-\(Fixture.batch().id.short)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var house: Fixture? = try Fixture(folder: folder)
        let id = try #require(try house?.begun())
        let pages = try #require(try house?.ask("SELECT page_count FROM pragma_page_count").first.flatMap { Int($0) })
        house = nil
        // Room for a few batches, and not for thousands of rows.
        let small = try Fixture(folder: folder, settings: "PRAGMA max_page_count = \(pages + 20)")
        let chunk = try Fixture.chunk((0..<5000).map { Line(amount: Int64($0), order: "order \($0)") })
        let ledger = small.ledger
        let (commits, faults) = try together(
            ledger,
            [registering(small, "a.csv"), { try ledger.stage(chunk, of: id) }, registering(small, "b.csv"), registering(small, "c.csv")])
        // The first alone, and the two that came after the one that failed.
        #expect(commits == 2)
        #expect(faults.map { $0 == nil } == [true, false, true, true])
        guard case .surroundings(let text)? = faults[1] else { throw Unexpected() }
        #expect(text.contains("disk is full"))
        #expect(try ledger.unfinished().pending.map(\.filename) == ["a.csv", "b.csv", "c.csv"])
        #expect(try small.ask("SELECT count(*) FROM staging_sales") == ["0"])
        #expect(try small.ask("SELECT rows_staged FROM upload_batches WHERE batch_id = '\(id)'") == ["0"])
    }

    @Test func `with a ledger that another program keeps locked all fail, after one wait and not one each`() throws {
        let house = try Fixture(settings: "PRAGMA busy_timeout = 300")
        let holder = try Connection(path: house.path)
        try holder.execute("BEGIN IMMEDIATE")
        let began = ContinuousClock.now
        let (commits, faults) = try together(house.ledger, (0..<10).map { registering(house, "\($0).csv") })
        #expect(began.duration(to: .now) < .seconds(2))
        #expect(commits == 0)
        for fault in faults {
            guard case .surroundings? = fault else { throw Unexpected() }
        }
        try holder.execute("COMMIT")
        #expect(try house.ledger.unfinished().pending.isEmpty)
        try house.ledger.register([Fixture.batch()])
        #expect(try house.ledger.unfinished().pending.count == 1)
    }

    @Test func `many threads count right, and with fewer commits than works`() throws {
        let house = try Fixture()
        let ledger = house.ledger
        let answers = Mutex<[Int]>([])
        let before = try commits(of: ledger)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<50 {
                let answer = try? ledger.write { connection throws(LedgerFault) in
                    try connection.run("UPDATE reference_version SET version = version + 1")
                    if number % 10 == 9 { throw LedgerFault.refused("every tenth") }
                    return try ReferenceTables(connection: connection).version()
                }
                if let answer { answers.withLock { $0.append(answer) } }
            }
        }
        #expect(answers.withLock { $0.sorted() } == Array(2...361))
        #expect(try ledger.referenceVersion() == 361)
        #expect(try commits(of: ledger) - before <= 360)
    }

    @Test func `one who writes alone has a transaction of his own`() throws {
        let house = try Fixture()
        let before = try commits(of: house.ledger)
        for number in 0..<5 { try registering(house, "\(number).csv")() }
        #expect(try commits(of: house.ledger) - before == 5)
    }
}
