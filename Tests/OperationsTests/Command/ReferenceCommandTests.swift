import Batches
import Cells
import Foundation
import Glibc
import Ledger
import Operations
import Reports
import Sellout
import Testing

@testable import selloutctl

/// `mappings`, `stores` and `products` as operators type them, over the ledger that they have in earnest.
@Suite final class ReferenceCommandTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("reference-\(UUID().uuidString)").path
    private let ledger: SQLiteLedger

    init() throws {
        try FileManager.default.createDirectory(atPath: root + "/.ledger", withIntermediateDirectories: true)
        ledger = try SQLiteLedger(path: root + "/.ledger/ledger.db")
        try ledger.note(resellers: Samples.terms)
        _ = try ledger.take(.products(try Samples.products()), by: deed)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    private var deed: Deed { Deed(actor: "test", at: Samples.moment) }

    private func run(_ words: String..., file: LinesReading = LinesReading(sheets: [])) throws -> (status: Int32, output: String) {
        try run(words, file: file)
    }

    private func run(_ words: [String], file: LinesReading = LinesReading(sheets: [])) throws -> (status: Int32, output: String) {
        let ledger = ledger
        let wiring = Wiring(
            openLedger: { _ in ledger }, readLedger: { _ in ledger }, profiles: { _ in (Samples.terms, []) }, file: { _, _ in file },
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

    /// A file with one sale of each of these stores, two of the first.
    private func sales(
        at stores: String..., product: ProductNaming? = nil, reseller: String = "boxnox", waits: Bool = false
    ) throws {
        let batch = try Samples.batch("0badcafe", .pending, reseller: reseller)
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: String(repeating: "ab", count: 32), at: Samples.moment)
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S"]
        let ean = try Samples.products()[0].ean
        chunk.products = [StagedProduct(naming: product ?? ProductNaming(ean: ean), ean: waits && product != nil ? nil : ean)]
        chunk.stores = stores.map { StagedStore(naming: StoreNaming(name: $0), store: nil) }
        chunk.rates = [.euro]
        for (place, store) in ([0] + Array(stores.indices)).enumerated() {
            let draft = Draft(
                sheet: 0, row: Int32(place) + 2, product: 0, store: Int32(store),
                date: .day(try #require(CivilDay(year: 2025, month: 4, day: 3 + place))), quantity: 1, amount: Money(units: 100_000))
            let amount = waits ? nil : draft.amount
            chunk.rows.append(StagedRow(draft: draft, local: amount, euros: amount, rate: waits ? nil : 0))
        }
        let terms = try #require(Samples.terms.first { $0.reseller == reseller })
        _ = try ledger.settle(batch.id, lastChunk: chunk, Findings(), terms: terms, at: Samples.moment)
    }

    @Test func `stores are listed as a table, as CSV and as JSON, and corrected field by field`() throws {
        try sales(at: "Sol")
        #expect(
            try run("stores").output == """
                RESELLER  CODE  NAME  TYPE      CITY  COUNTRY  BY    IS  ENDED
                boxnox    Sol   Sol   physical                 file  -   -

                """)
        let (status, output) = try run("stores", "set", "boxnox", "sol", "city=Madrid", "name=Puerta del Sol", "--why", "asked them")
        #expect(status == 0 && output.hasPrefix("boxnox: Sol is Puerta del Sol, physical, Madrid. No booked sale comes out otherwise."))
        #expect(
            try run("stores", "--csv", "--like", "puerta").output == """
                reseller,code,name,type,city,country,from_file,merged_into,ended_from
                boxnox,Sol,Puerta del Sol,physical,Madrid,,false,,

                """)
        #expect(try run("stores", "--json", "--reseller", "liberty").output == "[]\n")
        #expect(try ledger.audit(AuditFilter(limit: 1)).first?.reason.hasPrefix("asked them (") == true)
    }

    @Test(arguments: [
        (["stores", "set", "boxnox", "Sol", "town=Madrid"], Int32(1), "There is no field town."),
        (["stores", "set", "boxnox", "Sol", "type=large"], 1, "large is no type of store"),
        (["stores", "set", "boxnox", "Sol", "name="], 1, "name may not be empty"),
        (["stores", "set", "boxnox", "Sol"], 1, "Say what shall be set"),
        (["stores", "set", "boxnox", "Soll", "city=x"], 1, "boxnox has no store Soll; is Sol meant?"),
        (["stores", "set", "boxnox"], 2, "STORE is missing."), (["stores", "set", "boxnox", "Sol", "city"], 2, "FIELD=VALUE"),
        (["stores", "clusers"], 2, "stores knows no clusers; is clusters meant?"), (["stores", "list", "x"], 2, "one word too many"),
        (["products", "set", "7350154320009", "description=x"], 1, "is not among the products; the nearest is"),
        (["mappings", "drop"], 2, "mappings knows no drop."), (["mappings", "--csv", "--json"], 2, "exclude each other"),
    ])
    func `what cannot be done is refused in one sentence, and changes nothing`(words: [String], status: Int32, sentence: String) throws {
        try sales(at: "Sol")
        let version = try ledger.referenceVersion()
        let ended = try run(words)
        #expect(ended.status == status && ended.output.contains(sentence), "\(ended.output)")
        #expect(try ledger.referenceVersion() == version)
    }

    @Test func `stores that are alike are shown with what they sold; a merge tells how many sales would follow, and is taken back`() throws
    {
        try sales(at: "Perfumería Sol", "PERFUMERIA SOL", "Abanuc")
        #expect(
            try run("stores", "clusters").output == """
                CLUSTER  RESELLER  CODE            NAME            CITY  SALES    EUR  ALIKE BY
                      1  boxnox    Perfumería Sol  Perfumería Sol            2  20.00  -
                      1  boxnox    PERFUMERIA SOL  PERFUMERIA SOL            1  10.00  spelling

                """)
        let merged = try run("stores", "merge", "boxnox", "PERFUMERIA SOL", "Perfumería Sol").output
        #expect(merged.contains("PERFUMERIA SOL is Perfumería Sol. 1 booked sale would come out otherwise today; `selloutctl rebook`"))
        #expect(try run("stores", "clusters").output == "No stores are alike.\n")
        #expect(try run("stores", "--like", "perfumeria").output.contains("file") == false)
        let split = try run("stores", "split", "boxnox", "PERFUMERIA SOL").output
        #expect(split.contains("a store of its own again") && split.contains("No booked sale comes out otherwise."))
        #expect(try run("stores", "clusters", "boxnox").output.contains("spelling"))
    }

    @Test func `an EAN that was entered twice is merged, and the sales under it would follow`() throws {
        try sales(at: "Sol")
        let merged = try run("products", "merge", "7350154320008", "7350154320060", "--json").output
        #expect(merged.contains(#""sales_affected": 2"#))
        #expect(try run("products", "--csv").output.contains("7350154320008,BBSC100,,7350154320060,"))
        #expect(try run("products", "split", "7350154320008").output.contains("No booked sale comes out otherwise."))
    }

    @Test func `mappings come in pages, and each page but the last says where the next begins`() throws {
        let ean = try Samples.products()[0].ean
        _ = try ledger.take(.mappings((1...3).map { ProductMapping(reseller: "boxnox", code: "C\($0)", ean: ean) }), by: deed)
        #expect(
            try run("mappings", "--limit", "2").output == """
                RESELLER  CODE  EAN            PRODUCT  ENDED
                boxnox    C1    7350154320008  BBSC100  -
                boxnox    C2    7350154320008  BBSC100  -
                … and more; the next begin with --offset 2.

                """)
        #expect(try run("mappings", "--limit", "2", "--offset", "2", "--csv").output.hasSuffix("\nboxnox,C3,7350154320008,BBSC100,\n"))
    }

    private func names(_ names: [String]) -> LinesReading {
        let eans = ["7350154320008", "7350154320060", "7350154320091"]
        return LinesReading(sheets: [("p", [["ean", "functional_name"]] + zip(eans, names).map { [$0, $1] })])
    }

    @Test func `an import is shown before it is made, numbered, listed and undone`() throws {
        let file = names(["SOAP", "BBBOJ100", "NEW"])
        #expect(
            try run("import", "products", "x.csv", "--dry-run", file: file).output == """
                Nothing is changed yet. products: 1 new, 1 changed, 1 unchanged.
                  product 7350154320008: BBSC100 -> SOAP
                  product 7350154320091: nothing -> NEW

                """)
        let tried = try run("import", "products", "x.csv", "--dry-run", "--json", file: file).output
        #expect(tried.contains(#""dry_run": true"#) && tried.contains(#""old": "BBSC100""#))
        #expect(try ledger.products().map(\.functionalName) == ["BBSC100", "BBBOJ100"])
        #expect(
            try run("import", "products", "x.csv", "--why", "new season", file: file).output
                == "products: 1 new, 1 changed, 1 unchanged. This is import 2. No booked sale comes out otherwise.\n")
        #expect(try run("import", "list").output.contains("lines.csv: new season (1 new, 1 changed, 1 unchanged)"))
        #expect(
            try run("import", "undo", "2").output == "Import 2 is undone: 2 records are as before. No booked sale comes out otherwise.\n")
        #expect(try run("import", "list", "--json").output.contains(#""import":2,"#))
        #expect(try ledger.products().map(\.functionalName) == ["BBSC100", "BBBOJ100"])
        let again = try run("import", "undo", "2")
        #expect(again.status == 1 && again.output.contains("undone already"))
    }

    @Test func `an undo names what somebody has changed since`() throws {
        _ = try run("import", "products", "x.csv", file: names(["SOAP", "OUD"]))
        _ = try run("products", "set", "7350154320008", "description=by hand")
        let output = try run("import", "undo", "2").output
        #expect(output.contains("1 record is as before. 1 left as they are") && output.contains("SOAP -> SOAP, by hand"))
        #expect(try ledger.products().map(\.functionalName) == ["SOAP", "BBBOJ100"])
    }

    @Test func `mappings, stores and products end with a day, which a map or --never takes back`() throws {
        try sales(at: "Sol")
        let ean = "7350154320008"
        _ = try run("map", "boxnox", "C1", ean)
        #expect(
            try run("mappings", "end", "boxnox", "c1", "--from", "2025-06").output
                == "boxnox: C1 means nothing for sales from 2025-06-01 on. No booked sale comes out otherwise.\n")
        #expect(try run("mappings", "--csv").output.hasSuffix("boxnox,C1,\(ean),BBSC100,2025-06-01\n"))
        #expect(try run("map", "boxnox", "C1", ean).output.contains("C1 is \(ean) BBSC100, without an end"))
        #expect(try run("mappings", "--csv").output.hasSuffix("boxnox,C1,\(ean),BBSC100,\n"))
        #expect(try run("stores", "end", "boxnox", "Sol").output.contains("from 2025-04-14 on"))
        #expect(try run("stores", "end", "boxnox", "Sol", "--never").output.contains("boxnox: Sol has no end"))
        #expect(try run("products", "end", ean, "--from", "2025-05-02", "--json").output.contains(#""sales_affected": 0"#))
        #expect(try run("products", "--csv").output.contains("\(ean),BBSC100,,,2025-05-02"))
        #expect(try run("mappings", "end", "boxnox", "C2").output.contains("boxnox has no mapping of C2; is C1 meant?"))
        #expect(try run("products", "end", ean, "--never", "--from", "2025-05-02").status == 2)
    }

    @Test func `a code that meant another product tells how many booked sales would come out otherwise`() throws {
        _ = try run("map", "boxnox", "Soap", "7350154320008")
        try sales(at: "Sol", product: ProductNaming(code: "Soap"))
        #expect(try run("map", "boxnox", "Soap", "7350154320060").output.contains("2 booked sales would come out otherwise today"))
    }

    @Test func `what waits is listed with EAN, quantity, money and age`() throws {
        try sales(at: "Sol", product: ProductNaming(ean: EAN(7_350_154_329_999), code: "NEW"), waits: true)
        #expect(
            try run("unmapped").output == """
                RESELLER  CODE  NAME  EAN            ROWS  BATCHES  QTY  LOCAL  CUR  SINCE       DAYS  SUGGESTION
                boxnox    NEW         7350154329999     2        1    2  20.00  EUR  2025-04-14     0  -

                """)
        let json = try run("unmapped", "--json").output
        #expect(json.contains(#""ean":"7350154329999","rows":2"#) && json.contains(#""sales_local":"20.00""#), "\(json)")
        #expect(try run("unmapped", "--stores").output == "No row waits for a store.\n")
    }

    @Test func `unknown stores are listed the same way, with those that are named like them`() throws {
        _ = try ledger.take(.stores([Store(reseller: "liberty", code: "1", name: "Flagship", isOnline: false)]), by: deed)
        try sales(at: "Flagshop", reseller: "liberty", waits: true)
        #expect(
            try run("unmapped", "--stores", "--reseller", "liberty").output == """
                RESELLER  STORE     ROWS  BATCHES  QTY  LOCAL  CUR  SINCE       DAYS  LIKE IT ARE
                liberty   Flagshop     2        1    2  20.00  GBP  2025-04-14     0  Flagship

                """)
        #expect(try run("stores", "merge", "liberty", "Flagshp", "Flagship").output.contains("liberty has no store Flagshp"))
        #expect(try run("stores", "merge", "liberty", "flagshop", "Flagship").output.hasPrefix("liberty: Flagshop is Flagship."))
        #expect(try ledger.catalogue(for: Samples.terms[1]).store(named: "FLAGSHOP")?.code == "1")
    }
}
