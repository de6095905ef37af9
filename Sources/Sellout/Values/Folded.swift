import Foundation

/// Text made comparable: composed (NFC), trimmed, in lower case, every run of white space as one blank.
package enum Folded {
    package static func text(_ text: String) -> String {
        ascii(text) ?? any(text)
    }

    /// A header: `Valid From`, `valid-from` and `valid_from` are the same.
    package static func header(_ title: String) -> String { String(text(title).map { $0 == " " || $0 == "-" ? "_" : $0 }) }

    /// The short way for most headers and names; nil if a character is beyond ASCII.
    private static func ascii(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var gap = false
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            if byte == 32 || (9...13).contains(byte) {
                gap = !bytes.isEmpty
            } else {
                if gap { bytes.append(32) }
                gap = false
                bytes.append((65...90).contains(byte) ? byte + 32 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func any(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        var gap = false
        for scalar in text.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
            if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                gap = !folded.isEmpty
            } else {
                if gap { folded.append(" ") }
                gap = false
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }
}

/// A product's text without what people write in different ways: case, accents, blanks and punctuation. `Eau de Parfum` becomes
/// `edp`, `100 ML` becomes `100ml`.
enum NormalizedText {
    private static let phrases: [(words: [String], short: String)] = [
        (["eau", "de", "parfum"], "edp"), (["eau", "de", "toilette"], "edt"), (["eau", "de", "cologne"], "edc"),
        (["woda", "perfumowana"], "edp"), (["woda", "toaletowa"], "edt"),
    ]
    private static let units: [String: String] = [
        "ml": "ml", "g": "g", "gr": "g", "gram": "g", "grams": "g", "cl": "cl", "l": "l", "oz": "oz",
    ]
    /// Letters that Unicode does not split into a plain letter and an accent.
    static let letters: [Unicode.Scalar: String] = ["ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"]

    static func of(_ text: String) -> String {
        let words = shortened(words(text))
        var result = ""
        for word in words { result += units[word] ?? word }
        return result
    }

    /// Runs of letters and digits without accents, in lower case.
    static func plainWords(_ text: String) -> [String] {
        var words: [String] = []
        var isWithin = false
        for scalar in text.prefix(200).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            // An apostrophe parts no word: `L'Or` is `lor`.
            if scalar.properties.generalCategory == .nonspacingMark || scalar == "'" || scalar == "’" { continue }
            guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
                isWithin = false
                continue
            }
            if !isWithin { words.append("") }
            words[words.count - 1] += letters[scalar] ?? String(scalar)
            isWithin = true
        }
        return words
    }

    /// Runs of letters and runs of digits.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isNumber = false
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            let isDigit = ("0"..."9").contains(scalar)
            if !isDigit, !scalar.properties.isAlphabetic || isDigit != isNumber {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else if isDigit != isNumber, !word.isEmpty {
                words.append(word)
                word = ""
            }
            isNumber = isDigit
            if isDigit || scalar.properties.isAlphabetic { word += letters[scalar] ?? String(scalar) }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func shortened(_ words: [String]) -> [String] {
        var result: [String] = []
        var place = 0
        while place < words.count {
            if let (phrase, short) = phrases.first(where: { words[place...].starts(with: $0.words) }) {
                result.append(short)
                place += phrase.count
            } else {
                result.append(words[place])
                place += 1
            }
        }
        return result
    }
}
