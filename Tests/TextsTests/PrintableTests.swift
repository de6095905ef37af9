import Testing
import Texts

@Suite struct PrintableTests {
    @Test(arguments: [
        ("plain.csv", "plain.csv"), ("Größe €\u{301} 日本 😀", "Größe €\u{301} 日本 😀"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u{1B}[2J\0\u{7F}\u{9B}", "\\u{001B}[2J\\u{0000}\\u{007F}\\u{009B}"),
        ("x\u{202E}vsc\u{2066}\u{200B}\u{FEFF}", "x\\u{202E}vsc\\u{2066}\\u{200B}\\u{FEFF}"),
        ("\u{2028}\u{2029}\u{85}", "\\u{2028}\\u{2029}\\u{0085}"), ("\u{E000}\u{10FFFF}", "\\u{E000}\\u{10FFFF}"),
    ])
    func `what would end the line or change how it reads is written out, the rest stays`(text: String, shown: String) {
        #expect(Printable.line(text) == shown)
        #expect(Printable.name(text.utf8) == shown)
    }

    @Test func `a name that is shown already stays as it is in a sentence`() {
        let name = Printable.name([0x61, 0x5C, 0x0A, 0xFF, 0xE2, 0x82])
        #expect(name == #"a\\\n\xFF\xE2\x82"#)
        #expect(Printable.line("took \(name)") == "took \(name)")
    }

    @Test func `different names are shown differently`() {
        let letters: [UInt8] = [0x5C, 0x6E, 0x0A, 0x78, 0x46, 0xFF, 0x75, 0xC3, 0xA9]
        var names: [[UInt8]] = [[]]
        for _ in 0..<4 { names += names.flatMap { name in letters.map { name + [$0] } } }
        let all = Set(names)
        #expect(Set(all.map { Printable.name($0) }).count == all.count)
    }

    @Test(arguments: [(10, "€€€…"), (9, "€€€…"), (8, "€€…"), (12, "€€€€"), (0, "…")])
    func `a long line is cut between characters`(longest: Int, shown: String) {
        #expect(Printable.line("€€€€", longest: longest) == shown)
    }

    @Test func `an escape is never cut in two`() {
        #expect(Printable.line("ab\u{1B}", longest: 9) == "ab…")
        #expect(Printable.line("ab\u{1B}", longest: 10) == "ab\\u{001B}")
    }
}
