/// How often something took how long.
package struct Histogram: Hashable, Sendable {
    /// Upper bounds, rising; what is above the last is counted in `count` alone.
    package let bounds: [Double]
    /// Per bound, not yet added up.
    private var counts: [Int]
    package private(set) var count = 0
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = Array(Set(bounds.filter(\.isFinite))).sorted()
        counts = Array(repeating: 0, count: self.bounds.count)
    }

    /// What is no finite number is not counted: it would spoil the sum for good.
    package mutating func observe(_ value: Double) {
        guard value.isFinite else { return }
        if let bucket = bounds.firstIndex(where: { value <= $0 }) { counts[bucket].add(1) }
        count.add(1)
        sum += value
    }

    /// Per bound, everything up to and including it.
    package var cumulative: [(bound: Double, count: Int)] {
        var total = 0
        return zip(bounds, counts).map { bound, count in
            total.add(count)
            return (bound, total)
        }
    }
}

extension Int {
    /// Counts on and never traps: negative amounts are not counted, and at the top it stays.
    mutating func add(_ amount: Int) {
        guard amount > 0 else { return }
        let (sum, overflow) = addingReportingOverflow(amount)
        self = overflow ? .max : sum
    }
}
