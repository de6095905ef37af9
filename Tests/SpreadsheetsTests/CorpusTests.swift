import Foundation
import Spreadsheets
import Testing

@Suite struct CorpusTests {
    @Test func `every workbook of the corpus reads as its judge reads it, and every broken one is refused in words`() throws {
        let corpus = try Corpus.made.get()
        #expect(corpus.names.count > 100)
        for name in corpus.names {
            let expected = try corpus.expected(name)
            let file = try OpenedFile(path: corpus.path(name))
            if let code = expected.fault { refuses(file, code, expected.words ?? []) } else { try reads(file, expected) }
        }
    }

    @Test(arguments: [
        ("openpyxl.xlsx", Format.xlsx), ("workbook-named.csv", .xlsx), ("macros.xlsm", .xlsm), ("macros-named.xlsx", .xlsm),
        ("biff5.xls", .xls),
        ("biff8.xls", .xls),
    ])
    func `the content shows the format, whatever the name`(name: String, format: Format) throws {
        #expect(try OpenedFile(path: try Corpus.made.get().path(name)).workbook().format == format)
    }

    @Test(arguments: ["xlsxwriter.xlsx", "xlwt.xls"])
    func `reading stops when no more is wanted, sheets can be read in any order and again, and positions count all tabs`(name: String)
        throws
    {
        let corpus = try Corpus.made.get()
        let book = try OpenedFile(path: corpus.path(name))
        let workbook = try book.workbook()
        for sheet in [1, 0, 1] {
            var rows: [Int] = []
            try workbook.read(sheet: sheet) { row in
                rows.append(row.number)
                return rows.count < 3
            }
            #expect(rows == [1, 2, 3])
        }
        #expect(throws: SpreadsheetFault.self) { try workbook.read(sheet: 9) { _ in true } }
        #expect(throws: SpreadsheetFault.self) { try workbook.mergedCells(sheet: -1) }
        #expect(try OpenedFile(path: corpus.path("openpyxl.xlsx")).workbook().sheets.map(\.position) == [0, 1, 3, 4, 5])
    }

    @Test func `a descriptor of anything but a regular file is refused`() throws {
        var ends: [Int32] = [0, 0]
        unsafe pipe(&ends)
        defer { ends.forEach { close($0) } }
        #expect(throws: SpreadsheetFault.self) { try Workbook(descriptor: ends[0], name: "a.csv") }
        #expect(throws: SpreadsheetFault.self) { try Workbook(descriptor: -1, name: "a.csv") }
    }

    private func refuses(_ file: OpenedFile, _ code: String, _ words: [String]) {
        let fault = #expect(throws: SpreadsheetFault.self, "\(file.name)") { try file.cells() }
        #expect(fault?.code.rawValue == code, "\(file.name): \(fault?.message ?? "")")
        for word in words { #expect(fault?.message.contains(word) == true, "\(file.name): \(fault?.message ?? "")") }
        #expect(fault?.message.hasSuffix(".") == true, "\(file.name) is refused with a sentence")
    }

    private func reads(_ file: OpenedFile, _ expected: Corpus.Expected) throws {
        let book = try #require(try? file.workbook(), "\(file.name) opens")
        #expect(book.sheets.map { ExpectedSheet(name: $0.name, isHidden: $0.isHidden) } == expected.sheets, "\(file.name)")
        let cells = try file.cells()
        let wrong = zip(cells, expected.cells ?? []).first { $0 != $1 }
        #expect(wrong == nil, "\(file.name): \(wrong.map { "read \($0), judge \($1)" } ?? "")")
        #expect(cells.count == expected.cells?.count, "\(file.name)")
        var merged: [[Int]] = []
        var hidden: [[Int]] = []
        for sheet in book.sheets.indices {
            merged += try book.mergedCells(sheet: sheet).map {
                [sheet, $0.rows.lowerBound, $0.rows.upperBound, $0.columns.lowerBound + 1, $0.columns.upperBound + 1]
            }
            try book.read(sheet: sheet) { row in
                #expect(row.hasUncalculated == row.cells.contains { $0.kind == .uncalculated }, "\(file.name) row \(row.number)")
                if row.isHidden { hidden.append([sheet, row.number]) }
                return true
            }
        }
        #expect(merged.sorted { $0.lexicographicallyPrecedes($1) } == expected.merged, "\(file.name)")
        #expect(hidden == expected.hidden?.filter { row in cells.contains { $0.sheet == row[0] && $0.row == row[1] } }, "\(file.name)")
    }
}
