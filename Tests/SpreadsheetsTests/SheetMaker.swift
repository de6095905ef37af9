/// Writes sheets as many odd programs might, from a seed, and spoils them.
struct SheetMaker {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % limit
    }

    private mutating func one(of choices: [String]) -> String { choices[below(choices.count)] }

    private mutating func often(_ text: String) -> String { below(4) == 0 ? "" : text }

    mutating func sheet() -> [UInt8] {
        let prefix = below(5) == 0 ? "x:" : ""
        var rows = ""
        for row in 1...(1 + below(12)) { rows += below(8) == 0 ? "<\(prefix)row/>" : self.row(row * (1 + below(2)), prefix) }
        let before = one(of: ["", "<\(prefix)cols><\(prefix)col min='1'/></\(prefix)cols>", "<!-- <\(prefix)sheetData> -->", "<?x <y?>"])
        let name = prefix.isEmpty ? "xmlns" : "xmlns:x"
        let head = one(of: ["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"])
        let text = "\(head)<\(prefix)worksheet \(name)='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>\(before)"
        return Array((text + "<\(prefix)sheetData>\(rows)</\(prefix)sheetData></\(prefix)worksheet>").utf8)
    }

    private mutating func row(_ number: Int, _ prefix: String) -> String {
        let stated = often(" r=\"\(number)\"") + one(of: ["", "", " hidden=\"1\"", " spans='1:9'", " hidden = 'true' "])
        var cells = ""
        var column = 0
        for _ in 0..<below(9) {
            column += 1 + below(3)
            let letters = column > 26 ? "A" + String(UnicodeScalar(UInt8(64 + column - 26))) : String(UnicodeScalar(UInt8(64 + column)))
            let place = stated.contains("r=") ? often(" r=\"\(letters)\(number)\"") : ""
            cells += cell(place, prefix)
        }
        return "<\(prefix)row\(stated)>\(cells)</\(prefix)row>"
    }

    private mutating func cell(_ place: String, _ prefix: String) -> String {
        let style = one(of: ["", "", " s=\"1\"", " s=\"0\""])
        let formula = below(5) == 0 ? "<\(prefix)f t='x'>A1&lt;2</\(prefix)f>" : ""
        func value(_ text: String) -> String { "\(formula)<\(prefix)v>\(text)</\(prefix)v>" }
        switch below(9) {
        case 0...2: return "<\(prefix)c\(place)\(style)>\(value(number()))</\(prefix)c>"
        case 3, 4: return "<\(prefix)c\(place)\(style) t=\"s\">\(value(one(of: ["0", "1", "2", " 1 "])))</\(prefix)c>"
        case 5: return "<\(prefix)c\(place) t=\"str\">\(value(words()))</\(prefix)c>"
        case 6:
            let inner = one(of: [
                "<\(prefix)t>\(words())</\(prefix)t>",
                "<\(prefix)r><\(prefix)rPr/><\(prefix)t>\(words())</\(prefix)t></\(prefix)r><\(prefix)r><\(prefix)t> b</\(prefix)t></\(prefix)r>",
                "<\(prefix)t>a</\(prefix)t><\(prefix)rPh><\(prefix)t>no</\(prefix)t></\(prefix)rPh>", "",
            ])
            return "<\(prefix)c\(place)\(style) t='inlineStr'><\(prefix)is>\(inner)</\(prefix)is></\(prefix)c>"
        case 7:
            return "<\(prefix)c t=\"\(one(of: ["b", "e", "n"]))\"\(place)>\(value(one(of: ["1", "0", "true", "#N/A", ""])))</\(prefix)c>"
        default:
            return one(of: [
                "<\(prefix)c\(place)\(style)/>", "<\(prefix)c\(place)\(style)><\(prefix)f>A1</\(prefix)f></\(prefix)c>",
                "<\(prefix)c\(place) t='str'><\(prefix)f/><\(prefix)v/></\(prefix)c>",
                "<\(prefix)c\(place) t='inlineStr'><\(prefix)v>1</\(prefix)v><\(prefix)is><\(prefix)t>i</\(prefix)t></\(prefix)is></\(prefix)c>",
                "<\(prefix)c\(place)></\(prefix)c>", "<!-- c -->", " ",
                "<\(prefix)extLst><\(prefix)c/></\(prefix)extLst>",
            ])
        }
    }

    private mutating func number() -> String {
        let digits = (0...below(12)).map { _ in String(below(10)) }.joined()
        return one(of: ["", "", "-", "+"])
            + one(of: [digits, digits + "." + digits, "." + digits, digits + "E-\(below(20))", digits + "e+\(below(20))", " \(digits) "])
    }

    private mutating func words() -> String {
        (0..<below(5)).map { _ in
            one(of: [
                "plain", " ", "&amp;", "&#65;", "&#x10FFFF;", "žluť", "日本", "e\u{301}", "_x000D_", "_x005F_", "_x0", "<![CDATA[&<]]>",
                "<!-- c -->", "\r\n", "\r", "😀",
                "<?p ?>", "и\u{306}", "_",
            ])
        }.joined()
    }

    /// Changes, doubles, drops or cuts a few bytes, keeping to bytes that XML is made of.
    mutating func spoil(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let letters = Array("<>/\"'= &;rcvtsif019AZ_x!?-[]\n\r\t\u{1}é".utf8) + [0, 0xFF, 0x80]
        for _ in 0...below(3) where !bytes.isEmpty {
            let at = below(bytes.count)
            let end = min(bytes.count, at + below(30))
            switch below(6) {
            case 0, 1: bytes[at] = letters[below(letters.count)]
            case 2: bytes.insert(letters[below(letters.count)], at: at)
            case 3: bytes.removeSubrange(at..<min(end, at + 1 + below(3)))
            case 4: bytes.insert(contentsOf: Array(bytes[at..<end]), at: below(bytes.count))
            default: if below(10) == 0 { bytes.removeSubrange(at...) } else { bytes.removeSubrange(at..<end) }
            }
        }
        return bytes
    }
}
