import Batches
import Cells
import Foundation
import Glibc
import Ledger
import Operations
import Sellout
import Testing

@testable import selloutctl

/// `permit`, `resellers set`, `pending`, `stats` and force as operators type them, over the ledger that they have in earnest.
@Suite final class GovernanceCommandTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("governance-\(UUID().uuidString)").path
    private let ledger: SQLiteLedger

    init() throws {
        try FileManager.default.createDirectory(atPath: root + "/.ledger", withIntermediateDirectories: true)
        ledger = try SQLiteLedger(path: root + "/.ledger/ledger.db")
        try ledger.note(resellers: Samples.terms)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    private func run(_ words: String...) throws -> (status: Int32, output: String) {
        let ledger = ledger
        let wiring = Wiring(
            openLedger: { _ in ledger }, readLedger: { _ in ledger }, profiles: { _ in (Samples.terms, []) },
            file: { _, _ in LinesReading(sheets: []) },
            check: { _, _, _ in throw Refused(.wrong, "not asked here") }, daemonRuns: { _ in false }, now: { Samples.moment })
        let path = root + "/\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        let shell = Shell(
            commands: CommandList.all, wiring: wiring, environment: ["SELLOUT_ROOT": root],
            output: Output(descriptor: handle.fileDescriptor), complaints: Output(descriptor: handle.fileDescriptor))
        let status = shell.run(words)
        try handle.close()
        return (status, try String(contentsOfFile: path, encoding: .utf8))
    }

    private func json(_ words: [String]) throws -> Any {
        let output = try run(words[0], words.count > 1 ? words[1] : "--json", words.count > 2 ? words[2] : "--json", "--json").output
        return try JSONSerialization.jsonObject(with: Data(output.utf8))
    }

    /// A file that waits for approval, with one sale and one row that failed.
    @discardableResult private func waiting(_ digits: String) throws -> Batch {
        let batch = try Samples.batch(digits, .pending)
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: String(repeating: digits, count: 8), at: Samples.moment)
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S"]
        chunk.products = [StagedProduct(naming: ProductNaming(code: digits), ean: try Samples.products()[0].ean)]
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Store"), store: nil)]
        chunk.rates = [.euro]
        let amount = Money(units: 10_000)
        let day = CivilDay(number: Samples.moment.day.number - Int32(digits.utf8.reduce(0) { $0 + Int($1) } % 100))
        let draft = Draft(sheet: 0, row: 2, product: 0, store: 0, date: .day(day), quantity: 1, amount: amount)
        chunk.rows = [StagedRow(draft: draft, local: amount, euros: amount, rate: 0)]
        chunk.malformedRows = 1
        chunk.errors = [
            RowError(sheet: "S", row: 3, column: "B", type: .invalidQuantity, message: "not right", field: "quantity", value: "x")
        ]
        let terms = Terms(reseller: "boxnox", vendorName: "BOXNOX", currency: "EUR")
        return try #require(try ledger.settle(batch.id, lastChunk: chunk, Findings(), terms: terms, at: Samples.moment)).record
    }

    @Test func `a reseller is forbidden and permitted with a reason, and listings say so`() throws {
        let (status, output) = try run("permit", "boxnox", "off", "--reason", "wrong category")
        #expect(status == 0 && output == "Files of boxnox are not taken from now on; what came before is read.\n")
        #expect(try run("resellers").output.contains("off: wrong category"))
        let listed = try #require(try json(["resellers"]) as? [[String: Any]])
        let boxnox = try #require(listed.first { $0["reseller"] as? String == "boxnox" })
        #expect(boxnox["can_bulk_upload"] as? Bool == false && boxnox["permission_reason"] as? String == "wrong category")
        let uuid = try #require(boxnox["reseller_id"] as? String)
        #expect(try ledger.reseller(uuid: uuid)?.slug == "boxnox")
        #expect(boxnox["approval"] as? String != nil)
        #expect(try run("permit", uuid, "on").output == "Files of boxnox are taken.\n")
        let audit = try run("audit", "--reseller", "boxnox").output
        #expect(audit.contains("forbid uploads") && audit.contains("wrong category") && audit.contains("permit uploads"))
        #expect(try run("permit", "boxnox", "maybe").status == 2 && run("permit", "nobody", "off").status == 1)
        let long = try run("permit", "boxnox", "off", "--reason", String(repeating: "x", count: 501))
        #expect(long.status == 1 && long.output.contains("501 characters"))
        #expect(try ledger.reseller("boxnox")?.canUpload == true)
    }

    @Test func `what is said of a reseller is shown, and what cannot be right is refused whole`() throws {
        #expect(
            try run(
                "resellers", "set", "boxnox", "name=Box Nox", "country=Norway", "currency=NOK", "owner=Thoko", "email=t@box.example",
                "active=no"
            )
            .output == "boxnox is Box Nox.\n")
        let record = try #require(try ledger.reseller("boxnox"))
        #expect((record.name, record.country, record.currency) == ("Box Nox", "Norway", "NOK"))
        #expect((record.ownerName, record.ownerEmail) == ("Thoko", "t@box.example") && !record.isActive)
        for wrong in ["currency=nok", "currency=EURO", "email=nobody", "email=a@b", "name=a\u{1B}[2J"] {
            #expect(try run("resellers", "set", "boxnox", "country=Chad", wrong).status == 1, "\(wrong)")
        }
        for misuse in ["shoe=9", "active=perhaps", "name"] {
            #expect(try run("resellers", "set", "boxnox", misuse).status == 2, "\(misuse)")
        }
        #expect(try ledger.reseller("boxnox") == record)
        #expect(try run("resellers", "set", "boxnox", "name=").status == 0)
        #expect(try ledger.reseller("boxnox")?.name == "BOXNOX")
    }

    @Test func `what waits is listed with why, and is taken or dropped by force with a reason alone`() throws {
        let (one, other) = (try waiting("0badcafe"), try waiting("0badf00d"))
        let pending = try run("pending", "--reseller", "boxnox").output
        #expect(pending.contains("0badcafe") && pending.contains("0badf00d") && pending.contains("Waits for approval"))
        #expect(try run("pending", "--reseller", "liberty").output == "Nothing waits for approval.\n")
        let without = try run("approve", "0badcafe", "--force")
        #expect(without.status == 2 && without.output.contains("--force wants --reason T."))
        #expect(try run("approve", one.bulkID, "--force", "--reason", "owner travelling").output.contains("is approved: partial_success"))
        #expect(try run("show", "0badcafe").output.contains("Approved by force by"))
        #expect(try run("show", "0badcafe").output.contains("owner travelling"))
        let report = try #require(try json(["show", "0badcafe"]) as? [String: Any])
        let forced = try #require(report["forced"] as? [String: Any])
        #expect(forced["step"] as? String == "approved" && forced["reason"] as? String == "owner travelling")
        #expect(try run("cancel", "0badf00d", "--force", "--reason", "banned goods").status == 0)
        #expect(try ledger.batch(other.id)?.forced?.reason == "banned goods")
        #expect(try run("pending").output == "Nothing waits for approval.\n")
    }

    @Test func `statistics count what came in the last days`() throws {
        _ = try waiting("0badcafe")
        #expect(try run("approve", "0badcafe").status == 0)
        _ = try waiting("0badf00d")
        let output = try run("stats", "--days", "7").output
        #expect(output.contains("Files: 2, of them 1 completed (50.00%), 1 to approve, 0 failed, 0 cancelled"))
        #expect(output.contains("Rows: 2 valid (50.00%), 2 failed"))
        let told = try #require(try json(["stats"]) as? [String: Any])
        #expect(told["success_rate"] as? String == "50.00%" && told["sales_booked"] as? Int == 1)
        #expect(try run("stats", "--days", "0").status == 2 && run("stats", "--days", "366").status == 2)
    }

    @Test func `batches are searched by their file's name and the first digits`() throws {
        _ = try waiting("0badcafe")
        #expect(try run("batches", "--search", "MARCH").output.contains("0badcafe"))
        #expect(try run("batches", "--search", "0badca").output.contains("0badcafe"))
        #expect(try run("batches", "--search", "april").output == "No batches.\n")
    }
}

/// Ids as people and as programs write them, and percentages.
@Suite struct NamedBatchTests {
    private func desk() throws -> (OperatorDesk, Batch) {
        let ledger = MemoryLedger()
        let batch = try Samples.batch("0badcafe", .completed)
        ledger.change { $0.batches = [batch] }
        return (OperatorDesk(ledger: ledger, terms: Samples.terms, actor: "anna", clock: { Samples.moment }), batch)
    }

    @Test func `a batch is found by its BULK id, and by none whose time or digits differ`() throws {
        let (desk, batch) = try desk()
        #expect(try desk.batch(batch.bulkID).id == batch.id && desk.batch(named: batch.bulkID).id == batch.id)
        #expect(try desk.batch(named: batch.id.text.uppercased()).id == batch.id)
        let milliseconds = batch.receivedAt.milliseconds
        for wrong in [
            "BULK-\(milliseconds + 1)-0badcafe", "BULK-\(milliseconds)-0badcaff", "BULK-0\(milliseconds)-0badcafe", "BULK-x", "BULK-",
        ] {
            #expect(throws: Refused.self, "\(wrong)") { try desk.batch(wrong) }
            do { _ = try desk.batch(wrong) } catch { #expect(error.reason == .unknown) }
        }
        // Programs do not abbreviate.
        for wrong in ["0badcafe", "", batch.id.text + "0"] { #expect(throws: Refused.self) { try desk.batch(named: wrong) } }
    }

    @Test(arguments: [(0, 0, "0.00%"), (6, 8, "75.00%"), (420, 450, "93.33%"), (4, 7, "57.14%"), (1, 1, "100.00%"), (1, 20_000, "0.01%")])
    func `a rate has two decimals`(part: Int, whole: Int, text: String) {
        var statistics = UploadStatistics(since: Samples.moment)
        (statistics.validRows, statistics.invalidRows) = (part, whole - part)
        #expect(statistics.validationRate == text)
    }
}
