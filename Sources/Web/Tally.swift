import Synchronization

/// Counts what has happened since the daemon started. Every method may be called from any thread.
package final class Tally: Sendable {
    private struct Counts {
        var batches: [[String]: Int] = [:]
        var rows: [[String]: Int] = [:]
        var bytes: [[String]: Int] = [:]
        var failures: [[String]: Int] = [:]
        var overflows = 0
        var sweeps = 0
        // From a small file to the time limit of 30 minutes.
        var durations = Histogram(bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800])
    }

    private let counts = Mutex(Counts())

    package init() {}

    /// A batch has come to the end of its processing, in `status`.
    package func batchSettled(reseller: String, status: String, rowsProcessed: Int, rowsFailed: Int, bytes: Int, took duration: Duration) {
        let (seconds, attoseconds) = duration.components
        counts.withLock { counts in
            counts.batches[[reseller, status], default: 0].add(1)
            counts.rows[[reseller, "processed"], default: 0].add(rowsProcessed)
            counts.rows[[reseller, "failed"], default: 0].add(rowsFailed)
            counts.bytes[[reseller], default: 0].add(bytes)
            counts.durations.observe(Double(seconds) + Double(attoseconds) / 1e18)
        }
    }

    /// A file or rows of it failed with an error type of the design.
    package func failed(_ errorType: String, times: Int = 1) {
        counts.withLock { $0.failures[[errorType], default: 0].add(times) }
    }

    package func watcherOverflowed() { counts.withLock { $0.overflows.add(1) } }

    package func swept() { counts.withLock { $0.sweeps.add(1) } }

    package func families() -> [MetricFamily] {
        let counts = counts.withLock { $0 }
        return [
            Self.counter("sellout_batches_total", "Batches settled, by reseller and status.", ["reseller", "status"], counts.batches),
            Self.counter("sellout_rows_total", "Rows of settled batches, by reseller and outcome.", ["reseller", "outcome"], counts.rows),
            Self.counter("sellout_bytes_total", "Bytes of settled batches' files, by reseller.", ["reseller"], counts.bytes),
            Self.counter("sellout_failures_total", "Failed files and rows, by error type.", ["error_type"], counts.failures),
            Self.counter("sellout_watcher_overflows_total", "Times the kernel dropped watch events.", [], [[]: counts.overflows]),
            Self.counter("sellout_sweeps_total", "Times the folders were made to agree with the ledger.", [], [[]: counts.sweeps]),
            MetricFamily(
                "sellout_batch_duration_seconds", .histogram, help: "Time from the start of a batch's processing until it was settled.",
                samples: [.init([], counts.durations)]),
        ]
    }

    private static func counter(_ name: String, _ help: String, _ labels: [String], _ counts: [[String]: Int]) -> MetricFamily {
        let samples = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { values, count in
            MetricFamily.Sample(zip(labels, values).map { MetricFamily.Label($0, $1) }, Double(count))
        }
        return MetricFamily(name, .counter, help: help, samples: samples)
    }
}
