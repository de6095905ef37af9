/// One metric with its samples, as Prometheus collects them. Names and help texts are written by this project, label values
/// may come from anywhere.
package struct MetricFamily: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    /// One line of a family: its labels in the order in which they are written, and what is measured.
    package struct Sample: Hashable, Sendable {
        package enum Value: Hashable, Sendable {
            case number(Double)
            case histogram(Histogram)
        }

        package let labels: [Label]
        package let value: Value

        package init(_ labels: [Label], _ value: Double) {
            self.labels = labels
            self.value = .number(value)
        }

        package init(_ labels: [Label], _ histogram: Histogram) {
            self.labels = labels
            value = .histogram(histogram)
        }
    }

    package struct Label: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let name: String
    package let help: String
    package let kind: Kind
    package let samples: [Sample]

    package init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}

/// How many times something took no longer than each of a few bounds.
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

    /// A value that is not finite is not counted: it would spoil the sum for good.
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
    /// Never traps: a negative amount is not counted, and a full counter stays full.
    mutating func add(_ amount: Int) {
        guard amount > 0 else { return }
        let (sum, overflow) = addingReportingOverflow(amount)
        self = overflow ? .max : sum
    }
}
