import Settings
import Texts

/// A product that is probably meant: told to people, never used by itself.
package struct ProductSuggestion: Hashable, Sendable {
    package let ean: EAN
    /// What of ours it is like.
    package let text: String
    package let percent: Int

    /// From here on a likeness is worth telling.
    package static let least = 85
}

/// The texts that products go by, normalised, with what they lead to.
struct ProductTexts: Sendable {
    private struct Entry: Sendable {
        let ean: EAN
        let text: String
        let normalized: String
        let length: Int
    }

    private let entries: [Entry]
    /// Nil where two products share a text: it then means neither.
    private let byText: [String: EAN?]

    init(_ texts: [(text: String, ean: EAN)]) {
        entries = texts.compactMap { text, ean in
            let normalized = NormalizedText.of(text)
            return normalized.isEmpty ? nil : Entry(ean: ean, text: text, normalized: normalized, length: normalized.unicodeScalars.count)
        }
        var byText: [String: EAN?] = [:]
        for entry in entries {
            if let known = byText[entry.normalized], known != entry.ean {
                byText[entry.normalized] = .some(nil)
            } else {
                byText[entry.normalized] = entry.ean
            }
        }
        self.byText = byText
    }

    func product(_ text: String) -> EAN? { byText[NormalizedText.of(text)] ?? nil }

    /// The most alike product, if it is alike enough.
    func nearest(to text: String) -> ProductSuggestion? {
        let wanted = NormalizedText.of(text)
        let length = wanted.unicodeScalars.count
        var best: ProductSuggestion?
        for entry in entries {
            let longest = max(length, entry.length)
            // Not one edit need be counted where the lengths alone say no.
            guard longest > 0, longest <= 200, 100 - abs(length - entry.length) * 100 / longest >= ProductSuggestion.least else { continue }
            let percent = 100 - EditDistance.between(wanted, entry.normalized) * 100 / longest
            guard percent >= ProductSuggestion.least, percent > best?.percent ?? 0 else { continue }
            best = ProductSuggestion(ean: entry.ean, text: entry.text, percent: percent)
        }
        return best
    }
}
