import Synchronization

/// Counts what has happened since the daemon started. Every method may be called from any thread.
package final class Tally: Sendable {
    private struct Counts {
        var batches: [[String]: Int] = [:]
        var rows: [[String]: Int] = [:]
        var bytes: [[String]: Int] = [:]
        var failures: [[String]: Int] = [:]
        var steps: [[String]: Int] = [:]
        var overflows = 0
        var sweeps = 0
        // From a small file to the time limit of 30 minutes.
        var durations = Histogram(bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800])
    }

    private let counts = Mutex(Counts())

    package init() {}

    /// A file was read for the first time, after which its batch was in `status`.
    package func batchSettled(reseller: String, status: String, bytes: Int) {
        counts.withLock { counts in
            counts.batches[[reseller, status], default: 0].add(1)
            counts.bytes[[reseller], default: 0].add(bytes)
        }
    }

    /// A file was read to its end for the first time.
    package func rowsSettled(reseller: String, processed: Int, failed: Int, unchanged: Int) {
        counts.withLock { counts in
            counts.rows[[reseller, "processed"], default: 0].add(processed)
            counts.rows[[reseller, "failed"], default: 0].add(failed)
            counts.rows[[reseller, "unchanged"], default: 0].add(unchanged)
        }
    }

    /// A file was read, however often it had been read before.
    package func fileRead(took duration: Duration) {
        let (seconds, attoseconds) = duration.components
        counts.withLock { $0.durations.observe(Double(seconds) + Double(attoseconds) / 1e18) }
    }

    /// An operator took a step: `approve`, `import mappings`.
    package func stepped(_ step: String, times: Int = 1) {
        counts.withLock { $0.steps[[step], default: 0].add(times) }
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
            Self.counter(
                "sellout_batches_total", "Batches, each once, by reseller and by status after its first reading.", ["reseller", "status"],
                counts.batches),
            Self.counter(
                "sellout_rows_total", "Rows of batches, each once, by reseller and by outcome of the first reading.",
                ["reseller", "outcome"], counts.rows),
            Self.counter("sellout_bytes_total", "Bytes of batches' files, each once, by reseller.", ["reseller"], counts.bytes),
            Self.counter(
                "sellout_failures_total", "Failed files and errors in rows, each once, by error type.", ["error_type"], counts.failures),
            Self.counter("sellout_operator_steps_total", "What operators did while the daemon ran, by step.", ["step"], counts.steps),
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
