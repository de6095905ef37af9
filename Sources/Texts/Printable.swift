/// Shows what a stranger chose (a file's name, a cell) on one line of a log, a terminal or a status: nothing in it ends the
/// line, moves the cursor or turns the direction of writing. Such a character is written `\n` or `\u{202E}`, and a byte that
/// is not UTF-8 `\xFF`.
package enum Printable {
    /// Different for different bytes, since a backslash is doubled.
    package static func name(_ bytes: some Collection<UInt8>) -> String {
        if bytes.allSatisfy({ isPlain($0) && $0 != UInt8(ascii: "\\") }) { return String(decoding: bytes, as: UTF8.self) }
        var shown = ""
        var parser = Unicode.UTF8.ForwardParser()
        var ahead = bytes.makeIterator()
        var rest = bytes[...]
        while true {
            switch parser.parseScalar(from: &ahead) {
            case .emptyInput: return shown
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                shown += scalar == "\\" ? "\\\\" : written(scalar)
                rest = rest.dropFirst(encoded.count)
            case .error(let length):
                for byte in rest.prefix(length) { shown += "\\x" + hexadecimal(UInt32(byte), digits: 2) }
                rest = rest.dropFirst(length)
            }
        }
    }

    /// For sentences that may hold shown names already: a backslash stays as it is, and what is printable is not changed.
    /// A text of more than `longest` bytes is cut between characters and ends in `…`.
    package static func line(_ text: String, longest: Int = .max) -> String {
        if text.utf8.count <= longest, text.utf8.allSatisfy(isPlain) { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            let piece = written(scalar)
            guard shown.utf8.count + piece.utf8.count <= longest else { return shown + "…" }
            shown += piece
        }
        return shown
    }

    /// ASCII that shows as itself.
    private static func isPlain(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) }

    private static func written(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case " "..."~": return String(scalar)
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            return "\\u{" + hexadecimal(scalar.value, digits: 4) + "}"
        default: return String(scalar)
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
