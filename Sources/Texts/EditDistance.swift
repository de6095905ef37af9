/// How far one text is from another, for suggestions only: the letters to put in, take out or change.
package enum EditDistance {
    /// Letters beyond these do not count.
    private static let longest = 200

    /// With `swaps`, two neighbours that changed places count once and not twice: the commonest slip of the keyboard.
    package static func between(_ one: String, _ other: String, swaps: Bool = false) -> Int {
        let first = Array(one.unicodeScalars.prefix(longest))
        let second = Array(other.unicodeScalars.prefix(longest))
        // Rows of the table of Wagner and Fischer: the one being filled, the one above it, and the one above that.
        var row = Array(0...second.count)
        var above = row
        var top = row
        for i in first.indices {
            (top, above, row) = (above, row, top)
            row[0] = i + 1
            for j in second.indices {
                var least = min(above[j] + (first[i] == second[j] ? 0 : 1), min(row[j], above[j + 1]) + 1)
                if swaps, i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] { least = min(least, top[j - 1] + 1) }
                row[j + 1] = least
            }
        }
        return row[second.count]
    }
}

/// The name that was probably meant.
package enum Nearest {
    /// The likest of `names` whatever the case of its letters, where it is like enough to be worth saying.
    package static func name(to given: String, among names: some Sequence<String>) -> String? {
        let wanted = given.lowercased()
        let best = names.map { (name: $0, distance: EditDistance.between(wanted, $0.lowercased(), swaps: true)) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
        return best.name
    }

    /// How a sentence ends that says a name is not known: `; is batches meant?`, or with a full stop. `mark` stands before the
    /// name.
    package static func question(for given: String, among names: some Sequence<String>, mark: String = "") -> String {
        name(to: given, among: names).map { "; is \(mark)\($0) meant?" } ?? "."
    }
}
