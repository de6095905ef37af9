extension BooksModel {
    /// What a row means: where and what was sold, for how much.
    struct Meaning: Hashable {
        var store: Int
        var ean: Int
        var local: Int64
        var euros: Int64
    }

    /// What is one sale in all files. Rows of one key are told apart by their figures only.
    struct Key: Hashable {
        var store: Int
        var ean: Int
        var day: Int
        var order: Int?
    }

    /// Mappings, merged stores, prices and rates as of today.
    struct Reference {
        private var eans: [[Int]: Int] = [:]
        private var mergedInto: [[Int]: Int] = [:]
        private var prices: [Int: [Int: Int64]] = [:]
        private var rates: [Int: Int64] = [-400: 8600]
        private let broken: Set<Rule>

        init(broken: Set<Rule>) { self.broken = broken }

        mutating func map(reseller: Int, code: Int, ean: Int) { eans[[reseller, code]] = ean }
        mutating func price(ean: Int, day: Int, price: Int64) { prices[ean, default: [:]][day] = price }
        mutating func rate(day: Int, perEuro: Int64) { rates[day] = perEuro }

        mutating func merge(reseller: Int, store: Int, into other: Int) -> Bool {
            if self.store(reseller: reseller, written: other, passing: store) == nil, !broken.contains(.circlesAreRefused) { return false }
            mergedInto[[reseller, store]] = other
            return true
        }

        func ean(reseller: Int, code: Int) -> Int? { eans[[reseller, code]] }

        func store(reseller: Int, written: Int) -> Int { store(reseller: reseller, written: written, passing: nil) ?? written }

        /// Nil where the way goes through `forbidden`.
        private func store(reseller: Int, written: Int, passing forbidden: Int?) -> Int? {
            var store = written
            var steps = 0
            while store != forbidden, let next = mergedInto[[reseller, store]], steps < 10 {
                store = next
                steps += 1
                if broken.contains(.mergesAreFollowed) { break }
            }
            return store == forbidden ? nil : store
        }

        func key(of row: FileRow, reseller: Int) -> Key? {
            guard let ean = ean(reseller: reseller, code: row.code) else { return nil }
            let order = broken.contains(.ordersAreInTheKey) ? nil : row.order
            return Key(store: store(reseller: reseller, written: row.store), ean: ean, day: row.day, order: order)
        }

        /// Nil where the row waits for its product or its price.
        func meaning(of row: FileRow, reseller: Reseller) -> Meaning? {
            guard let ean = ean(reseller: reseller.number, code: row.code) else { return nil }
            let listed = price(of: ean, day: row.day).map { $0 * row.quantity }
            guard let local = row.amount ?? listed, let euros = euros(local, of: reseller, day: row.day) else { return nil }
            return Meaning(store: store(reseller: reseller.number, written: row.store), ean: ean, local: local, euros: euros)
        }

        private func price(of ean: Int, day: Int) -> Int64? {
            let held = prices[ean, default: [:]].filter { $0.key <= day || broken.contains(.pricesHoldFromTheirDayOn) }
            return held.max { $0.key < $1.key }?.value
        }

        /// To the cent.
        private func euros(_ local: Int64, of reseller: Reseller, day: Int) -> Int64? {
            let held = rates.filter { $0.key <= day || broken.contains(.ratesHoldFromTheirDayOn) }
            guard let rate = reseller.paysPounds ? held.max(by: { $0.key < $1.key })?.value : 10_000 else { return nil }
            let (cents, rest) = (abs(local) * 100).quotientAndRemainder(dividingBy: rate)
            let halfGoesUp = cents % 2 == 1 || !broken.contains(.halvesGoAwayFromZero)
            let goesUp = rest * 2 > rate || rest * 2 == rate && halfGoesUp
            return (goesUp && !broken.contains(.eurosAreRounded) ? cents + 1 : cents) * 100 * local.signum()
        }
    }

    struct Reseller {
        enum Policy { case clean, partial, manual }

        let number: Int
        let paysPounds: Bool
        let isLiving: Bool
        let policy: Policy

        static let all = [
            Reseller(number: 0, paysPounds: false, isLiving: false, policy: .clean),
            Reseller(number: 1, paysPounds: true, isLiving: true, policy: .partial),
            Reseller(number: 2, paysPounds: false, isLiving: false, policy: .manual),
            Reseller(number: 3, paysPounds: false, isLiving: true, policy: .clean),
        ]
    }

    /// Months are counted from January 2025 on.
    static func month(of day: Int) -> Int {
        var month = 0
        var rest = day
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while true {
            let isLeap = (2025 + month / 12) % 4 == 0
            let length = month % 12 == 1 && isLeap ? 29 : lengths[month % 12]
            guard rest >= length else { break }
            rest -= length
            month += 1
        }
        return month
    }
}
