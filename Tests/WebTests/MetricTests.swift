import Testing
import Web

@Suite struct MetricTests {
    @Test func `labels and help are escaped so that no value ends its line`() {
        let family = MetricFamily("x", .gauge, help: "a\\b\nc \"d\"", samples: [.init([.init("l", "q\"\\\r\nx 1")], 2.5)])
        #expect(PrometheusText.render([family]) == "# HELP x a\\\\b\\nc \"d\"\n# TYPE x gauge\nx{l=\"q\\\"\\\\\r\\nx 1\"} 2.5\n")
    }

    @Test(arguments: [
        (1.0, "1"), (-0.5, "-0.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (9_007_199_254_740_991, "9007199254740991"),
    ])
    func `numbers are written as Prometheus reads them`(number: Double, written: String) {
        #expect(PrometheusText.render([MetricFamily("x", .gauge, help: "", samples: [.init([], number)])]).hasSuffix("\nx \(written)\n"))
    }

    @Test func `a histogram adds its buckets up, takes a bound into its bucket and ignores what is no number`() {
        var histogram = Histogram(bounds: [10, 1, 1, .infinity])
        for value in [0.5, 1, 5, 100, Double.nan, .infinity] { histogram.observe(value) }
        #expect(histogram.cumulative.map(\.bound) == [1, 10])
        #expect(histogram.cumulative.map(\.count) == [2, 3])
        #expect(histogram.count == 4)
        #expect(histogram.sum == 106.5)
    }

    @Test func `counts stay at the top and never go back`() {
        let tally = Tally()
        tally.failed("X", times: .max)
        tally.failed("X", times: .max)
        tally.failed("Y", times: 3)
        tally.failed("Y", times: -5)
        let failures = tally.families().first { $0.name == "sellout_failures_total" }
        #expect(failures?.samples.map(\.value) == [.number(Double(Int.max)), .number(3)])
    }
}
