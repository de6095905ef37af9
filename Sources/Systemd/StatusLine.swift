/// A status as one line: what a file name may have in it must neither end the line nor begin another assignment.
enum StatusLine {
    /// The manager drops a notification above 4096 bytes whole (NOTIFY_BUFFER_MAX), and people read one line.
    static let longest = 500

    static func written(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            let piece = escaped(scalar)
            guard line.utf8.count + piece.utf8.count <= longest else { return line + "…" }
            line += piece
        }
        return line
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch (scalar, scalar.properties.generalCategory) {
        case ("\n", _): "\\n"
        case ("\r", _): "\\r"
        case ("\t", _): "\\t"
        // Also the invisible ones that turn the direction of writing or break lines on a terminal.
        case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator): "\\u{\(String(scalar.value, radix: 16))}"
        default: String(scalar)
        }
    }
}
