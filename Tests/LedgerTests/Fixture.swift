import Batches
import Cells
import Foundation
import Sellout
import Testing

@testable import Ledger

/// One line of a test's file.
struct Line {
    var product = 0
    var store = 0
    var day = "2025-01-01"
    var quantity: Int64 = 1
    /// In whole units of the currency.
    var amount: Int64 = 10
    var waits = false
    var order: String?
}

/// A ledger in a folder of its own, and files on their way through it.
final class Fixture {
    let folder: String
    let ledger: SQLiteLedger
    var path: String { folder + "/ledger.db" }
    private var clock: Int64 = 1_745_000_000_000
    private let keepsFolder: Bool

    init(folder: String? = nil, settings: String = "") throws {
        keepsFolder = folder != nil
        self.folder = folder ?? FileManager.default.temporaryDirectory.path + "/ledger-\(BatchID().short)"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        ledger = try SQLiteLedger(path: self.folder + "/ledger.db", settings: settings)
    }

    deinit { if !keepsFolder { try? FileManager.default.removeItem(atPath: folder) } }

    func now() -> Timestamp {
        clock += 1000
        return Timestamp(milliseconds: clock)
    }

    var operatorsDeed: Deed { Deed(actor: "anna", reason: "looked at it", at: now()) }

    static func terms(_ approval: ApprovalPolicy = .clean, living: Bool = false, open: Bool = true) -> Terms {
        Terms(
            reseller: "boxnox", vendorName: "BOXNOX", currency: "EUR", isLivingDocument: living, storesAreOpen: open, approval: approval)
    }

    static func ean(_ number: Int) throws -> EAN { try #require(EAN(7_350_154_320_000 + Int64(number))) }

    func register(_ name: String = "april.csv", mode: UploadMode = .append) throws -> BatchID {
        let batch = Fixture.batch(name, mode: mode, at: now())
        try ledger.register([batch])
        return batch.id
    }

    static func batch(_ name: String = "april.csv", mode: UploadMode = .append, at: Timestamp = Timestamp(milliseconds: 1)) -> Batch {
        Batch(id: BatchID(), reseller: "boxnox", filename: name, mode: mode, sizeBytes: 100, host: "here", receivedAt: at)
    }

    func begin(_ id: BatchID, content: String? = nil) throws {
        guard case .go = try ledger.beginTry(id, sha256: content ?? id.text, at: now()) else { throw Unexpected() }
    }

    func begun(_ name: String = "april.csv", mode: UploadMode = .append, content: String? = nil) throws -> BatchID {
        let id = try register(name, mode: mode)
        try begin(id, content: content)
        return id
    }

    func stage(_ lines: [Line], of id: BatchID, malformed: Int = 0) throws {
        try ledger.stage(Fixture.chunk(lines, malformed: malformed), of: id)
    }

    static func chunk(_ lines: [Line], malformed: Int = 0) throws -> StagedChunk {
        var chunk = StagedChunk(referenceVersion: 1)
        chunk.sheets = ["SELL OUT"]
        chunk.rates = [.euro]
        for number in 0...max(0, lines.map(\.product).max() ?? 0) {
            let waits = lines.contains { $0.product == number && $0.waits }
            chunk.products.append(
                StagedProduct(naming: ProductNaming(code: "CODE \(number)", name: "Name \(number)"), ean: waits ? nil : try ean(number)))
        }
        for number in 0...max(0, lines.map(\.store).max() ?? 0) {
            chunk.stores.append(StagedStore(naming: StoreNaming(name: "Store \(number)", isOnline: number == 1), store: nil))
        }
        for (place, line) in lines.enumerated() {
            chunk.rows.append(try row(line, number: place + 2))
            if line.waits { chunk.errors.append(error(.productNotMapped, row: place + 2)) }
        }
        chunk.malformedRows = malformed
        for place in 0..<malformed { chunk.errors.append(error(.invalidQuantity, row: lines.count + 2 + place)) }
        return chunk
    }

    static func row(_ line: Line, number: Int) throws -> StagedRow {
        let amount = Money(units: line.amount * 10_000)
        let draft = Draft(
            sheet: 0, row: Int32(number), product: Int32(line.product), store: Int32(line.store),
            date: .day(try #require(CivilDay(line.day))),
            quantity: line.quantity, amount: amount, details: line.order.map { SaleDetails(orderID: $0) })
        return StagedRow(draft: draft, local: line.waits ? nil : amount, euros: line.waits ? nil : amount, rate: line.waits ? nil : 0)
    }

    static func error(_ type: RowErrorType, row: Int) -> RowError {
        RowError(
            sheet: "SELL OUT", row: row, column: "B", type: type, message: "not right", field: "code", value: "x", suggestion: "mend it")
    }

    /// A whole file: registered, begun, staged, settled.
    @discardableResult func take(
        _ lines: [Line], terms: Terms = terms(), mode: UploadMode = .append, malformed: Int = 0, content: String? = nil,
        findings: Findings = Findings()
    ) throws -> Batch {
        let id = try begun(mode: mode, content: content)
        let chunk = try Fixture.chunk(lines, malformed: malformed)
        return try #require(try ledger.settle(id, lastChunk: chunk, findings, terms: terms, at: now())).record
    }

    /// The end of a file whose rows have all been staged.
    func settle(_ id: BatchID, terms: Terms = terms()) throws -> Batch? {
        try ledger.settle(id, lastChunk: StagedChunk(referenceVersion: 1), Findings(), terms: terms, at: now())?.record
    }

    func account(of id: BatchID) throws -> BatchAccount { try #require(try ledger.account(of: [id], errors: 1000, sums: true).first) }

    func note(_ id: BatchID, published: Int? = nil, isArchived: Bool = false) throws {
        try ledger.noteAnswered([Answered(id, published: published, isArchived: isArchived)])
    }

    func sales(_ filter: SalesFilter = SalesFilter()) throws -> [SaleLine] {
        var found: [SaleLine] = []
        try ledger.sales(filter) { line in
            found.append(line)
            return true
        }
        return found
    }

    /// Plain SQL, as an analyst would ask: the first column of each row.
    func ask(_ sql: String) throws -> [String] {
        let answer = Column<String>(computed: "CAST(answer AS TEXT)")
        return try Connection(path: path).all(answer, from: "(WITH asked (answer) AS (\(sql)) SELECT answer FROM asked)")
    }

    /// Plain SQL that changes the ledger behind its back.
    func execute(_ sql: String) throws { try Connection(path: path).execute(sql) }
}

struct Unexpected: Error {}

/// The fault that `body` ends in.
func whatWentWrong(_ body: () throws -> Void) -> LedgerFault? {
    do {
        try body()
        return nil
    } catch {
        return error as? LedgerFault
    }
}
