/// How alike two texts are, for suggestions only: a likeness is never used by itself.
public enum Likeness {
    /// The edits (insert, delete, replace) that make one text of the other.
    public static func distance(_ one: String, _ other: String) -> Int {
        let first = Array(one.unicodeScalars.prefix(200))
        let second = Array(other.unicodeScalars.prefix(200))
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        var row = Array(0...second.count)
        for (i, mine) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, theirs) in second.enumerated() {
                let replaced = diagonal + (mine == theirs ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, min(row[j], diagonal) + 1)
            }
        }
        return row[second.count]
    }

    /// From 0 to 100, of folded texts.
    public static func percent(_ one: String, _ other: String) -> Int {
        let (first, second) = (Folded.text(one), Folded.text(other))
        let longest = max(first.unicodeScalars.prefix(200).count, second.unicodeScalars.prefix(200).count)
        return longest == 0 ? 100 : 100 - distance(first, second) * 100 / longest
    }

    /// The nearest of `candidates`, most alike first.
    public static func nearest(to text: String, among candidates: some Sequence<String>, most: Int) -> [String] {
        candidates.map { (percent($0, text), $0) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(most).map(\.1)
    }
}
