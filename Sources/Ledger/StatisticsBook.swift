import Batches
import Sellout

/// Sums over many batches and sales.
package protocol StatisticsBook: Sendable {
    /// Of the batches that came then or later, those left out that were deleted.
    func statistics(since: Timestamp) throws(LedgerFault) -> UploadStatistics
}

/// What came in a period, and what became of it.
package struct UploadStatistics: Hashable, Sendable {
    package struct Uploads: Hashable, Sendable {
        package let reseller: String
        package let batches: Int

        package init(reseller: String, batches: Int) {
            self.reseller = reseller
            self.batches = batches
        }
    }

    /// So many resellers and so many batches are listed at most.
    package static let listed = 10

    package let since: Timestamp
    package var states: [BatchState: Int] = [:]
    /// Rows that can be sales, those among them that the books had already.
    package var validRows = 0
    package var invalidRows = 0
    /// Sales that the batches have booked.
    package var booked = 0
    /// Who sent most, the most first.
    package var busiest: [Uploads] = []
    /// Newest first.
    package var recent: [Batch] = []

    package init(since: Timestamp) { self.since = since }
}
