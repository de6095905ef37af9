/// Prometheus' text exposition format, version 0.0.4.
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package static func render(_ families: [MetricFamily]) -> String {
        families.map(render).joined()
    }

    private static func render(_ family: MetricFamily) -> String {
        var text = "# HELP \(family.name) \(escaped(family.help, quote: false))\n# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            switch sample.value {
            case .number(let number): text += line(family.name, sample.labels, number)
            case .histogram(let histogram): text += render(histogram, family.name, sample.labels)
            }
        }
        return text
    }

    private static func render(_ histogram: Histogram, _ name: String, _ labels: [MetricFamily.Label]) -> String {
        var text = ""
        for (bound, count) in histogram.cumulative {
            text += line(name + "_bucket", labels + [.init("le", written(bound))], Double(count))
        }
        text += line(name + "_bucket", labels + [.init("le", "+Inf")], Double(histogram.count))
        text += line(name + "_sum", labels, histogram.sum)
        return text + line(name + "_count", labels, Double(histogram.count))
    }

    private static func line(_ name: String, _ labels: [MetricFamily.Label], _ value: Double) -> String {
        let pairs = labels.map { "\($0.name)=\"\(escaped($0.value, quote: true))\"" }.joined(separator: ",")
        return pairs.isEmpty ? "\(name) \(written(value))\n" : "\(name){\(pairs)} \(written(value))\n"
    }

    private static func written(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        // 1 and not 1.0, as long as an integer says it exactly.
        if abs(value) < 9_007_199_254_740_992, let whole = Int64(exactly: value) { return String(whole) }
        return value.description
    }

    /// The format knows three escapes; other control characters stand in it as they are.
    private static func escaped(_ text: String, quote: Bool) -> String {
        var out = ""
        // By scalar: CR LF is one Character, and the LF in it must not get through.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quote: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
