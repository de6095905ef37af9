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
