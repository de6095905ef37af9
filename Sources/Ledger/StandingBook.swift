import Batches
import Cells
import Sellout

/// What the status and the counters ask.
package protocol StandingBook: Sendable {
    /// The files that came since then and were neither refused nor cancelled, by reseller.
    func arrivals(since day: CivilDay) throws(LedgerFault) -> [String: [Arrival]]

    /// What operators have done by hand after that line of the audit log, whichever program they used.
    func deeds(after line: Int64) throws(LedgerFault) -> DeedsDone

    /// How often a batch's file was read, by how it ended.
    func readings(of id: BatchID) throws(LedgerFault) -> Readings
}

/// Operators' steps, counted.
package struct DeedsDone: Hashable, Sendable {
    /// By what was done: `approve`, `import mappings`.
    package var counts: [String: Int] = [:]
    /// The last line of the audit log at that moment.
    package let lastLine: Int64

    package init(_ counts: [String: Int] = [:], lastLine: Int64) {
        self.counts = counts
        self.lastLine = lastLine
    }
}

/// How often a file was read: to its end, and in vain.
package struct Readings: Hashable, Sendable {
    package let settled: Int
    package let failed: Int

    package init(settled: Int, failed: Int) {
        self.settled = settled
        self.failed = failed
    }
}
