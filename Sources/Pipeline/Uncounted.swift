import Batches
import Ledger
import Sellout

/// What of a file's reading no counter has seen yet. A batch and its bytes count once in its life, and so do its rows and their
/// errors: not again when its report is renewed, when an operator has it read once more, or after a restart.
package struct Uncounted: Hashable, Sendable {
    /// Whether the batch itself and its bytes are to be counted.
    package var isBatch = false
    /// The rows of the first reading that came to its end.
    package var rows: RowCounts?
    /// Errors in those rows, by type.
    package var errors: [String: Int] = [:]

    /// `batch` as the reading left it. Where the ledger does not answer, nothing is counted: rather too little than twice.
    init(_ batch: Batch, in ledger: any Bookkeeping) {
        do throws(LedgerFault) {
            let before = try Uncounted.earlierReadings(batch, in: ledger)
            isBatch = before.settled + before.failed == 0
            guard batch.state != .failed, before.settled == 0 else { return }
            if batch.counts.failed > 0, let account = try ledger.account(of: [batch.id], errors: 0, sums: false).first {
                errors = Dictionary(account.errorCounts.map { ($0.type, $0.count) }, uniquingKeysWith: +)
            }
            rows = batch.counts
        } catch {
            self = Uncounted()
        }
    }

    private init() {}

    /// Without this one. The ledger is asked only where the report is not the batch's first: else there was none.
    private static func earlierReadings(_ batch: Batch, in ledger: any Bookkeeping) throws(LedgerFault) -> Readings {
        guard batch.revision > 1 else { return Readings(settled: 0, failed: 0) }
        let all = try ledger.readings(of: batch.id)
        return batch.state == .failed
            ? Readings(settled: all.settled, failed: max(all.failed - 1, 0))
            : Readings(settled: max(all.settled - 1, 0), failed: all.failed)
    }
}
