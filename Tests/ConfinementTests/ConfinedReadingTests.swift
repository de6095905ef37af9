import Confinement
import Foundation
import Frames
import Glibc
import Linux
import Sellout
import Testing

@Suite struct ConfinedReadingTests {
    private let profile = """
        { reseller: "r", vendor_name: "R", currency: "EUR", numbers: "point", signs: { headers: ["EAN"] },
          layouts: [{ store: "one", columns: { ean: "EAN", quantity: "Qty", amount: "Amount", date: "Date" } }], dates: "ymd" }
        """

    private func reading(_ executable: String? = nil, limit: Duration = .seconds(20)) -> ConfinedReading {
        let pool = ReaderPool(
            executable: executable ?? programs.appendingPathComponent("selloutd-reader").path,
            profiles: [ProfileSource(file: "r.json5", json5: Array(profile.utf8))])
        return ConfinedReading(pool: pool, timeLimit: limit)
    }

    private func file(_ content: String) throws -> Descriptor {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { unsafe unlink(path) }
        let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT, mode: 0o600)
        try file.write(content.utf8)
        lseek(file.number, 0, SEEK_SET)
        return file
    }

    private let job = Job(purpose: .sales, reseller: "r", fileName: "a.csv")

    @Test func `a file's sales come out of the confined process`() throws {
        var drafts: [Draft] = []
        let result = try reading().carryOut(job, file: try file("EAN,Qty,Amount,Date\n7350154320008,2,10.50,2025-04-01\n")) { frame in
            if case .harvested(let harvested) = frame { drafts += harvested.drafts }
        }
        guard case .success = result else {
            Issue.record("\(result)")
            return
        }
        #expect(drafts.map(\.quantity) == [2] && drafts.map(\.amount) == [Money(units: 105_000)])
    }

    private let dying = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("dying-reader").path
    private let greedy = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("greedy-reader").path

    @Test func `a reader that dies of its memory has met a limit`() throws {
        guard case .failure(let refusal) = try reading(greedy).carryOut(job, file: try file("x"), take: { _ in }) else {
            Issue.record("a greedy reader read a file")
            return
        }
        #expect(refusal.type == .limitExceeded)
    }

    @Test func `a reader that dies fails its file, and says so`() throws {
        guard case .failure(let refusal) = try reading(dying).carryOut(job, file: try file("x"), take: { _ in }) else {
            Issue.record("a dead reader read a file")
            return
        }
        #expect(refusal.type == .parsingError)
    }

    @Test func `a reader that hangs is ended at the time limit`() throws {
        // tail waits for the end of its orders, which does not come.
        guard
            case .failure(let refusal) = try reading("/usr/bin/tail", limit: .milliseconds(300)).carryOut(
                job, file: try file("x"), take: { _ in })
        else {
            Issue.record("a hanging reader read a file")
            return
        }
        #expect(refusal.type == .timeout)
    }

    @Test func `a reader that babbles is taken for gone wrong`() throws {
        // cat says back what it is told.
        guard case .failure(let refusal) = try reading("/bin/cat").carryOut(job, file: try file("x"), take: { _ in }) else {
            Issue.record("babble was read")
            return
        }
        #expect(refusal.type == .parsingError)
    }

    @Test func `a program that cannot be started is the surroundings' fault, not the file's`() throws {
        #expect(throws: SystemFault.self) { try reading("/does/not/exist").carryOut(job, file: try file("x"), take: { _ in }) }
    }
}
