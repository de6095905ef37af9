extension FileName: CustomStringConvertible {
    /// The name for logs, reports and terminals: one line, no control or direction-changing characters, and different for
    /// different names. What cannot be shown is written `\n`, `\u{202E}` or, where it is not UTF-8, `\xFF`.
    package var printable: String {
        var shown = ""
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: return shown
            case .valid(let encoded):
                position += encoded.count
                shown += Self.shown(Unicode.UTF8.decode(encoded))
            case .error(let length):
                for byte in bytes[position..<min(position + length, bytes.count)] {
                    shown += "\\x" + Self.hexadecimal(UInt32(byte), digits: 2)
                }
                position += length
            }
        }
    }

    package var description: String { printable }

    /// The name as text where showing it changes nothing.
    var plainText: String? {
        let shown = printable
        return shown.utf8.elementsEqual(bytes) ? shown : nil
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            return "\\u{" + hexadecimal(scalar.value, digits: 4) + "}"
        default: return String(Character(scalar))
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
