import Batches
import Testing

@testable import Folders

@Suite struct FileNameTests {
    @Test(arguments: [
        ("plain.csv", "plain.csv"), ("Größe €.csv", "Größe €.csv"), ("a\nb\u{1B}[2J.csv", "a\\nb\\u{001B}[2J.csv"),
        ("invoice\u{202E}vsc.exe", "invoice\\u{202E}vsc.exe"), ("back\\slash", "back\\\\slash"),
    ])
    func `a name is shown in one line and without tricks`(name: String, shown: String) throws {
        #expect(try #require(FileName(name)).printable == shown)
    }

    @Test func `bytes that are not UTF-8 are shown and kept`() throws {
        let bytes: [UInt8] = [0x41, 0xFF, 0xC3, 0x28, 0xE2, 0x82, 0x2E]
        let name = try #require(FileName(bytes))
        #expect(name.bytes == bytes)
        #expect(name.printable == "A\\xFF\\xC3(\\xE2\\x82.")
    }

    @Test(arguments: ["", ".", "..", "a/b", "nul\0", String(repeating: "x", count: 256)])
    func `what can be no name is refused`(text: String) {
        #expect(FileName(text) == nil)
    }

    @Test(arguments: [".hidden", "~$book.xlsx", "a.part", "a.partial", "a.filepart", "A.TMP", "a.crdownload", ".a.swp", "a.swp", "a.csv~"])
    func `upload tools' working names are known`(text: String) throws {
        #expect(try #require(FileName(text)).isWorkingName)
    }

    @Test(arguments: ["a.csv", "part", "tmp", "a.party", "a~b.csv", "$a"])
    func `other names are no working names`(text: String) throws {
        #expect(try #require(FileName(text)).isWorkingName == false)
    }

    @Test func `a report's name depends on the batch alone and is cut at the border of a character`() throws {
        let batch = try #require(BatchID("0123abcd-0000-4000-8000-000000000000"))
        #expect(FileName.report(on: "a.csv", of: batch, ending: .json) == "a.csv.0123abcd.json")
        for padding in 0..<4 {
            let long = String(repeating: "x", count: padding) + String(repeating: "€", count: 83)
            for ending in ReportEnding.allCases {
                let report = FileName.report(on: long, of: batch, ending: ending)
                #expect(report == FileName.report(on: long, of: batch, ending: ending))
                #expect((253...255).contains(report.bytes.count))
                #expect(String(validating: report.bytes, as: UTF8.self)?.hasSuffix(".0123abcd.\(ending.rawValue)") == true)
            }
        }
    }

    @Test func `a report's name can be typed even where the file's cannot`() throws {
        let batch = try #require(BatchID("0123abcd-0000-4000-8000-000000000000"))
        let hostile = try #require(FileName([0x0A, 0xFF] + Array(repeating: 0x80, count: 253)))
        let report = FileName.report(on: hostile.printable, of: batch, ending: .html)
        #expect(report.printable == report.printable.filter { !$0.isNewline })
        #expect(report.bytes.count <= 255 && report.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test func `batches are version 4 UUIDs in lower case`() {
        let one = BatchID()
        #expect(one != BatchID())
        #expect(BatchID(one.text) == one)
        for wrong in [
            "", one.text.uppercased() + "A", "0123abcd-0000-1000-8000-000000000000", "0123abcd-0000-4000-c000-000000000000", "../../etc",
        ] {
            #expect(BatchID(wrong) == nil)
        }
    }

    @Test func `batch and inbox are read back from a crate's name, and nothing else is`() throws {
        let batch = BatchID()
        let longest = String(repeating: "n", count: FileName.longestSender)
        for inbox in [Inbox.reseller("boxnox"), .reseller("b.o x", .replace), .reference, .reseller(longest, .replace)] {
            let crate = try #require(FileName(of: batch, from: inbox).crate)
            #expect(crate.batch == batch && crate.inbox == inbox)
        }
        for wrong in [
            "x", "\(batch)", "\(batch).append", "\(batch).append.", "\(batch).take.boxnox", "\(batch).replace.reference", "1.append.a",
        ] {
            #expect(FileName(wrong)?.crate == nil)
        }
    }
}
