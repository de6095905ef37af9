import Pipeline
import Sellout
import Web

/// What happens to files and batches, as numbers.
extension Tally {
    /// A file was read.
    func answered(_ batch: Batch, _ uncounted: Uncounted, took: Duration) {
        fileRead(took: took)
        if uncounted.isBatch {
            batchSettled(reseller: batch.reseller, status: batch.state.rawValue, bytes: Int(clamping: batch.sizeBytes))
            if let refusal = batch.refusal { failed(refusal.type.rawValue) }
        }
        if let rows = uncounted.rows {
            rowsSettled(reseller: batch.reseller, processed: rows.processed, failed: rows.failed, unchanged: rows.unchanged)
        }
        for (type, count) in uncounted.errors { failed(type, times: count) }
    }

    func operatorsDid(_ steps: [String: Int]) {
        for (step, times) in steps { stepped(step, times: times) }
    }
}
