import Cells
import Foundation
import Linux
import Spreadsheets
import Testing

@testable import Workbooks

/// What is written is read back with our own reader.
@Suite struct WorkbookFileTests {
    /// `Sheet!row:column=value`, a number with `#` before it.
    private func listing(_ bytes: [UInt8]) throws -> [String] {
        let file = try Descriptor(unnamedIn: NSTemporaryDirectory())
        try file.write(bytes)
        let book = try Workbook(descriptor: file.number, name: "a.xlsx")
        var found: [String] = []
        for (index, sheet) in book.sheets.enumerated() {
            try book.read(sheet: index) { row in
                for cell in row.cells {
                    let value = cell.number.map { "#\($0)" } ?? row.string(cell)
                    found.append("\(sheet.name)!\(row.number):\(cell.column)=\(value)")
                }
                return true
            }
        }
        return found
    }

    private func text(_ text: String) throws -> String {
        let bytes = try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "S", [SheetColumn("T", width: 10)])
            try workbook.row([.text(text)])
        }
        return String(try #require(try listing(bytes).last).dropFirst("S!2:0=".count))
    }

    @Test func `sheets, headers, texts and numbers read back as they were given`() throws {
        let price = try #require(DecimalNumber(text: "12.35".utf8))
        let bytes = try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "Ranking", ["NAME", "FIT", "MRP"].map { SheetColumn($0, width: 30) })
            try workbook.row([.text("Ñandú & Söhne <b>"), .whole(85), .number(price)])
            try workbook.row([.empty, .whole(-3), .text("")])
            try workbook.begin(sheet: "About", [SheetColumn("WHAT", width: 10)])
        }
        #expect(
            try listing(bytes) == [
                "Ranking!1:0=NAME", "Ranking!1:1=FIT", "Ranking!1:2=MRP", "Ranking!2:0=Ñandú & Söhne <b>", "Ranking!2:1=#85",
                "Ranking!2:2=#12.35", "Ranking!3:1=#-3", "About!1:0=WHAT",
            ])
    }

    @Test(arguments: ["=1+1", "+49 30", "-5", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1", "0012", "https://example.com", "{=1}"])
    func `what begins like a formula, a number or a link is a text and nothing else`(given: String) throws {
        let bytes = try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "S", [SheetColumn(given, width: 10)])
            try workbook.row([.text(given)])
        }
        #expect(try listing(bytes) == ["S!1:0=\(given)", "S!2:0=\(given)"])
    }

    @Test func `what XML cannot carry is replaced, and what looks like an escape stays as it is`() throws {
        #expect(try text("a\u{0}b\u{1}c\u{B}d\u{FFFE}e\u{FFFF}f") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}f")
        #expect(try text("_x0041_ and _x005F_ and _x004") == "_x0041_ and _x005F_ and _x004")
        #expect(try text(" blanks \n around ") == " blanks \n around ")
    }

    @Test func `a text that is too long for a cell loses its end, never half a character`() throws {
        #expect(try text(String(repeating: "a", count: 32_767)).count == 32_767)
        let cut = try text(String(repeating: "a", count: 40_000))
        #expect(cut.utf16.count == 32_767 && cut.hasSuffix("a…"))
        let wide = try text(String(repeating: "😀", count: 20_000))
        #expect(wide.utf16.count == 32_767 && wide.hasSuffix("😀…"))
    }

    @Test func `numbers of more digits than programs keep stay whole as texts`() throws {
        let long = try #require(DecimalNumber(text: "1234567890123456.5".utf8))
        let bytes = try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "S", [SheetColumn("N", width: 10)])
            try workbook.row([.whole(7_350_154_320_008)])
            try workbook.row([.whole(Int64.max)])
            try workbook.row([.number(long)])
        }
        #expect(
            try listing(bytes).dropFirst() == ["S!2:0=#7350154320008", "S!3:0=9223372036854775807", "S!4:0=1234567890123456.5"])
    }

    @Test func `the header is bold, frozen and can be filtered by`() throws {
        let bytes = try WorkbookFile.bytes { workbook throws(WorkbookFault) in
            try workbook.begin(sheet: "S", [SheetColumn("A", width: 31), SheetColumn("B", width: 5)])
            try workbook.row([.whole(1), .whole(2)])
        }
        let sheet = try part("xl/worksheets/sheet1.xml", of: bytes)
        #expect(sheet.contains("<autoFilter ref=\"A1:B2\"/>") && sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""))
        #expect(sheet.contains("<col min=\"1\" max=\"1\" width=\"31.7109375\""))
        #expect(sheet.contains("<c r=\"A1\" s=\"1\"") && !sheet.contains("<c r=\"A2\" s=\"1\""))
        #expect(try part("xl/styles.xml", of: bytes).contains("<b/>"))
    }

    /// By a tool that shares no code with ours.
    private func part(_ name: String, of bytes: [UInt8]) throws -> String {
        let path = NSTemporaryDirectory() + "workbook-\(UUID().uuidString).xlsx"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let program = "import sys,zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())"
        process.arguments = ["python3", "-c", program, path, name]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: ["", "a/b", "a[b]", String(repeating: "x", count: 32), "'a'"])
    func `a sheet's name that no workbook may have is refused`(name: String) throws {
        #expect(isRefused { workbook throws(WorkbookFault) in try workbook.begin(sheet: name, [SheetColumn("A", width: 5)]) })
    }

    // Bodies in a list would be shorter; Swift 6.3 crashes on closures with typed throws in one.
    private func isRefused(_ body: (WorkbookFile) throws(WorkbookFault) -> Void) -> Bool {
        do throws(WorkbookFault) {
            _ = try WorkbookFile.bytes(body)
            return false
        } catch {
            if case .refused = error { return true }
            return false
        }
    }

    @Test func `a name twice, a row before its sheet and a row that is too wide are refused`() {
        #expect(
            isRefused { workbook throws(WorkbookFault) in
                try workbook.begin(sheet: "S", [SheetColumn("A", width: 5)])
                try workbook.begin(sheet: "s", [SheetColumn("A", width: 5)])
            })
        #expect(isRefused { workbook throws(WorkbookFault) in try workbook.begin(sheet: "S", []) })
        #expect(isRefused { workbook throws(WorkbookFault) in try workbook.row([.whole(1)]) })
        #expect(
            isRefused { workbook throws(WorkbookFault) in
                try workbook.begin(sheet: "S", [SheetColumn("A", width: 5)])
                try workbook.row([.whole(1), .whole(2)])
            })
    }

    @Test func `a workbook that is given up leaves no descriptor open`() throws {
        func open() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
        let file = try Descriptor(unnamedIn: NSTemporaryDirectory())
        let before = open()
        for _ in 0..<200 {
            let workbook = try WorkbookFile(descriptor: file.number)
            try workbook.begin(sheet: "S", [SheetColumn("A", width: 5)])
            try workbook.row([.text("x")])
        }
        // Other tests run beside this one.
        #expect(open() < before + 100)
    }
}
