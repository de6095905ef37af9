import Confinement
import Foundation
import Frames
import Glibc
import Linux
import Sellout
import Testing

@Suite struct ConfinedReaderTests {
    private static let profile = """
        { reseller: "r", vendor_name: "R", currency: "EUR", numbers: "point", signs: { headers: ["EAN"] },
          layouts: [{ store: "one", columns: { ean: "EAN", quantity: "Qty", amount: "Amount", date: "Date" } }], dates: "ymd" }
        """

    /// The misdeed's name is the profile's file name: debug builds of the reader know what is meant.
    private func reader(that misdeed: String = "r.json5", limit: Duration = .seconds(20)) -> ConfinedReader {
        ConfinedReader(pool: pool(misdeed), timeLimit: limit)
    }

    private func pool(_ name: String = "r.json5") -> ReaderPool {
        ReaderPool(
            executable: programs.appendingPathComponent("selloutd-reader").path,
            profiles: [ProfileSource(file: name, json5: Array(ConfinedReaderTests.profile.utf8))])
    }

    private func file(_ content: String = "EAN,Qty,Amount,Date\n7350154320008,2,10.50,2025-04-01\n") throws -> Descriptor {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { unsafe unlink(path) }
        let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT, mode: 0o600)
        try file.write(content.utf8)
        lseek(file.number, 0, SEEK_SET)
        return file
    }

    private func job(of reseller: String = "r") -> Job { Job(purpose: .sales, reseller: reseller, fileName: "a.csv") }

    private func quantities(_ reader: ConfinedReader, of reseller: String = "r") throws -> [Int64] {
        var drafts: [Draft] = []
        let result = try reader.read(job(of: reseller), file()) { frame in
            if case .harvested(let harvested) = frame { drafts += harvested.drafts }
        }
        guard case .success = result else {
            Issue.record("\(result)")
            return []
        }
        return drafts.map(\.quantity)
    }

    private func refusal(_ reader: ConfinedReader, _ content: String = "x") throws -> FileErrorType? {
        guard case .failure(let refusal) = try reader.read(job(), try file(content), take: { _ in }) else { return nil }
        return refusal.type
    }

    @Test func `a file's sales come out of the confined process`() throws {
        var drafts: [Draft] = []
        let result = try reader().read(job(), try file()) { frame in
            if case .harvested(let harvested) = frame { drafts += harvested.drafts }
        }
        guard case .success = result else {
            Issue.record("\(result)")
            return
        }
        #expect(drafts.map(\.quantity) == [2] && drafts.map(\.amount) == [Money(units: 105_000)])
    }

    @Test(arguments: [
        ("die", FileErrorType.parsingError), ("babble", .parsingError), ("greed", .limitExceeded),
    ])
    func `a reader that goes wrong fails its file, and the next file has another reader`(misdeed: String, type: FileErrorType) throws {
        let reader = reader(that: misdeed)
        for _ in 0..<2 { #expect(try refusal(reader) == type) }
    }

    @Test func `a reader that hangs is ended at the time limit`() throws {
        #expect(try refusal(reader(that: "hang", limit: .milliseconds(300))) == .timeout)
    }

    @Test func `a reader that has read a small file well reads the reseller's next one, and nobody else's`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .seconds(20))
        #expect(try quantities(reader) == [2])
        let first = pool.idle
        #expect(first.map(\.reseller) == ["r"])
        #expect(try quantities(reader) == [2])
        #expect(pool.idle.map(\.pid) == first.map(\.pid))
        // The inbox of another reseller: its file is refused, by a reader of its own.
        _ = try reader.read(job(of: "other"), try file(), take: { _ in })
        #expect(pool.idle.map(\.pid) == first.map(\.pid))
    }

    @Test func `a reader is not kept after a fault, after a refusal, or when nobody says whose file it was`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .seconds(20))
        struct Enough: Error {}
        #expect(throws: Enough.self) { try reader.read(job(), try file(), take: { _ in throw Enough() }) }
        #expect(pool.idle.isEmpty)
        #expect(try refusal(reader, "no such layout\n1\n") != nil)
        #expect(pool.idle.isEmpty)
        #expect(try quantities(reader, of: "") == [2])
        #expect(pool.idle.isEmpty)
    }

    @Test func `a reader is not kept after a large file, nor after many`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .seconds(60))
        let large = "EAN,Qty,Amount,Date\n" + String(repeating: "7350154320008,2,10.50,2025-04-01\n", count: 40_000)
        _ = try reader.read(job(), try file(large), take: { _ in })
        #expect(pool.idle.isEmpty)
        var seen: Set<Int32> = []
        for _ in 0..<70 {
            #expect(try quantities(reader) == [2])
            seen.formUnion(pool.idle.map(\.pid))
        }
        #expect(seen.count == 2)
    }

    @Test func `after a reload no reader with the old profiles is used`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .seconds(20))
        #expect(try quantities(reader) == [2])
        pool.replaceProfiles([])
        #expect(pool.idle.isEmpty)
        #expect(try refusal(reader, "EAN,Qty,Amount,Date\n7350154320008,2,10.50,2025-04-01\n") == .vendorDetectionFailed)
    }

    @Test(arguments: ["/does/not/exist", "/bin/false", "/bin/echo"])
    func `a program that cannot be started, or is no reader, is the surroundings' fault and not the file's`(program: String) throws {
        let reader = ConfinedReader(pool: ReaderPool(executable: program, profiles: []), timeLimit: .seconds(20))
        #expect(throws: SystemFault.self) { try reader.read(job(), try file(), take: { _ in }) }
    }

    @Test func `a nursery that does not answer within the file's own time costs that file, and the next one has a new nursery`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .milliseconds(500))
        pool.warm()
        let nursery = try #require(pool.nurseryPID)
        kill(nursery, SIGSTOP)
        #expect(try refusal(reader) == .timeout)
        #expect(try quantities(reader) == [2])
        #expect(pool.nurseryPID != nursery)
        // A late answer of the old one would be taken for another's.
        #expect(kill(nursery, 0) != 0, "it was not ended")
    }

    @Test func `a nursery that was killed is replaced, and the file that needed it does not notice`() throws {
        let pool = pool()
        let reader = ConfinedReader(pool: pool, timeLimit: .seconds(20))
        pool.warm()
        let nursery = try #require(pool.nurseryPID)
        kill(nursery, SIGKILL)
        #expect(try quantities(reader) == [2])
        #expect(pool.nurseryPID != nursery)
    }
}
