import Batches
import Cells
import Foundation
import Sellout

@testable import Ledger

/// The real ledger behind the steps: each file is resolved, staged and settled as the daemon does it, and what is left to do after a
/// step is done as the daemon would.
final class LedgerUnderTest: BooksUnderTest {
    private struct Dropped {
        let id: BatchID
        let file: DroppedFile
    }

    private let folder: String
    private(set) var ledger: SQLiteLedger
    private var batches: [Dropped] = []
    private var clock: Int64 = 1_745_000_000_000
    private let asking: Connection

    init() throws {
        // In memory where there is a place for that: what is tried here is the books and not the disk.
        let place = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        folder = place + "/oracle-\(BatchID().text)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        ledger = try SQLiteLedger(path: folder + "/ledger.db")
        asking = try Connection(path: folder + "/ledger.db")
        try ledger.note(resellers: (0..<4).map(Self.terms))
        let products = try (0..<6).map { Product(ean: try Self.ean($0), functionalName: "Product \($0)", description: "") }
        _ = try ledger.take(.products(products), by: deed)
        try rate(day: -400, perEuro: 8600)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var now: Timestamp {
        clock += 1000
        return Timestamp(milliseconds: clock)
    }

    private var deed: Deed { Deed(actor: "anna", reason: "test", at: now) }

    static func terms(_ reseller: Int) -> Terms {
        let policies: [ApprovalPolicy] = [.clean, .partial, .manual, .clean]
        return Terms(
            reseller: "r\(reseller)", vendorName: "R\(reseller)", currency: reseller == 1 ? "GBP" : "EUR",
            isLivingDocument: reseller == 1 || reseller == 3, approval: policies[reseller])
    }

    private static func ean(_ number: Int) throws -> EAN { try Fixture.ean(number) }

    private static let firstDay = CivilDay("2025-01-01")?.number ?? 0

    private static func day(_ number: Int) -> CivilDay { CivilDay(number: firstDay + Int32(number)) }
}

/// Steps.
extension LedgerUnderTest {
    func carryOut(_ step: Step) throws -> Bool {
        do {
            try take(step)
        } catch let fault as LedgerFault {
            switch fault {
            case .refused, .forbidden, .unknownBatch: return false
            case .surroundings, .broken, .damage: throw fault
            }
        } catch is UnknownBatch {
            return false
        }
        try workOff()
        return true
    }

    private struct UnknownBatch: Error {}

    private func id(_ number: Int) throws -> BatchID {
        guard batches.indices.contains(number) else { throw UnknownBatch() }
        return batches[number].id
    }

    private func take(_ step: Step) throws {
        switch step {
        case .drop(let file, let dies): try drop(file, dies: dies)
        case .approve(let number):
            guard let batch = try ledger.batch(try id(number)) else { throw UnknownBatch() }
            _ = try ledger.approve(batch.id, terms: Self.terms(batches[number].file.reseller), all: false, by: deed)
        case .cancel(let number): _ = try ledger.cancel(try id(number), by: deed)
        case .retry(let number): _ = try ledger.retry(try id(number), by: deed)
        case .delete(let number): _ = try ledger.delete(try id(number), by: deed)
        case .undo(let number, let cascade): _ = try ledger.undo(try id(number), cascade: cascade, by: deed)
        case .map(let reseller, let code, let ean):
            _ = try ledger.take(.mappings([ProductMapping(reseller: "r\(reseller)", code: "C\(code)", ean: try Self.ean(ean))]), by: deed)
        case .merge(let reseller, let store, let into):
            _ = try ledger.merge(store: "Store \(store)", into: "Store \(into)", of: "r\(reseller)", by: deed)
        case .price(let ean, let day, let price):
            let prices = try ["EUR", "GBP"].map {
                ListPrice(ean: try Self.ean(ean), currency: $0, price: Money(units: price), validFrom: Self.day(day))
            }
            _ = try ledger.take(.prices(prices), by: deed)
        case .rate(let day, let perEuro): try rate(day: day, perEuro: perEuro)
        case .rebook: for reseller in 0..<4 { _ = try ledger.rebook(Self.terms(reseller), by: deed) }
        case .restart: try restart()
        }
    }

    private func rate(day: Int, perEuro: Int64) throws {
        let fixing = RateTable.Fixing(day: Self.day(day), perEuro: perEuro * 10_000)
        _ = try ledger.take(.rates([PublishedRate(currency: "GBP", rate: fixing)]), by: deed)
    }

    private func restart() throws {
        ledger = try SQLiteLedger(path: folder + "/ledger.db")
        _ = try ledger.recover(crashed: false)
    }
}

/// What the daemon does.
extension LedgerUnderTest {
    private func drop(_ file: DroppedFile, dies: Bool) throws {
        let modes: [Mode: UploadMode] = [.append: .append, .replace: .replace, .replaceAll: .replaceAll]
        let batch = Batch(
            id: BatchID(), reseller: "r\(file.reseller)", filename: "\(batches.count).csv", mode: modes[file.mode] ?? .append, sizeBytes: 1,
            host: "here", receivedAt: now)
        batches.append(Dropped(id: batch.id, file: file))
        try ledger.register([batch])
        guard dies, case .go = try ledger.beginTry(batch.id, sha256: Self.content(of: file), at: now) else { return }
        var half = try chunk(of: file)
        half.rows = Array(half.rows.prefix(half.rows.count / 2))
        try ledger.stage(half, of: batch.id)
        try restart()
    }

    private static func content(of file: DroppedFile) -> String { "\(file.rows) \(file.malformed)" }

    /// Until nothing is left: files in order of arrival, rows that wait for reference data, answers.
    private func workOff() throws {
        for _ in 0..<1000 {
            let unfinished = try ledger.unfinished()
            if let next = unfinished.pending.first {
                try read(next)
            } else if let next = unfinished.awaitingReferenceData.first {
                try resolveAgain(next)
            } else {
                let owed = unfinished.owingReports.map(\.id)
                for account in try ledger.account(of: owed, errors: 10, sums: true) {
                    try ledger.noteAnswered([Answered(account.record.id, published: account.record.revision, isArchived: true)])
                }
                return
            }
        }
        throw LedgerFault.broken("The work has no end.")
    }

    private func read(_ batch: Batch) throws {
        guard let dropped = batches.first(where: { $0.id == batch.id }) else { throw UnknownBatch() }
        switch try ledger.beginTry(batch.id, sha256: Self.content(of: dropped.file), at: now) {
        case .go: break
        case .duplicate: return _ = try ledger.fail(batch.id, FileRefusal(.duplicateFile, "twice"), findings: nil, at: now)
        case .waits, .poison, .notPending, .notPermitted: throw LedgerFault.broken("One file after the other is read here.")
        }
        let terms = Self.terms(dropped.file.reseller)
        _ = try ledger.settle(batch.id, lastChunk: try chunk(of: dropped.file), Findings(), terms: terms, at: now)
    }

    private func chunk(of file: DroppedFile) throws -> StagedChunk {
        let terms = Self.terms(file.reseller)
        let catalogue = try ledger.catalogue(for: terms)
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        var chunk = StagedChunk(referenceVersion: catalogue.version)
        chunk.sheets = ["S"]
        let (codes, stores) = (Array(Set(file.rows.map(\.code))).sorted(), Array(Set(file.rows.map(\.store))).sorted())
        for code in codes {
            let naming = ProductNaming(code: "C\(code)")
            chunk.products.append(StagedProduct(naming: naming, ean: resolver.name(product: naming)))
        }
        for store in stores {
            let naming = StoreNaming(name: "Store \(store)")
            chunk.stores.append(StagedStore(naming: naming, store: resolver.name(store: naming)))
        }
        for (place, row) in file.rows.enumerated() {
            let draft = Draft(
                sheet: 0, row: Int32(place + 2), product: Int32(codes.firstIndex(of: row.code) ?? 0),
                store: Int32(stores.firstIndex(of: row.store) ?? 0), date: .day(Self.day(row.day)), quantity: row.quantity,
                amount: row.amount.map { Money(units: $0) }, details: row.order.map { SaleDetails(orderID: "\($0)") })
            chunk.rows.append(Self.row(draft, &resolver, &chunk.errors))
        }
        for place in 0..<file.malformed { chunk.errors.append(Fixture.error(.invalidQuantity, row: file.rows.count + 2 + place)) }
        chunk.malformedRows = file.malformed
        chunk.rates = resolver.rates
        return chunk
    }

    private static func row(_ draft: Draft, _ resolver: inout Resolver, _ errors: inout [RowError]) -> StagedRow {
        switch resolver.resolve(draft, sheet: { _ in "S" }) {
        case .sale(let sale): return StagedRow(draft: draft, local: sale.local, euros: sale.euros, rate: sale.rate)
        case .waits(let reasons): errors += reasons
        case nil: break
        }
        return StagedRow(draft: draft, local: nil, euros: nil, rate: nil)
    }

    private func resolveAgain(_ batch: Batch) throws {
        guard let dropped = batches.first(where: { $0.id == batch.id }) else { throw UnknownBatch() }
        let terms = Self.terms(dropped.file.reseller)
        let catalogue = try ledger.catalogue(for: terms)
        let waiting = try ledger.waiting(of: batch.id)
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        var resolved = ResolvedRows(referenceVersion: catalogue.version)
        resolved.products = waiting.products.map { StagedProduct(naming: $0.naming, ean: resolver.name(product: $0.naming)) }
        resolved.stores = waiting.stores.map { StagedStore(naming: $0.naming, store: resolver.name(store: $0.naming)) }
        for row in waiting.rows { resolved.rows.append((row.number, Self.row(row.draft, &resolver, &resolved.errors))) }
        resolved.rates = resolver.rates
        _ = try ledger.resettle(batch.id, resolved, terms: terms, at: now)
    }
}

/// What the books say.
extension LedgerUnderTest {
    func sales() throws -> [BookedSale] {
        try confirmSums()
        let numbers = Dictionary(uniqueKeysWithValues: batches.enumerated().map { ($1.id, $0) })
        return try asking.all(
            ColumnList(
                BatchTable.id, StoreTable.name, NamingTables.Products.ean, SaleTable.day, SaleTable.order, SaleTable.quantity,
                SaleTable.local, SaleTable.euros),
            from: "\(Journal.ofBatches) \(SaleListing.namings) WHERE \(Journal.isCurrent)"
        ) { row throws(LedgerFault) in
            BookedSale(
                batch: numbers[try row[BatchTable.id]] ?? -1, store: Int(try row[StoreTable.name].suffix(1)) ?? -1,
                ean: Int((try row[needed: NamingTables.Products.ean]).value - 7_350_154_320_000),
                day: Int(try row[SaleTable.day].number - Self.firstDay), order: try row[SaleTable.order].flatMap { Int($0) },
                quantity: try row[SaleTable.quantity], local: try row[needed: SaleTable.local].units,
                euros: try row[needed: SaleTable.euros].units)
        }
    }

    /// What is brought up to date step by step is what it comes to when all is counted.
    private func confirmSums() throws {
        let differing = try asking.count(
            """
            SELECT count(*) FROM (
                SELECT reseller, status, count(*) FROM upload_batches WHERE deleted_at IS NULL GROUP BY reseller, status
                EXCEPT SELECT reseller, status, batches FROM batch_counts)
            """)
        let counted = try ledger.count(of: BatchFilter())
        guard differing == 0, try asking.count("SELECT count(*) FROM upload_batches WHERE deleted_at IS NULL") == counted else {
            throw LedgerFault.broken("The counts of batches differ.")
        }
    }

    func states() throws -> [Int: String] {
        let numbers = Dictionary(uniqueKeysWithValues: batches.enumerated().map { ($1.id, $0) })
        let listed = try ledger.batches(BatchFilter(limit: 10_000))
        return Dictionary(uniqueKeysWithValues: listed.map { (numbers[$0.id] ?? -1, $0.state.rawValue) })
    }
}
