import Cells
import Foundation
import Glibc
import Ledger
import Operations
import Reports
import Sellout
import Synchronization
import Testing
import Texts

@testable import selloutctl

/// The whole command over a ledger in memory: what it prints, and with which status it ends.
@Suite struct ShellTests {
    private let ledger = MemoryLedger()
    private let root: String

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("selloutctl-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root + "/.ledger", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: root + "/.ledger/ledger.db"))
    }

    private func run(
        _ words: String..., root other: String? = nil, faults: [String] = [], file: LinesReading = LinesReading(sheets: []),
        answers: [String]? = nil, daemon: JSONValue? = nil
    ) throws -> (status: Int32, output: String, complaint: String) {
        let ledger = ledger
        let wiring = Wiring(
            openLedger: { _ in ledger }, readLedger: { _ in ledger }, profiles: { _ in (Samples.terms, faults) }, file: { _, _ in file },
            check: { _, path, reseller in
                Rehearsed(
                    report: Report(
                        try Samples.batch("0badcafe", .completed, reseller: reseller ?? "boxnox", filename: path), vendorName: "BOXNOX"))
            }, daemonRuns: { _ in daemon != nil }, daemonsStatus: { _ in daemon },
            now: { Samples.moment }, ask: Self.typing(answers))
        var status: Int32 = 0
        var complaint = ""
        let output = try captured { printed in
            complaint = try captured { complaints in
                let shell = Shell(
                    commands: CommandList.all, wiring: wiring, environment: ["SELLOUT_ROOT": other ?? root],
                    output: Output(descriptor: printed),
                    complaints: Output(descriptor: complaints))
                status = shell.run(words)
            }
        }
        if other == nil { try? FileManager.default.removeItem(atPath: root) }
        return (status, output, complaint)
    }

    /// Somebody at a terminal who gives these answers one by one, and then ends the input.
    private static func typing(_ answers: [String]?) -> (@Sendable (String) -> String?)? {
        guard let answers else { return nil }
        let next = Mutex(answers[...])
        return { _ in next.withLock { $0.popFirst() } }
    }

    /// What is written to a descriptor, which is a file's so that no pipe fills up.
    private func captured(_ body: (Int32) throws -> Void) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try body(handle.fileDescriptor)
        try handle.close()
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) }

    @Test func `batches come as an aligned table, also where names are wide or hostile`() throws {
        let batches = [
            try Samples.batch("aaaaaaaa", .completed, reseller: "boxnox", filename: "x\u{1B}[2Jy.csv"),
            try Samples.batch("bbbbbbbb", .stagingComplete, reseller: "日本", filename: "z.csv"),
        ]
        ledger.change { $0.batches = batches }
        let (status, output, _) = try run("batches")
        #expect(status == 0)
        #expect(
            output == """
                BATCH     RECEIVED          RESELLER  STATUS            ROWS  TAKEN  FAILED   EUR  FILE
                aaaaaaaa  2025-04-14T12:30  boxnox    completed            0      0       0  0.00  x\\u{001B}[2Jy.csv
                bbbbbbbb  2025-04-14T12:30  日本      staging_complete     0      0       0  0.00  z.csv

                """)
    }

    @Test func `an empty list says so to people and is an empty array to programs`() throws {
        #expect(try run("batches").output == "No batches.\n")
    }

    @Test func `an empty list is an empty array to programs`() throws {
        #expect(try run("unmapped", "--json").output == "[]\n")
    }

    @Test func `batches as JSON are an array under the report's names, wherever the option stands`() throws {
        let batches = [try Samples.batch("aaaaaaaa", .completed), try Samples.batch("bbbbbbbb", .failed)]
        ledger.change { $0.batches = batches }
        let (_, output, _) = try run("--json", "batches", "--status", "failed")
        let list = try #require(try json(output) as? [[String: Any]])
        #expect(list.count == 1 && list[0]["status"] as? String == "failed")
        #expect(list[0]["batch_id"] as? String == batches[1].id.text)
    }

    @Test func `sales as CSV have the columns of the format and are quoted as RFC 4180 says`() throws {
        let sales = [try Samples.sale("Soap \"Club\"", quantity: 2, day: 1), try Samples.sale("Oud, dark", quantity: -1, day: 2)]
        ledger.change { $0.sales = sales }
        let (status, output, _) = try run("sales", "--csv", "--from", "2025-04")
        #expect(status == 0)
        #expect(
            output == #"""
                batch_id,sheet,row_number,reseller,store,store_type,product_ean,product_name,sale_date,year,month,quantity,is_return,sales_local,currency,sales_eur
                0badcafe-0000-4000-8000-000000000000,S,2,boxnox,Abanuc,physical,7350154320008,"Soap ""Club""",2025-04-01,2025,4,2,false,404.96,EUR,404.96
                0badcafe-0000-4000-8000-000000000000,S,2,boxnox,Abanuc,physical,7350154320008,"Oud, dark",2025-04-02,2025,4,-1,true,-202.48,EUR,-202.48

                """#)
    }

    @Test func `sales are limited to whole months`() throws {
        let sales = [try Samples.sale("A", quantity: 2, day: 30)]
        ledger.change { $0.sales = sales }
        let list = try #require(try json(try run("sales", "--json", "--to", "2025-04").output) as? [[String: Any]])
        #expect(list.map { $0["sales_eur"] as? String } == ["404.96"])
        #expect(list.map { $0["is_return"] as? Bool } == [false])
    }

    @Test func `a forbidden step ends with 1 and one line that names the present state`() throws {
        let batch = try Samples.batch("0badcafe", .completed)
        ledger.change { $0.batches = [batch] }
        let (status, output, complaint) = try run("approve", "0badcafe")
        #expect(status == 1 && output.isEmpty)
        #expect(complaint == "selloutctl: Batch 0badcafe (march.csv) is completed and cannot be approved.\n")
    }

    @Test(arguments: [
        (["batches", "--limt", "3"], "There is no option --limt for batches; is --limit meant?"),
        (["btches"], "There is no command btches; is batches meant?"),
        (["batches", "--limit", "0"], "--limit wants a number above 0, not 0."), (["map", "boxnox", "A"], "EAN is missing."),
        (["show", "0badcafe", "x"], "x is one word too many."), (["delete", "0badcafe"], "delete wants --reason T."),
        (["row", "0badcafe", "3", "dismiss"], "dismiss wants --why T."), (["row", "0badcafe", "3", "set"], "set wants FIELD=VALUE."),
        (["row", "0badcafe", "3", "drop"], "drop is neither set nor dismiss."),
        (["show", "0badcafe", "--root"], "--root DIR lacks its value."),
        (["batches", "--status", "done"], "done is no status; there are pending"),
        (["import", "stors", "f"], "There is no kind stors; is stores meant?"), ([], "A command is missing."),
        (["batches", "--json=yes"], "--json takes no value."), (["batches", "--limit", "1", "--limit", "2"], "--limit is given twice."),
    ])
    func `wrong usage ends with 2, says what is wrong and how it is right`(words: [String], sentence: String) throws {
        let wiring = Wiring(
            openLedger: { _ in throw Refused(.surroundings, "no") }, readLedger: { _ in throw Refused(.surroundings, "no") },
            profiles: { _ in ([], []) },
            file: { _, _ in LinesReading(sheets: []) },
            check: { _, _, _ in throw Refused(.surroundings, "no") }, daemonRuns: { _ in nil }, now: { Samples.moment })
        let batch = try Samples.batch("0badcafe", .completed)
        ledger.change { $0.batches = [batch] }
        var status: Int32 = 0
        let complaint = try captured { complaints in
            status =
                Shell(
                    commands: CommandList.all, wiring: wiring, environment: [:], output: Output(descriptor: complaints),
                    complaints: Output(descriptor: complaints)
                ).run(words)
        }
        #expect(status == 2)
        #expect(complaint.hasPrefix("selloutctl: \(sentence)"))
        #expect(complaint.contains("\nusage: selloutctl "))
    }

    @Test(arguments: CommandList.all.map(\.shape.name))
    func `every command explains itself`(name: String) throws {
        let (status, output, complaint) = try run(name, "--help")
        #expect(status == 0 && complaint.isEmpty)
        #expect(output.hasPrefix("usage: selloutctl \(name)"))
    }

    @Test func `help is also a word`() throws {
        #expect(try run("help", "show").output.hasPrefix("usage: selloutctl show BATCH"))
        #expect(try run("help").output.hasPrefix("usage: selloutctl [--root DIR]"))
    }

    @Test func `without a ledger a listing says what to do, and creates nothing`() throws {
        let empty = root + "-empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: empty) }
        let (status, _, complaint) = try run("status", root: empty)
        #expect(status == 1)
        #expect(complaint == "selloutctl: There is no ledger at \(empty)/.ledger/ledger.db yet: start selloutd once, or check --root.\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: empty).isEmpty)
        #expect(try run("map", "boxnox", "A", "7350154320008", root: empty).status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: empty) == [".ledger"])
        #expect(try run("status", root: empty + "/none").complaint.contains("There is no folder \(empty)/none: check --root."))
    }

    @Test func `an import lists the lines that are wrong and ends with 1`() throws {
        let lines = [["ean", "functional_name"], ["7350154320008", "A"], ["12", "B"]]
        let (status, output, complaint) = try run("import", "products", "p.csv", file: LinesReading(sheets: [("p", lines)]))
        #expect(status == 1 && complaint == "selloutctl: 1 of 2 lines could not be taken as they are.\n")
        #expect(output.hasPrefix("products: 1 new, 0 changed, 0 unchanged.\nLINE  COLUMN  WHAT IS WRONG\n   3  ean "))
    }

    /// The clock stands at 2025-04-14.
    private func letLibertyBeLate() throws {
        let batch = try Samples.batch("aaaaaaaa", .completed, reseller: "liberty", filename: "february.csv")
        let files = try [
            ("2024-12-06", "2024-11-30"), ("2025-01-06", "2024-12-31"), ("2025-02-06", "2025-01-31"), ("2025-03-06", "2025-02-28"),
        ]
        .map { day, last in Arrival(day: try #require(CivilDay(day)), lastDay: CivilDay(last)) }
        ledger.change {
            $0.batches = [batch]
            $0.arrivals = ["liberty": files, "boxnox": Array(files.prefix(2))]
        }
    }

    @Test func `who has not sent what it usually has sent by now is listed with the period, the day and the lateness`() throws {
        try letLibertyBeLate()
        #expect(
            try run("late").output == """
                RESELLER  AWAITED  USUALLY BY  DAYS LATE  LAST FILE
                liberty   2025-03  2025-04-06          8  2025-04-14T12:30:00Z february.csv

                """)
    }

    @Test func `nobody is late of whom nothing is expected`() throws {
        try letLibertyBeLate()
        ledger.change { $0.arrivals["liberty"] = nil }
        #expect(try run("late").output == "Nobody is late.\n")
    }

    @Test func `the status shows lateness as a table and as JSON`() throws {
        try letLibertyBeLate()
        let lines = try run("status").output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("RESELLER") && $0.contains("  LATE  LAST FILE") })
        #expect(lines.contains { $0.hasPrefix("liberty") && $0.contains(" 8 days  2025-04-14") })
        #expect(lines.contains { $0.hasPrefix("boxnox") && $0.hasSuffix("  -  -") })
    }

    @Test func `the status as JSON says what is awaited of whom`() throws {
        try letLibertyBeLate()
        let status = try #require(try json(try run("--json", "status").output) as? [String: Any])
        let resellers = try #require(status["resellers"] as? [[String: Any]])
        let found = resellers.map { $0["freshness"] as? [String: Any] ?? [:] }
        #expect(found.map { $0["state"] as? String } == ["unknown", "late"])
        #expect(found[0]["awaited"] is NSNull && found[0]["late_days"] as? Int == 0)
        #expect(found[1]["awaited"] as? [String: String] == ["from": "2025-03", "to": "2025-03"])
        #expect(found[1]["usually_by"] as? String == "2025-04-06" && found[1]["late_days"] as? Int == 8)
    }

    private func letThreeProductsWait() throws {
        let rose = Product(ean: try #require(EAN("7350154320053")), functionalName: "BBRR100", description: "Rainbow Rose EDP 100 ml")
        let waiting = ["Rainbow Roses EDP 100ml", "Rainbow Roze", "Rainbow Rose EDP 10 ml"]
        ledger.change { content in
            content.products = [rose]
            content.mappings = [ProductMapping(reseller: "boxnox", code: "Rainbow Rose", ean: rose.ean)]
            content.unmapped = waiting.map {
                UnmappedProduct(reseller: "boxnox", code: $0, name: "", waits: WaitingSums(rows: 1, batches: 1))
            }
        }
    }

    private var mapped: [String] {
        ledger.content.withLock { content in
            content.taken.flatMap { data in if case .mappings(let all) = data { all.map(\.code) } else { [String]() } }
        }
    }

    @Test func `suggestions are taken one by one as they are answered, and never one of another size`() throws {
        try letThreeProductsWait()
        let (status, output, _) = try run("map", "--accept-suggestions", answers: ["n", "Y"])
        #expect(status == 0 && mapped == ["Rainbow Roze"])
        #expect(
            output.contains("boxnox: Rainbow Roze is 7350154320053 BBRR100") && output.contains("Left open:\n  boxnox: \"Rainbow Roses"))
        #expect(!output.contains("10 ml"))
    }

    @Test func `the end of the input leaves everything open`() throws {
        try letThreeProductsWait()
        let (status, output, _) = try run("map", "--accept-suggestions", answers: [])
        #expect(status == 0 && mapped.isEmpty && output.hasPrefix("Left open:"))
    }

    @Test func `--yes takes those whose size and kind agree, and lists the others as left open`() throws {
        try letThreeProductsWait()
        let (status, output, _) = try run("map", "--accept-suggestions", "--yes")
        #expect(status == 0 && mapped == ["Rainbow Roses EDP 100ml"])
        #expect(output.contains("Left open:\n  boxnox: \"Rainbow Roze\" -> 7350154320053 Rainbow Rose ("))
    }

    @Test func `where nobody can be asked nothing is mapped, and it says so`() throws {
        try letThreeProductsWait()
        let (status, output, complaint) = try run("map", "--accept-suggestions")
        #expect(status == 1 && mapped.isEmpty)
        #expect(output.contains("-> 7350154320053 Rainbow Rose EDP 100 ml (") && output.contains("size and kind agree"))
        #expect(complaint.hasPrefix("selloutctl: Nothing was mapped: nobody can be asked here. --yes maps"))
    }

    @Test func `mistakes in profiles are listed and end with 1`() throws {
        let (status, output, complaint) = try run("resellers", "check", faults: ["boxnox.json5: stores: open or closed is expected."])
        #expect(status == 1 && output == "boxnox.json5: stores: open or closed is expected.\n")
        #expect(complaint == "selloutctl: 1 mistake is in the profiles.\n")
    }

    @Test func `the status tells with the daemon stopped what waits`() throws {
        let batch = try Samples.batch("bbbbbbbb", .stagingComplete)
        ledger.change { $0.batches = [batch] }
        let read = try #require(try json(try run("status", "--json").output) as? [String: Any])
        #expect(read["daemon_running"] as? Bool == false)
        #expect(read["waiting_for_approval"] as? Int == 1)
        #expect((read["batches"] as? [String: Int])?["staging_complete"] == 1)
    }

    @Test func `the status tells what the daemon says is wrong and left alone, and looks for itself where it does not run`() throws {
        let said = try JSONValue(
            reading: #"""
                {"version": "1", "disk_free_bytes": 3221225472, "disk_size_bytes": 10737418240, "ledger_bytes": 1572864,
                "oldest_waiting": {"reseller": "boxnox", "filename": "a.csv", "since": "2025-04-14T12:00:00Z"},
                "problems": ["The spool is full."],
                "ignored_names": [
                    {"reseller": "boxnox", "filename": "x", "reason": "is a folder", "since": "2025-04-13T12:00:00Z", "stale": true}]}
                """#.utf8)
        let running = try run("status", daemon: said).output
        #expect(running.contains("selloutd is running.\nDisk: 3.0 GiB of 10.0 GiB free\nLedger: 1.5 MiB\n"))
        #expect(running.contains("Oldest waiting file: boxnox/a.csv, since 2025-04-14T12:00:00Z\n"))
        #expect(running.contains("\nWhat is wrong:\n- The spool is full.\n"))
        #expect(running.contains("\nLeft alone:\nSENDER  NAME") && running.contains("is a folder"))
    }

    @Test func `the status as JSON bears the daemon's own members`() throws {
        let said = try JSONValue(reading: #"{"version": "1", "problems": ["The spool is full."], "ledger_bytes": 7}"#.utf8)
        let read = try #require(try json(try run("status", "--json", daemon: said).output) as? [String: Any])
        #expect(read["problems"] as? [String] == ["The spool is full."] && read["ledger_bytes"] as? Int == 7 && read["version"] == nil)
    }

    @Test func `cells are listed one line of JSON each`() throws {
        let (_, output, _) = try run("cells", "p.csv", file: LinesReading(sheets: [("S", [["a", "", "b\"c"]])]))
        #expect(
            output == #"""
                {"sheet":"S","row":1,"col":1,"type":"text","value":"a"}
                {"sheet":"S","row":1,"col":3,"type":"text","value":"b\"c"}

                """#)
    }

    @Test func `a check's JSON is the report, and show prints a page`() throws {
        let read = try #require(try json(try run("check", "f.csv", "--reseller", "liberty", "--json").output) as? [String: Any])
        #expect(read["reseller"] as? String == "liberty" && read["report_version"] as? Int == 1)
        #expect(try run("check", "f.csv").output.contains("Rows        0: 0 processed"))
    }

    @Test func `nobody reading the output is a quiet end`() throws {
        let batches = try (0..<3000).map { try Samples.batch(String(10_000_000 + $0), .completed) }
        ledger.change { $0.batches = batches }
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        close(ends[0])
        signal(SIGPIPE, SIG_IGN)
        defer { close(ends[1]) }
        let ledger = ledger
        let wiring = Wiring(
            openLedger: { _ in ledger }, readLedger: { _ in ledger }, profiles: { _ in (Samples.terms, []) },
            file: { _, _ in LinesReading(sheets: []) },
            check: { _, _, _ in throw Refused(.surroundings, "no") }, daemonRuns: { _ in nil },
            now: { Samples.moment })
        let complaint = try captured { complaints in
            let shell = Shell(
                commands: CommandList.all, wiring: wiring, environment: ["SELLOUT_ROOT": root], output: Output(descriptor: ends[1]),
                complaints: Output(descriptor: complaints))
            #expect(shell.run(["batches"]) == 0)
        }
        #expect(complaint.isEmpty)
    }
}
