import Batches
import Sellout

/// A claimed file that waits for its turn.
package struct QueuedFile: Hashable, Sendable {
    package let batch: BatchID
    package let reseller: String
    package let fileName: String
    package let isReplace: Bool
    /// It was being read when the process died by its own fault, or died again and again from outside: it runs alone, so that
    /// the next death is surely its own, and so that it comes to its end before that.
    package let isSuspect: Bool

    /// After so many tries that came to no end.
    private static let suspicious = 4

    package init(batch: BatchID, reseller: String, fileName: String, isReplace: Bool = false, isSuspect: Bool = false) {
        self.batch = batch
        self.reseller = reseller
        self.fileName = fileName
        self.isReplace = isReplace
        self.isSuspect = isSuspect
    }

    init(_ batch: BatchRecord) {
        self.init(
            batch: batch.id, reseller: batch.reseller, fileName: batch.filename, isReplace: batch.mode == .replace,
            isSuspect: batch.crashes > 0 || batch.attempts >= QueuedFile.suspicious)
    }
}
