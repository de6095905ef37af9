import Settings
import Texts

/// How alike two texts are, for suggestions only: a likeness is never used by itself.
package enum Likeness {
    /// From 0 to 100, of folded texts.
    package static func percent(_ one: String, _ other: String) -> Int {
        let (first, second) = (Folded.text(one), Folded.text(other))
        let longest = max(first.unicodeScalars.prefix(200).count, second.unicodeScalars.prefix(200).count)
        return longest == 0 ? 100 : 100 - EditDistance.between(first, second) * 100 / longest
    }

    /// The nearest of `candidates`, most alike first.
    package static func nearest(to text: String, among candidates: some Sequence<String>, most: Int) -> [String] {
        candidates.map { (percent($0, text), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(most).map(\.1)
    }
}
