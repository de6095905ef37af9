/// Writes lines of CSV as RFC 4180 quotes them; lines end with a line feed, as programs on this system expect. People open them in
/// spreadsheet programs, which run a text that begins like a formula: such a text gets an apostrophe before it.
package struct CSVText: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    package mutating func line(_ fields: [JSONValue]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .text(let text): append(text)
            case .null: break
            case .bool, .number, .decimal, .array, .object: append(String(decoding: JSONText.bytes(of: field), as: UTF8.self))
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Whether a spreadsheet program could take the text for a formula. Figures are none: they may begin with a minus.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first, formulaSigns.contains(first) else { return false }
        let digits = text.utf8.dropFirst()
        let isFigure =
            first == UInt8(ascii: "-") && digits.first.map(isDigit) == true && digits.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
        return !isFigure
    }

    /// A tab or a line end is cut off before a spreadsheet program looks at what follows.
    private static let formulaSigns = Set("=+-@\t\r\n".utf8)

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private mutating func append(_ text: String) {
        let isFormula = CSVText.isFormula(text)
        // "Fields containing line breaks (CRLF), double quotes, and commas should be enclosed in double-quotes."
        guard isFormula || text.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }) else {
            return bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
