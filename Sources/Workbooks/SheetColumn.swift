import Cells

/// A column of a sheet that is written: its header, and how wide it stands.
package struct SheetColumn: Hashable, Sendable {
    package let title: String
    /// In digits of the standard font.
    package let width: Int

    package init(_ title: String, width: Int) {
        self.title = title
        self.width = width
    }
}

/// What is written into a cell.
package enum SheetCell: Hashable, Sendable {
    /// Always a text, also where it begins like a formula.
    case text(String)
    case whole(Int64)
    case number(DecimalNumber)
    case empty

    package static func whole(_ number: Int) -> SheetCell { .whole(Int64(number)) }

    package static func optional(_ text: String?) -> SheetCell { text.map(SheetCell.text) ?? .empty }

    /// Spreadsheet programs keep fifteen digits of a number: a longer one stays whole as a text.
    var written: SheetCell {
        switch self {
        case .text, .empty: self
        case .whole(let number): number.magnitude < Self.mostDigits ? self : .text(String(number))
        case .number(let number): number.digits.magnitude < Self.mostDigits ? self : .text(number.description)
        }
    }

    private static let mostDigits: UInt64 = 1_000_000_000_000_000
}

/// A text as a cell can hold it.
enum SheetText {
    /// "Total number of characters that a cell can contain: 32,767 characters" (Excel specifications and limits), in UTF-16.
    static let longest = 32_767

    /// What XML cannot carry becomes U+FFFD; what would be read back as an escape is escaped; what is too long loses its end and gets `…`.
    static func fit(_ text: String) -> String {
        var fitted = String.UnicodeScalarView()
        var length = 0
        var scalars = Substring(text).unicodeScalars
        while let scalar = scalars.first {
            let isEscape = scalar == "_" && beginsEscape(scalars)
            scalars.removeFirst()
            let allowed = isAllowed(scalar) ? scalar : "\u{FFFD}"
            let width = UTF16.width(allowed)
            if length + width > longest - (scalars.isEmpty ? 0 : 1) {
                fitted.append("…")
                return String(fitted)
            }
            length += width
            if isEscape { fitted.append(contentsOf: "_x005F".unicodeScalars) }
            fitted.append(allowed)
        }
        return String(fitted)
    }

    /// XML 1.0 has no other characters, and turns a carriage return into a line feed.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case ..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    /// ECMA-376, ST_Xstring: `_xHHHH_` is the UTF-16 unit of that number.
    private static func beginsEscape(_ scalars: Substring.UnicodeScalarView) -> Bool {
        let piece = Array(scalars.prefix(7))
        return piece.count == 7 && piece[1] == "x" && piece[6] == "_" && piece[2..<6].allSatisfy(\.properties.isASCIIHexDigit)
    }
}
