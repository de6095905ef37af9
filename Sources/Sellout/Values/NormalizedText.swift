import Foundation

/// A product's text without what people write now one way, now another: case, accents, blanks and punctuation, `EDP` for
/// `Eau de Parfum`, `100 ML` for `100ml`.
package enum NormalizedText {
    private static let phrases: [(words: [String], short: String)] = [
        (["eau", "de", "parfum"], "edp"), (["eau", "de", "toilette"], "edt"), (["eau", "de", "cologne"], "edc"),
        (["woda", "perfumowana"], "edp"), (["woda", "toaletowa"], "edt"),
    ]
    private static let units: [String: String] = [
        "ml": "ml", "g": "g", "gr": "g", "gram": "g", "grams": "g", "cl": "cl", "l": "l", "oz": "oz",
    ]
    /// Letters that do not come apart into a plain one and an accent.
    private static let letters: [Unicode.Scalar: String] = ["ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"]

    package static func of(_ text: String) -> String {
        let words = shortened(words(text))
        var result = ""
        for word in words { result += units[word] ?? word }
        return result
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
