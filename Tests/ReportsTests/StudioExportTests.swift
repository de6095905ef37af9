import Audience
import Batches
import Cells
import Foundation
import Linux
import Reports
import Spreadsheets
import Testing

@Suite struct StudioExportTests {
    private func export(
        _ records: [String], enriched: Bool = false, segment: String? = nil, _ change: (inout StudioQuestion) -> Void = { _ in }
    )
        throws -> StudioExport
    {
        var question = StudioQuestion()
        question.isEnriched = enriched
        change(&question)
        var blocks = [RecordBlock(rows: records.count, lines: Array(records.map { $0 + "\n" }.joined().utf8))][...]
        let table = StudioTable(enriched: enriched) { blocks.popFirst() }
        return try StudioExport(
            table, question, upload: ("upl_1_a", "=a fair"), segment: segment, at: Timestamp(milliseconds: 1_744_633_800_000))
    }

    private func cells(_ export: StudioExport) throws -> [String] {
        let file = try Descriptor(unnamedIn: NSTemporaryDirectory())
        try file.write(try export.workbookBytes())
        let book = try Workbook(descriptor: file.number, name: "studio.xlsx")
        var found: [String] = []
        for (index, sheet) in book.sheets.enumerated() {
            try book.read(sheet: index) { row in
                for cell in row.cells {
                    found.append("\(sheet.name)!\(row.number):\(cell.column)=\(cell.number.map { "#\($0)" } ?? row.string(cell))")
                }
                return true
            }
        }
        return found
    }

    private let hostile = [#"{"email":"=cmd|'/c calc'!A1","n":12345678901234567890}"#, #"{"domain":"+1","note":"a\"b\n"}"#]

    @Test func `CSV holds what was sent, and no formula`() throws {
        let csv = String(decoding: try export(hostile).csvBytes, as: UTF8.self)
        #expect(csv == "email,n,domain,note\n\"'=cmd|'/c calc'!A1\",12345678901234567890,,\n,,\"'+1\",\"a\"\"b\n\"\n")
        let some = try export(hostile) { ($0.shown, $0.search) = (["n", "email"], "CALC") }
        #expect(String(decoding: some.csvBytes, as: UTF8.self) == "n,email\n12345678901234567890,\"'=cmd|'/c calc'!A1\"\n")
    }

    @Test func `a long table comes line by line, and whole`() throws {
        let export = try export((0..<5000).map { #"{"email":"person\#($0)@a.example"}"# })
        var pieces = 0
        export.csv { _ in pieces += 1 }
        let lines = String(decoding: export.csvBytes, as: UTF8.self).split(separator: "\n")
        #expect(pieces > 1 && lines.count == 5001 && Set(lines).count == 5001)
    }

    @Test func `a workbook holds texts alone, and its second sheet says what they are`() throws {
        let cells = try cells(try export(hostile, enriched: true, segment: "@warm") { $0.sort = "email" })
        for cell in [
            "Records!1:0=email", "Records!2:0==cmd|'/c calc'!A1", "Records!2:1=12345678901234567890", "Records!3:2=+1",
            "About!2:1==a fair", "About!3:1=upl_1_a", "About!4:1=@warm", "About!5:1=all records; sorted by email; enriched",
            "About!6:1=2 of 2",
        ] {
            #expect(cells.contains { $0 == cell }, "\(cell) in \(cells)")
        }
        for column in EnrichedColumn.allCases {
            #expect(cells.contains { $0.hasSuffix("=Column \(column.name)") } && cells.contains { $0.hasSuffix("=\(column.origin)") })
        }
        #expect(try !self.cells(try export(hostile)).contains { $0.contains("Column") })
    }

    @Test func `a batch of which everybody was forgotten is an empty file`() throws {
        let export = try export([])
        #expect(export.csvBytes == Array("\n".utf8) && export.rowCount == 0)
        #expect(try cells(export).first == "Records!1:0=no records")
    }

    @Test func `what would be very large in memory says so`() throws {
        #expect(try export(hostile).refusal == nil)
        let records = (0..<5000).map { #"{"email":"a","f\#($0)":1}"# }
        let wide = try export(records)
        #expect(wide.refusal?.hasPrefix("5000 records with 5001 columns are too large") == true)
        #expect(try export(records) { $0.shown = ["email"] }.refusal == nil)
    }
}
