/// Finds columns, or stores, whose figures are the sums of others, while rows stream by. Each is kept as one number: the sum of its
/// figures, each times a number that its row gives at random. Where these numbers add up, the figures add up in every row, but for a
/// chance of one in 2^64.
struct SumSketch {
    struct Entry {
        var quantity: UInt64 = 0
        var amount: UInt64 = 0
        /// How much its figures say: the bits of all quantities. Small figures add up by chance.
        var bits = 0
        var rows = 0
    }

    private(set) var entries: [Entry]

    init(_ count: Int = 0) { entries = Array(repeating: Entry(), count: count) }

    /// Takes one figure. Rows of equal `key` belong together.
    mutating func add(_ place: Int, key: UInt64, quantity: Int64, amount: Int64) {
        while place >= entries.count { entries.append(Entry()) }
        let weight = SumSketch.weight(key)
        entries[place].quantity &+= weight &* UInt64(bitPattern: quantity)
        entries[place].amount &+= weight &* UInt64(bitPattern: amount)
        entries[place].bits += UInt64.bitWidth - quantity.magnitude.leadingZeroBitCount
        entries[place].rows += 1
    }

    /// A sum, and the places that it is the sum of.
    struct Found: Hashable {
        let total: Int
        let parts: ClosedRange<Int>
        let isOfAllOthers: Bool
    }

    /// More places than these are looked at only for one that sums up all others.
    private static let mostInRanges = 200

    /// The sums among the places, each once. A sum that was found counts no longer as a part of another.
    /// - Parameter expected: whether the layout has a total column and none was found: then one row is enough to speak for it.
    /// - Parameter isConfirmed: whether the file's own total counts all of them: then much must speak for a sum among them.
    func sums(_ places: Range<Int>? = nil, expected: Bool = false, isConfirmed: Bool = false) -> [Found] {
        var found: [Found] = []
        var open = (places ?? entries.indices).filter { entries.indices.contains($0) && entries[$0].rows > 0 }
        while open.count > 1, let next = sum(among: open, expected) {
            if isConfirmed, entries[next.total].bits < SumSketch.manyBits { break }
            found.append(next)
            open.removeAll { $0 == next.total }
        }
        return found
    }

    /// Whether one place is the sum of a run among others.
    func isSum(_ place: Int, ofRunIn others: Range<Int>) -> Bool {
        for from in others {
            var quantity: UInt64 = 0
            for to in from..<others.upperBound {
                quantity &+= entries[to].quantity
                if quantity == entries[place].quantity { return true }
            }
        }
        return false
    }

    /// Whether the places come to what `total` says, in every row.
    func comesTo(_ total: Entry, _ places: Range<Int>) -> Bool {
        total.rows > 0 && places.reduce(0 as UInt64) { $0 &+ entries[$1].quantity } == total.quantity
    }

    /// The one place without which the others come to what `total` says: that counts it twice, or it is a sum itself.
    func surplus(among places: Range<Int>, against total: Entry) -> Int? {
        let sum = places.reduce(0 as UInt64) { $0 &+ entries[$1].quantity }
        guard sum != total.quantity, total.rows > 0 else { return nil }
        return places.first { entries[$0].quantity != 0 && sum &- entries[$0].quantity == total.quantity }
    }

    private func sum(among open: [Int], _ expected: Bool) -> Found? {
        sumOfAllOthers(open, expected) ?? (open.count <= SumSketch.mostInRanges ? sumOfRange(open) : nil)
    }

    private func sumOfAllOthers(_ open: [Int], _ expected: Bool) -> Found? {
        guard open.count > 2, let first = open.first, let last = open.last else { return nil }
        let quantity = open.reduce(0 as UInt64) { $0 &+ entries[$1].quantity }
        let amount = open.reduce(0 as UInt64) { $0 &+ entries[$1].amount }
        for place in open.reversed() where entries[place].quantity &* 2 == quantity {
            let agrees = entries[place].amount &* 2 == amount
            guard expected && agrees || isBelieved(place, bits: SumSketch.fewestBits, agrees: agrees) else { continue }
            return Found(total: place, parts: first...last, isOfAllOthers: true)
        }
        return nil
    }

    /// A run of neighbours; a run of one is the same column twice.
    private func sumOfRange(_ open: [Int]) -> Found? {
        let runs = UInt64.bitWidth - UInt64(open.count).leadingZeroBitCount
        for from in open.indices {
            var quantity: UInt64 = 0
            var amount: UInt64 = 0
            for to in from..<open.count {
                quantity &+= entries[open[to]].quantity
                amount &+= entries[open[to]].amount
                let needed = SumSketch.fewestBits + runs + (from == to ? 0 : runs)
                for (index, place) in open.enumerated() where !(from...to).contains(index) && entries[place].quantity == quantity {
                    // Of two that are the same, the right one is the copy.
                    if from == to, index < from { continue }
                    guard isBelieved(place, bits: needed, agrees: entries[place].amount == amount) else { continue }
                    return Found(total: place, parts: open[from]...open[to], isOfAllOthers: false)
                }
            }
        }
        return nil
    }

    private static let fewestBits = 5
    /// No such sum comes by chance.
    private static let manyBits = 20
    /// Rows enough, however small their figures are.
    private static let manyRows = 4

    /// Where only the pieces add up and the money does not, as where cents were rounded, more must speak for it.
    private func isBelieved(_ place: Int, bits: Int, agrees: Bool) -> Bool {
        guard entries[place].rows > 1, entries[place].quantity != 0 else { return false }
        return entries[place].bits >= (agrees ? bits : bits + 5)
            || agrees && bits == SumSketch.fewestBits && entries[place].rows >= SumSketch.manyRows
    }

    /// SplitMix64, https://prng.di.unimi.it/splitmix64.c: an odd number that the key gives.
    static func weight(_ key: UInt64) -> UInt64 {
        var mixed = key &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ mixed >> 31) | 1
    }
}
