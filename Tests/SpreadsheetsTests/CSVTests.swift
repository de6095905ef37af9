import Foundation
import Spreadsheets
import Testing

@Suite struct CSVTests {
    @Test func `quotes, doubled quotes and line breaks in quotes are the text's own, and records count as rows`() throws {
        let file = try OpenedFile("a,b\n\"x,1\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",\n\n,\"\"\n\"q\"t,5\" disc\nlast".utf8)
        #expect(
            try file.listing() == [
                "1:1=a", "1:2=b", "2:1=x,1", "2:2=say \"hi\"", "3:1=two\r\nlines", "6:1=qt", "6:2=5\" disc", "7:1=last",
            ])
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `each kind of line end ends a record, and none is needed at the end`(end: String) throws {
        let expected = ["1:1=a", "1:2=b", "2:1=1", "2:2=2", "4:2=3"]
        let text = ["a,b", "1,2", "", ",3"].joined(separator: end)
        #expect(try OpenedFile(text.utf8).listing() == expected)
        #expect(try OpenedFile((text + end).utf8).listing() == expected)
    }

    @Test(arguments: [
        ("a;b;c\n1,5;2,5;x\n3,5;4,5;y\n", 3), ("a,b\n1;2,x\n", 2), ("a\tb\n1,5\t2\n", 2), ("a|b|c\n1,2|3|4\n", 3), ("one\ntwo\n", 1),
        ("Report, March\n\nEAN;Qty;Amount\n1;2;3,5\n4;5;6,5\n", 3), ("\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n", 2), ("sep=;\n1,2;3,4\n", 2),
        ("", 0), ("x", 1),
    ])
    func `the content shows the delimiter, in spite of decimal commas and quoted delimiters`(text: String, columns: Int) throws {
        let file = try OpenedFile((text.isEmpty ? "\n" : text).utf8)
        #expect(try file.cells().map(\.column).max() ?? 0 == columns)
    }

    @Test func `a first line that states the delimiter is not a row`() throws {
        #expect(try OpenedFile("sep=|\r\na|b;c;d\r\n".utf8).listing() == ["1:1=a", "1:2=b;c;d"])
    }

    @Test func `rows may have different lengths`() throws {
        #expect(
            try OpenedFile("a,b,c\n1\n1,2,3,4\n".utf8).listing() == [
                "1:1=a", "1:2=b", "1:3=c", "2:1=1", "3:1=1", "3:2=2", "3:3=3", "3:4=4",
            ])
    }

    @Test(arguments: [
        String.Encoding.utf8, .utf16LittleEndian, .utf16BigEndian,
    ])
    func `a byte order mark states the encoding and is not text`(encoding: String.Encoding) throws {
        let text = "\u{FEFF}žluť;😀\n\"ěš\r\nčř\";é\u{1F9F4}\n"
        let file = try OpenedFile(try #require(text.data(using: encoding)))
        #expect(try file.listing() == ["1:1=žluť", "1:2=😀", "2:1=ěš\r\nčř", "2:2=é\u{1F9F4}"])
        #expect(try file.workbook().notes.isEmpty)
    }

    @Test func `text that is not UTF-8 is read as Windows-1252, and a note says so`() throws {
        let file = try OpenedFile(Array("Gr".utf8) + [0xF6, 0xDF] + Array("e,".utf8) + [0x80, 0x20] + Array("116".utf8))
        #expect(try file.listing() == ["1:1=Größe", "1:2=€ 116"])
        #expect(try file.workbook().notes.map(\.code) == [.readAsWindows1252])
    }

    @Test func `text without a mark that is UTF-8 to its last byte stays UTF-8, also when a character is cut at a block's end`() throws {
        let line = "aé,日本\n"
        let text = String(repeating: line, count: 60_000)
        let file = try OpenedFile(("x" + text).utf8)
        let cells = try file.cells()
        #expect(cells.count == 120_000)
        #expect(cells.dropFirst(2).allSatisfy { $0.value == .text(Array(($0.column == 1 ? "aé" : "日本").utf8)) })
        #expect(try file.workbook().notes.isEmpty)
    }

    @Test func `decomposed letters come composed`() throws {
        #expect(
            try OpenedFile("ne\u{301},\"i\u{306} \"\"x\"\"\"\n".utf8).cells().map(\.value) == [
                .text(Array("n\u{E9}".utf8)), .text(Array("\u{12D} \"x\"".utf8)),
            ])
    }

    @Test func `the one sheet is named like the file`() throws {
        #expect(
            try OpenedFile("a".utf8, name: "Sales. März.csv").workbook().sheets == [
                Sheet(name: "Sales. März", isHidden: false, position: 0)
            ])
        #expect(try OpenedFile("a".utf8, name: "sales.xls").workbook().format == .csv)
    }

    @Test func `NUL bytes are refused wherever they stand`() throws {
        let far = String(repeating: "1,2,3\n", count: 200_000)
        for text in ["a,\0b\n", "a,\"\0b\"\n", "\0", far + "\0"] {
            let fault = #expect(throws: SpreadsheetFault.self) { try OpenedFile(text.utf8).cells() }
            #expect(fault?.code == .notASpreadsheet)
        }
    }

    @Test func `a quote that is never closed says the row it was opened in`() throws {
        let fault = #expect(throws: SpreadsheetFault.self) { try OpenedFile("a,b\n1,2\n3,\"4\n5,6\n".utf8).cells() }
        #expect(fault?.code == .damaged)
        #expect(fault?.message.contains("row 3") == true)
    }

    @Test(arguments: ["a,b\n1,\"2\n3,4\n5,\"6\n7,8\n", "a;b\r\n1;\"2\r\n3;4\r\n5;\"6\"\r\n"])
    func `a quote too many that a later one closes hides no rows but is damage`(text: String) throws {
        let fault = #expect(throws: SpreadsheetFault.self) { try OpenedFile(text.utf8).cells() }
        #expect(fault?.code == .damaged)
        #expect(fault?.message.contains("row 2") == true)
    }

    @Test func `text or blanks behind a closing quote on its own line are kept, and blanks behind several lines`() throws {
        #expect(try OpenedFile("\"a\"b,c\n\"d\ne\" ,f\n".utf8).listing().count == 4)
    }

    @Test func `a record longer than the window is read whole`() throws {
        let long = String(repeating: "m", count: 100_000)
        let file = try OpenedFile("a,\(long),\(long),\(long),\"\(long)\"\"\",z\nb\n".utf8)
        #expect(try file.listing().map(\.count) == [5, 100_004, 100_004, 100_004, 100_005, 5, 5])
    }

    @Test(arguments: [
        ("a,b\n1,2", 2), ("a,b\r\n1,2\r\n\r\n3,\"4\"", 4), ("a", 1), ("a,b\n,", 2), ("a,b\n\"x\n\"", 2), ("sep=;\na;b\r1;2", 2),
    ])
    func `a last record without a line end is noted with its row`(text: String, row: Int) throws {
        let notes = try notes(text.utf8).filter { $0.code == .lastLineOpen }
        #expect(notes.map { $0.message.hasPrefix("Row \(row) ") } == [true])
    }

    @Test(arguments: ["a,b\n1,2\n", "a,b\r1,2\r", "a,b\r\n1,2\r\n\r\n", "a,b\n1,\n\n\n", "\n", "note\na,b\n1,2\n3\n4\n"])
    func `a file with its last line end has no note, whatever blank lines stand behind it`(text: String) throws {
        #expect(try notes(text.utf8).isEmpty)
    }

    @Test(arguments: [
        ("a,b,c\n1,2,3\n4,5\n", 3, "2 fields", 3), ("x\na,b,c\n\n1,2,3\n4\n\n", 5, "1 field", 3), ("a,b,c\n1,2,\n,", 3, "2 fields", 3),
    ])
    func `a last record with too few fields is noted with its row and both numbers`(text: String, row: Int, has: String, before: Int) throws
    {
        let note = try #require(try notes(text.utf8).first { $0.code == .lastLineShort })
        #expect(note.message.hasPrefix("Row \(row) ") && note.message.contains("has \(has),") && note.message.contains("has \(before):"))
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf8])
    func `every cut of a file in its last record is noted, in every encoding`(encoding: String.Encoding) throws {
        let whole = try #require("\u{FEFF}a;b;ď\n1;2;3\n4;5;6\n".data(using: encoding))
        let width = encoding == .utf8 ? 1 : 2
        #expect(try notes(whole).isEmpty)
        for count in 1..<6 * width { #expect(try notes(whole.dropLast(count)).contains { $0.code == .lastLineOpen }, "\(count)") }
    }

    @Test func `what stands at the end is noted only once it was read, and once only`() throws {
        let file = try OpenedFile((String(repeating: "1,2\n", count: 100_000) + "3").utf8)
        let book = try file.workbook()
        try book.read(sheet: 0) { $0.number < 5 }
        #expect(book.notes.isEmpty)
        for _ in 0..<2 {
            try book.read(sheet: 0) { _ in true }
            #expect(book.notes.map(\.code) == [.lastLineOpen, .lastLineShort])
        }
    }

    private func notes(_ bytes: some Collection<UInt8>) throws -> [Note] {
        let file = try OpenedFile(bytes)
        let book = try file.workbook()
        try book.read(sheet: 0) { _ in true }
        return book.notes
    }

    @Test func `reading stops when no more is wanted, and can be done again`() throws {
        let book = try OpenedFile("1\n2\n3\n".utf8)
        let workbook = try book.workbook()
        for _ in 0..<2 {
            var seen: [Int] = []
            try workbook.read(sheet: 0) { row in
                seen.append(row.number)
                return row.number < 2
            }
            #expect(seen == [1, 2])
        }
    }
}
