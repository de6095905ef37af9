import Testing
import Texts

@Suite struct CSVTextTests {
    private func line(_ fields: JSONValue...) -> String {
        var text = CSVText()
        text.line(fields)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test(arguments: ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "-", "=", "-1-1", "--1"])
    func `a text that a spreadsheet program could run gets an apostrophe before it, in quotes`(text: String) {
        #expect(line(.text(text)) == "\"'\(text)\"\n")
    }

    @Test func `figures and harmless texts stay as they are`() {
        #expect(
            line(.text("-12.50"), .number(-5), .text("0.00"), .text("a=b"), .text("7350154320008"), .bool(true), .null)
                == "-12.50,-5,0.00,a=b,7350154320008,true,\n")
        #expect(line(.text("a,b"), .text("say \"x\"")) == "\"a,b\",\"say \"\"x\"\"\"\n")
        #expect(line(.text("=\"a\"")) == "\"'=\"\"a\"\"\"\n")
    }
}
