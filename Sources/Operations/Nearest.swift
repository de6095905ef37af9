/// The name that was probably meant.
package enum Nearest {
    /// The likest of `names`, where it is like enough to be worth saying.
    package static func name(to given: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(given.lowercased().prefix(64))
        let best = names.map { (name: $0, distance: distance(wanted, Array($0.lowercased().prefix(64)))) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
        return best.name
    }

    /// Letters to put in, take out, change or swap with their neighbour.
    static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var before: [Int] = []
        var last = Array(0...other.count)
        for i in one.indices {
            var line = [i + 1]
            for j in other.indices {
                var least = min(last[j + 1] + 1, line[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { least = min(least, before[j - 1] + 1) }
                line.append(least)
            }
            before = last
            last = line
        }
        return last[other.count]
    }
}
