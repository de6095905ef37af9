import Accounts
import Batches
import Cells
import Foundation
import Ledger
import Operations
import Sellout
import Testing
import Texts
import Web

@testable import Portal

/// A ledger of its own, and somebody who looks at pages over it. All that a stranger can name is named with markup in it.
final class PageStage {
    static let moment = Timestamp(milliseconds: 1_744_633_800_000)
    static let hostile = "<script>alert('x')</script>\"&\u{202E}"
    static let terms = [
        Terms(reseller: "boxnox", vendorName: "BOXNOX", country: "ES", currency: "EUR", isLivingDocument: true),
        Terms(
            reseller: "liberty", vendorName: "Liberty \(hostile)", country: "GB", currency: "GBP", storesAreOpen: false, approval: .manual),
    ]

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pages-\(UUID().uuidString)").path
    let ledger: SQLiteLedger

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        ledger = try SQLiteLedger(path: folder + "/ledger.db")
        try ledger.note(resellers: PageStage.terms)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func desk(
        _ role: Role = .admin, of reseller: String? = nil, brand: Int64? = nil, retailer: Int64? = nil,
        live: LiveStatus = PageStage.live,
        sources: PageSources = PageSources(profiles: StandInProfiles())
    ) -> PageDesk {
        let user = User(
            id: 1, uuid: "7f1c0e4a-0000-4000-8000-000000000000", email: "anna@example.org", role: role, firstName: "Anna <b>", lastName: "",
            reseller: reseller, companyID: brand ?? retailer, companyType: brand != nil ? "brand" : retailer.map { _ in "retailer" },
            tenant: "bibbi", createdAt: PageStage.moment)
        let desk = OperatorDesk(ledger: ledger, terms: PageStage.terms, actor: user.actor, clock: { PageStage.moment })
        return PageDesk(
            desk: desk, caller: user, csrf: "token\"<", live: live, shelf: FiguresShelf(),
            sources: sources, now: PageStage.moment)
    }

    /// What the daemon says while it reads a file.
    static var live: LiveStatus {
        LiveStatus(json: [
            "version": .text("0.2.0"), "uptime_seconds": .number(1_040_000), "ready": .bool(true),
            "limiter": ["running": .number(1), "waiting": .number(1), "max_files": .number(24), "max_files_per_reseller": .number(4)],
            "resellers": .array([
                [
                    "reseller": .text("boxnox"), "waiting": .number(1),
                    "running": .array([
                        [
                            "batch_id": .text("aaaaaaaa-0000-4000-8000-000000000000"), "filename": .text("running \(hostile).csv"),
                            "rows_so_far": .number(122_000), "percent": .number(61), "seconds": .number(9),
                        ]
                    ]), "problems": .array([.text("The outbox is full: \(hostile)")]),
                ]
            ]),
            "problems": .array([]),
            "ignored_names": .array([
                [
                    "reseller": .text("liberty"), "filename": .text("half \(hostile).part"),
                    "reason": .text("an upload tool's working name"),
                    "since": .text("2025-04-01T10:00:00Z"), "stale": .bool(true),
                ]
            ]),
        ])
    }

    private static func batch(_ digits: String, _ reseller: String, _ filename: String) throws -> Batch {
        let id = try #require(BatchID("\(digits)-0000-4000-8000-000000000000"))
        return Batch(
            id: id, reseller: reseller, filename: filename, mode: .append, state: .pending, sizeBytes: 8_412_000, host: "h",
            receivedAt: moment)
    }

    /// A batch that waits for an operator: one sale known, one whose product is not, one row whose quantity cannot be read.
    @discardableResult func waitingBatch(_ digits: String = "0badcafe", of reseller: String = "liberty") throws -> Batch {
        let hostile = PageStage.hostile
        let batch = try PageStage.batch(digits, reseller, "April \(hostile).csv")
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: digits + String(repeating: "ab", count: 28), at: PageStage.moment)
        let ean = try #require(EAN("7350154320008"))
        _ = try ledger.take(.products([Product(ean: ean, functionalName: "BBSC100", description: hostile)]), by: deed)
        let store = Store(reseller: reseller, code: "Flagship", name: "Flagship \(hostile)", isOnline: false)
        _ = try ledger.take(.stores([store]), by: deed)
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S \(hostile)"]
        chunk.products = [
            StagedProduct(naming: ProductNaming(ean: ean), ean: ean),
            StagedProduct(naming: ProductNaming(code: "Soap \(hostile)", name: "A soap \(hostile)"), ean: nil),
        ]
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Flagship"), store: store)]
        chunk.rates = [ExchangeRate(currency: "GBP", numerator: 117, denominator: 100, source: "built-in")]
        let day = SaleDate.day(try #require(CivilDay(year: 2025, month: 4, day: 3)))
        for product in Int32(0)..<2 {
            let isKnown = product == 0
            let draft = Draft(
                sheet: 0, row: 2 + product, product: product, store: 0, date: day, quantity: 2, amount: Money(units: 1_900_000))
            chunk.rows.append(
                StagedRow(
                    draft: draft, local: isKnown ? Money(units: 1_900_000) : nil, euros: isKnown ? Money(units: 2_223_000) : nil,
                    rate: isKnown ? 0 : nil))
        }
        chunk.malformedRows = 1
        chunk.errors = [
            RowError(
                sheet: "S \(hostile)", row: 3, column: "A", type: .productNotMapped, message: "No product is known as Soap \(hostile).",
                field: "code", value: "Soap \(hostile)"),
            RowError(
                sheet: "S \(hostile)", row: 4, column: "F", type: .invalidQuantity, message: "The quantity \(hostile) is no number.",
                field: "quantity", value: hostile, suggestion: "Write \(hostile) as a number."),
        ]
        var findings = Findings()
        findings.warnings = [
            Warning("ODD", "This looks odd: \(hostile)", holds: true, places: [.init(sheet: hostile, range: "J2", look: hostile)])
        ]
        findings.controlTotals = [ControlTotal(scope: "store \(hostile)", file: .init(quantity: 5), extracted: .init(quantity: 4))]
        findings.skipped = [SkippedRows("totals \(hostile)", rows: 2)]
        findings.detection = Detection(profile: reseller, signs: ["a", "b", hostile])
        let terms = try #require(PageStage.terms.first { $0.reseller == reseller })
        return try #require(try ledger.settle(batch.id, lastChunk: chunk, findings, terms: terms, at: PageStage.moment)).record
    }

    @discardableResult func refusedBatch(_ digits: String = "0badf00d", of reseller: String = "boxnox") throws -> Batch {
        let batch = try PageStage.batch(digits, reseller, "Refused \(PageStage.hostile).xlsx")
        try ledger.register([batch])
        let refusal = FileRefusal(
            .missingSheet, "The sheet \(PageStage.hostile) is missing.", suggestion: "Send it with \(PageStage.hostile).",
            operatorsNote: "Looks like \(PageStage.hostile).")
        return try ledger.fail(batch.id, refusal, findings: nil, at: PageStage.moment)
    }

    var deed: Deed { Deed(actor: "test \(PageStage.hostile)", reason: "for \(PageStage.hostile)", at: PageStage.moment) }
}

/// What a page answered, as its reader gets it.
struct SeenPage {
    let status: Int
    let text: String
    let headers: [Header]

    init(_ response: Response) {
        status = response.status
        headers = response.headers
        if case .bytes(let bytes) = response.body { text = String(decoding: bytes, as: UTF8.self) } else { text = "" }
    }
}

extension PageStage {
    /// Asks for a path as the server would: the route by its pattern, its parameters filled in.
    static func ask(
        _ path: String, _ method: Request.Method = .get, form: [(String, String)] = [], desk: PageDesk
    ) throws -> SeenPage {
        let halves = path.split(separator: "?", maxSplits: 1).map(String.init)
        let segments = halves[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { $0.removingPercentEncoding ?? "" }
        let query = (halves.count > 1 ? halves[1] : "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
            return Header(sides[0], sides.count > 1 ? sides[1] : "")
        }
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        let body = form.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
        let fitting = Pages.routes().filter { $0.method == method }.compactMap { route -> (PageRoute, [String: String], Int)? in
            let pattern = route.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            guard pattern.count == segments.count else { return nil }
            var parameters: [String: String] = [:]
            for (part, segment) in zip(pattern, segments) {
                if part.hasPrefix("{") { parameters[String(part.dropFirst().dropLast())] = segment } else if part != segment { return nil }
            }
            return (route, parameters, parameters.count)
        }
        let (route, parameters, _) = try #require(fitting.min { $0.2 < $1.2 }, "no route for \(path)")
        guard route.readers.admits(desk.caller.role) else { return SeenPage(Pages.notAllowed(desk)) }
        let request = Request(
            method: method, path: halves[0], parameters: parameters, query: query, body: Array(body.utf8), client: "127.0.0.1")
        do { return SeenPage(try route.answer(request, desk)) } catch { return SeenPage(Pages.refusal(error, desk)) }
    }
}
