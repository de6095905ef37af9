import Cells
import Texts

/// A store with what was sold there.
package struct StoreFigures: Hashable, Sendable {
    package let store: Store
    package let sales: Int
    package let euros: Money

    package init(_ store: Store, sales: Int, euros: Money) {
        self.store = store
        self.sales = sales
        self.euros = euros
    }
}

/// Stores of one reseller that are probably one, told by how they are written. Whether they are, a person says.
package struct StoreCluster: Hashable, Sendable {
    /// Why a store is thought to be another one of the cluster.
    package enum Likeness: String, Sendable {
        /// The same letters and digits; accents, blanks, points and case apart.
        case spelling
        /// The same words in another order.
        case order
        /// The same words, but for the place or words that say nothing.
        case place
        /// Words that differ by a slip of the keyboard.
        case typing
    }

    package struct Member: Hashable, Sendable {
        package let figures: StoreFigures
        /// Nil for the first member, which is most likely the real one.
        package let likeness: Likeness?
    }

    package let reseller: String
    /// The one that sold most first.
    package let members: [Member]

    /// All clusters among the stores of one reseller, the one with most sales first.
    package static func all(among stores: [StoreFigures]) -> [StoreCluster] {
        let names = stores.map { StoreWords($0.store) }
        var leaders = Array(stores.indices)
        var reasons: [Int: Likeness] = [:]
        func leader(_ place: Int) -> Int {
            var place = place
            while leaders[place] != place { place = leaders[place] }
            return place
        }
        for place in stores.indices {
            for other in stores.indices.dropFirst(place + 1) {
                guard let likeness = names[place].likeness(to: names[other]) else { continue }
                for member in [place, other] where reasons[member] == nil { reasons[member] = likeness }
                leaders[leader(other)] = leader(place)
            }
        }
        let groups = Dictionary(grouping: reasons.keys, by: leader).values
        let clusters = groups.map { places in
            let members = places.sorted { (stores[$1].sales, $0) < (stores[$0].sales, $1) }.enumerated().map { number, place in
                Member(figures: stores[place], likeness: number == 0 ? nil : reasons[place])
            }
            return StoreCluster(reseller: members[0].figures.store.reseller, members: members)
        }
        return clusters.sorted { ($1.sales, $0.firstCode) < ($0.sales, $1.firstCode) }
    }

    private var sales: Int { members.reduce(0) { $0 + $1.figures.sales } }
    private var firstCode: String { members.first?.figures.store.code ?? "" }
}

/// How a store's name, and its code where that is a name too, are compared. One word alone never makes two stores one: many stores of a
/// chain or of a town share it.
private struct StoreWords {
    private struct Name {
        let words: [String]
        /// All of them together, so that blanks do not count.
        let letters: String
        let numbers: [String]
        let sorted: [String]

        init(_ text: String) {
            words = StoreWords.words(text)
            letters = words.joined()
            numbers = words.filter { $0.contains(where: \.isNumber) }.sorted()
            sorted = words.sorted()
        }
    }

    private let names: [Name]
    private let city: String
    private let places: Set<String>
    private let isOnline: Bool
    /// The reseller has a code of its own for it, which is not its name.
    private let hasOwnCode: Bool

    /// Words that tell no store from another.
    private static let idle: Set<String> = [
        "store", "shop", "boutique", "sl", "sa", "sas", "gmbh", "ltd", "bv", "srl", "the", "la", "le", "el",
    ]

    init(_ store: Store) {
        let (name, code) = (Name(store.name), Name(store.code))
        hasOwnCode = code.letters != name.letters
        names = hasOwnCode && code.words.count > 1 ? [name, code] : [name]
        city = StoreWords.words(store.city).joined()
        places = Set(StoreWords.words(store.city) + StoreWords.words(store.country))
        isOnline = store.isOnline
    }

    func likeness(to other: StoreWords) -> StoreCluster.Likeness? {
        guard isOnline == other.isOnline, city.isEmpty || other.city.isEmpty || city == other.city else { return nil }
        for one in names {
            for another in other.names {
                if let likeness = likeness(one, another, other) { return likeness }
            }
        }
        return nil
    }

    private func likeness(_ one: Name, _ another: Name, _ other: StoreWords) -> StoreCluster.Likeness? {
        guard one.numbers == another.numbers, !one.letters.isEmpty, !another.letters.isEmpty else { return nil }
        let sameCity = !city.isEmpty && city == other.city
        let severalWords = one.words.count > 1 && another.words.count > 1
        if one.letters == another.letters {
            // Two codes of the reseller's own say that the chain's name stands for two stores.
            return severalWords || sameCity || !(hasOwnCode && other.hasOwnCode) ? .spelling : nil
        }
        guard severalWords || sameCity else { return nil }
        if one.sorted == another.sorted { return .order }
        let (few, many) = one.words.count < another.words.count ? (one, another) : (another, one)
        let further = many.words.filter { !few.words.contains($0) }
        let allPlaces = places.union(other.places)
        if few.words.allSatisfy(many.words.contains), few.words.count > 1 || sameCity,
            further.allSatisfy({ allPlaces.contains($0) || StoreWords.idle.contains($0) })
        {
            return .place
        }
        return StoreWords.isSlip(one.sorted, another.sorted) || StoreWords.isSlip(one.words, another.words) ? .typing : nil
    }

    /// Each word is the other's, or nearly: short words tell too much to be mistyped.
    private static func isSlip(_ one: [String], _ other: [String]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).allSatisfy { first, second in
            if first == second { return true }
            let shorter = min(first.count, second.count)
            guard shorter >= 5, abs(first.count - second.count) <= 2 else { return false }
            return EditDistance.between(first, second, swaps: true) <= (shorter >= 9 ? 2 : 1)
        }
    }

    /// Runs of letters and digits without accents, in lower case.
    private static func words(_ text: String) -> [String] { NormalizedText.plainWords(text) }
}
