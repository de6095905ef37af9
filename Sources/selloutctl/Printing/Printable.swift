/// Text that a stranger chose, made fit for a terminal: one line, nothing that moves the cursor or turns the reading order.
enum Printable {
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var printable = ""
        for scalar in text.unicodeScalars { printable.unicodeScalars.append(isHarmful(scalar) ? replacement(scalar) : scalar) }
        return printable
    }

    private static func replacement(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        "\n\r\t".unicodeScalars.contains(scalar) ? " " : "\u{FFFD}"
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
