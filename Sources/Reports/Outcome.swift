import Sellout

/// Where a batch stands, in one sentence, for the batches of which the ledger says nothing better.
package struct Outcome: Sendable {
    package let sentence: String

    package init(_ batch: BatchRecord) {
        let counts = batch.counts
        let failed = counts.failed == 1 ? "1 row failed" : "\(counts.failed) rows failed"
        sentence =
            switch batch.state {
            case .pending: "The file has arrived and waits for its turn."
            case .processing: "The file is being read."
            case .stagingComplete:
                "\(Outcome.sales(counts.processed)) read"
                    + (counts.failed > 0 ? ", \(failed)" : "") + "; nothing is final before operations approve."
            case .approved: "Approved."
            case .completed:
                "\(Outcome.sales(counts.processed)) taken" + (counts.unchanged > 0 ? ", \(counts.unchanged) known already." : ".")
            case .partialSuccess: "\(Outcome.sales(counts.processed)) taken, \(failed) and can be corrected."
            case .failed: "The file was not taken."
            case .cancelled: "Cancelled by operations."
            }
    }

    private static func sales(_ count: Int) -> String { count == 1 ? "1 sale" : "\(count) sales" }
}
