import Cells
import Chances

/// Files of a made-up reseller: so many pieces of each product at each store, as chance has it.
struct HonestFiles {
    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &chance) }

    mutating func isTrue(one times: Int) -> Bool { number(1...times) == 1 }

    /// As small stores sell: often nothing, mostly one piece, two or three now and then, more in a good month.
    mutating func pieces() -> Int64 {
        switch number(0...99) {
        case ..<45: 0
        case ..<75: 1
        case ..<88: 2
        case ..<94: 3
        case ..<97: 4
        default: Int64(number(5...12))
        }
    }

    /// So many pieces of each product in each column. Every product is sold somewhere.
    mutating func grid(products: Int, columns: Int) -> [[Int64]] {
        (0..<products).map { _ in
            var row = (0..<columns).map { _ in pieces() }
            if row.allSatisfy({ $0 == 0 }) { row[number(0...columns - 1)] = 1 }
            return row
        }
    }

    /// What a piece of each product costs: two products in three cost the same, as perfumes of one size do.
    mutating func prices(_ products: Int) -> [Int64] { (0..<products).map { _ in isTrue(one: 3) ? Int64(number(60...120)) : 245 } }
}

extension TestBook {
    /// A grid of stores.
    static func stores(_ grid: [[Int64]], at prices: [Int64], named: (Int) -> String = { "Store \($0)" }) -> TestBook {
        let rows = zip(grid, prices).enumerated().map { number, row in
            let (pieces, price) = row
            return cdlcRow(number + 1, pieces + [pieces.reduce(0, +)], at: price)
        }
        return cdlc(headed: grid[0].indices.map(named) + ["Total"], rows)
    }

    /// The same sales as a table, by store.
    static func rows(_ grid: [[Int64]], at prices: [Int64]) -> TestBook {
        boxnox(
            grid[0].indices.flatMap { store in
                grid.indices.filter { grid[$0][store] != 0 }.map { product in
                    let pieces = grid[product][store]
                    return boxnoxRow(.text("Store \(store)"), .ean(product + 1), .pieces(pieces), .pieces(pieces * prices[product]))
                }
            })
    }

    /// The same as months.
    static func months(_ grid: [[Int64]]) -> TestBook {
        galilu(Array(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].prefix(grid[0].count)), grid)
    }
}
