/// A line of a drafted profile, with a comment that says what is unsure about it.
struct DraftLine {
    private static let longest = 140

    let text: String
    let comment: String?

    init(_ text: String, _ comment: String? = nil) {
        self.text = text
        self.comment = comment
    }

    init(_ text: String, unsure doubt: String?) { self.init(text, doubt.map { "unsure: \($0)" }) }

    /// With the comment behind it, or over it where it is long.
    func text(indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        guard let comment else { return blanks + text }
        let line = "\(blanks)\(text)  // \(comment)"
        return line.count <= DraftLine.longest ? line : "\(blanks)// \(comment)\n\(blanks)\(text)"
    }

    /// A stranger's text as a JSON5 string. It may stand in a comment too, since nothing in it ends the line.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            default:
                let isPlain =
                    !scalar.properties.isDefaultIgnorableCodePoint && scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                let isLineEnd = (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                if (isPlain && !isLineEnd) || scalar.value > 0xFFFF {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                }
            }
        }
        return quoted + "\""
    }

    static func list(_ texts: some Sequence<String>) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }
}
