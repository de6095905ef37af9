/// One metric with its samples, as Prometheus collects them. Names and help texts are written by this project, label values
/// may come from anywhere.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    /// One line of a family: its labels in the order in which they are written, and what is measured.
    public struct Sample: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case number(Double)
            case histogram(Histogram)
        }

        public let labels: [Label]
        public let value: Value

        public init(_ labels: [Label], _ value: Double) {
            self.labels = labels
            self.value = .number(value)
        }

        public init(_ labels: [Label], _ histogram: Histogram) {
            self.labels = labels
            value = .histogram(histogram)
        }
    }

    public struct Label: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public let name: String
    public let help: String
    public let kind: Kind
    public let samples: [Sample]

    public init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}
