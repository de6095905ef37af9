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
}
