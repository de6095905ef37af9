import Texts

/// The product that is probably meant. It is told to people, and never used by itself.
package struct ProductSuggestion: Hashable, Sendable {
    package let ean: EAN
    /// The text of ours that is similar.
    package let text: String
    package let percent: Int
    /// Whether both texts state their size and kind, and state the same. Where one of them does not, nobody but a person can tell.
    package let makeAgrees: Bool

    /// What is less similar is not worth telling.
    package static let least = 85
}

/// The texts that products go by, normalised, and the product of each.
struct ProductTexts: Sendable {
    private struct Entry: Sendable {
        let ean: EAN
        let text: String
        let make: ProductMake
        let normalized: String
        let length: Int
    }

    private let entries: [Entry]
    /// What all texts of a product say of its make.
    private let makes: [EAN: [ProductMake]]
    /// Nil for a text that two products share: it means neither.
    private let byText: [String: EAN?]

    init(_ texts: [(text: String, ean: EAN)]) {
        entries = texts.compactMap { text, ean in
            let normalized = NormalizedText.of(text)
            guard !normalized.isEmpty else { return nil }
            return Entry(
                ean: ean, text: text, make: ProductMake(text), normalized: normalized, length: normalized.unicodeScalars.count)
        }
        makes = Dictionary(grouping: entries, by: \.ean).mapValues { $0.map(\.make) }
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

    /// The most similar product, if it is similar enough and nothing says that its make is another: 30 ml is not 10 ml, however alike
    /// their names are. `others` are further texts that name the wanted product.
    func nearest(to text: String, others: [String]) -> ProductSuggestion? {
        let wanted = NormalizedText.of(text)
        // Two numbers of articles are alike and mean two products.
        guard wanted.contains(where: \.isLetter) else { return nil }
        let length = wanted.unicodeScalars.count
        let made = ProductMake([text] + others)
        var best: ProductSuggestion?
        for entry in entries {
            let longest = max(length, entry.length)
            // Where the lengths alone differ too much, no edit needs to be counted.
            guard longest > 0, longest <= 200, 100 - abs(length - entry.length) * 100 / longest >= ProductSuggestion.least else { continue }
            let percent = 100 - EditDistance.between(wanted, entry.normalized) * 100 / longest
            guard percent >= ProductSuggestion.least, percent > best?.percent ?? 0 else { continue }
            let make = made.compared(with: entry.make, of: makes[entry.ean] ?? [])
            guard make != .differs else { continue }
            best = ProductSuggestion(ean: entry.ean, text: entry.text, percent: percent, makeAgrees: make == .agrees)
        }
        return best
    }
}

/// How similar two texts are: for suggestions only.
enum Likeness {
    /// From 0 to 100, whatever their case.
    private static func percent(_ one: String, _ other: String) -> Int {
        let (first, second) = (Folded.text(one), Folded.text(other))
        let longest = max(first.unicodeScalars.prefix(200).count, second.unicodeScalars.prefix(200).count)
        return longest == 0 ? 100 : 100 - EditDistance.between(first, second) * 100 / longest
    }

    /// The nearest of `candidates`, the most similar first.
    static func nearest(to text: String, among candidates: some Sequence<String>, most: Int) -> [String] {
        candidates.map { (percent($0, text), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(most).map(\.1)
    }
}
