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
                if row.isHidden { hidden.append([sheet, row.number]) }
                return true
            }
        }
        #expect(merged.sorted { $0.lexicographicallyPrecedes($1) } == expected.merged, "\(file.name)")
        #expect(hidden == expected.hidden?.filter { row in cells.contains { $0.sheet == row[0] && $0.row == row[1] } }, "\(file.name)")
    }
}
