import Spreadsheets
import Testing

@Suite struct LimitsTests {
    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    private func refusal(_ name: String, _ change: (inout Limits) -> Void) throws -> String {
        let corpus = try Corpus.made.get()
        let fault = #expect(throws: SpreadsheetFault.self) { try OpenedFile(path: corpus.path(name)).cells(limits: limits(change)) }
        #expect(fault?.code == .limitExceeded)
        return fault?.message ?? ""
    }

    @Test(arguments: ["xlsxwriter.xlsx", "xlwt.xls"])
    func `every limit is kept and named in the refusal`(name: String) throws {
        #expect(try refusal(name) { $0.rows = 50 }.contains("row 50"))
        #expect(try refusal(name) { $0.columns = 4 }.contains("4 columns"))
        #expect(try refusal(name) { $0.sheets = 1 }.contains("1 sheets"))
        #expect(try refusal(name) { $0.sharedTexts = 10 }.contains("10 shared texts"))
        #expect(try refusal(name) { $0.sharedTextBytes = 1000 }.contains("1000 bytes"))
    }

    @Test func `a limit says where it was met and what to do`() throws {
        #expect(try refusal("xlsxwriter.xlsx") { $0.columns = 4 }.contains(" columns, in row 2 of the sheet Types. Split the report"))
        #expect(try refusal("xlwt.xls") { $0.columns = 4 }.contains(" columns, in row 1 of the sheet Types žlutý. Split the report"))
        #expect(try refusal("xlsxwriter-inline.xlsx") { $0.textBytes = 4000 }.contains(" of the sheet Types. Shorten"))
        #expect(try refusal("types.xlsx") { $0.xmlDepth = 0 }.contains("Open it in Excel"))
        let fault = #expect(throws: SpreadsheetFault.self) {
            try OpenedFile(("a\n" + String(repeating: "x;", count: 200)).utf8).cells(limits: limits { $0.rowBytes = 128 })
        }
        #expect(fault?.message.contains("128 bytes, in row 2. Split the report") == true)
    }

    @Test func `a container's limits are kept before anything is unpacked`() throws {
        #expect(try refusal("xlsxwriter.xlsx") { $0.entries = 5 }.contains("more than 5"))
        #expect(try refusal("xlsxwriter.xlsx") { $0.unpackedBytes = 10_000 }.contains("more than 10000"))
        #expect(try refusal("xlsxwriter.xlsx") { $0.unpackedBytesPerEntry = 10_000 }.contains("more than 10000"))
        #expect(try refusal("xlsxwriter.xlsx") { $0.descriptionBytes = 500 }.contains("500 bytes"))
        #expect(try refusal("many-relationships.xlsx") { $0.entries = 20 }.contains("more than 20 others"))
        #expect(try refusal("bomb.xlsx") { $0.packingRatio = 100 }.contains("100 times"))
    }

    @Test func `texts, rows, merged cells and depth have limits in every format`() throws {
        #expect(try refusal("xlsxwriter-inline.xlsx") { $0.textBytes = 4000 }.contains("4000 bytes"))
        #expect(try refusal("long-row.xlsx") { $0.rowBytes = 64 << 10 }.contains("65536 bytes"))
        #expect(try refusal("types.xlsx") { $0.xmlDepth = 0 }.contains("deep"))
        let corpus = try Corpus.made.get()
        #expect(throws: SpreadsheetFault.self) {
            try OpenedFile(path: corpus.path("merged.xlsx")).workbook(limits: limits { $0.mergedCells = 1 }).mergedCells(sheet: 0)
        }
        for (text, change) in [
            ("a,b,c,d\n", { (limits: inout Limits) in limits.columns = 3 }), ("1\n2\n3\n4\n", { $0.textRows = 3 }),
            ("\"" + String(repeating: "x", count: 200), { $0.textBytes = 100 }),
            (String(repeating: "x", count: 200), { $0.textBytes = 100 }),
        ] {
            let fault = #expect(throws: SpreadsheetFault.self) { try OpenedFile(text.utf8).cells(limits: limits(change)) }
            #expect(fault?.code == .limitExceeded)
        }
    }

    @Test(arguments: ["xlsx", "xls"])
    func `long texts that are repeated in many cells have a limit, which short ones never reach`(format: String) throws {
        let file = try OpenedFile(path: try Corpus.made.get().path("repeated.\(format)"))
        #expect(try file.cells(limits: limits { $0.repeatedTextBytes = 200_000 }).count == 200)
        let fault = #expect(throws: SpreadsheetFault.self) { try file.cells(limits: limits { $0.repeatedTextBytes = 199_999 }) }
        #expect(fault?.code == .limitExceeded)
        #expect(fault?.message.contains("row 100 of the sheet S") == true)
    }

    @Test func `elements of the parts that are held in memory are counted`() throws {
        #expect(try refusal("xlsxwriter.xlsx") { $0.descriptionElements = 5 }.contains("more than 5 elements"))
        let bombs = try refusal("many-bombs.xlsx") { _ in }
        #expect(bombs.contains("200 times") && !bombs.contains("part"))
    }

    /// A run of marks that are out of their order is what makes normalization slow.
    private static let marks = "a" + String(repeating: "\u{300}\u{323}", count: 20_000) + String(repeating: "\u{F81}", count: 5000)

    @Test func `no text or name has more than thirty combining marks in a run`() throws {
        let marks = LimitsTests.marks
        let inline =
            "<c r='A1' t='inlineStr'><is><t>\(marks)</t></is></c><c r='B1' t='s'><v>0</v></c><c r='C1' t='str'><f>A1</f><v>\(marks)</v></c>"
        let sheet = Array("<worksheet><sheetData><row r='1'>\(inline)</row></sheetData></worksheet>".utf8)
        let shared = Array("<sst><si><t>\(marks)</t></si></sst>".utf8)
        let texts =
            try OpenedFile(StoredZip.workbook(sheet: sheet, shared: shared), name: "a.xlsx").cells()
            + OpenedFile("\(marks),b\n".utf8).cells().prefix(1)
        #expect(texts.count == 4)
        for text in texts {
            guard case .text(let bytes) = text.value else { return #expect(Bool(false), "\(text.row):\(text.column) is a text") }
            #expect(longestRun(String(decoding: bytes, as: UTF8.self)) <= 60)
            #expect(bytes.count > marks.utf8.count)
        }
        let named = Array(
            "<workbook xmlns:r='urn:r'><sheets><sheet name='\(marks)' r:id='worksheet' a\(marks)='1'/><\(marks)/></sheets></workbook>".utf8)
        let book = try OpenedFile(StoredZip.workbook(sheet: sheet, workbook: named), name: "a.xlsx")
        #expect(longestRun(try book.workbook().sheets[0].name) <= 60)
    }

    @Test func `thirty marks in a run and fewer stay as they are`() throws {
        let text = "a" + String(repeating: "\u{336}", count: 30) + "b"
        #expect(try OpenedFile("\(text)\n".utf8).cells().map(\.value) == [.text(Array(text.utf8))])
    }

    private func longestRun(_ text: String) -> Int {
        var longest = 0
        var run = 0
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            run = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : run + 1
            longest = max(longest, run)
        }
        return longest
    }
}
