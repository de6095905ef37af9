/// The edits (insert, delete, replace) that make one text of another: for suggestions only.
package enum EditDistance {
    /// Only the first 200 characters count.
    package static func between(_ one: String, _ other: String) -> Int {
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
}
