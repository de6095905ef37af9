import Batches
import Sellout

/// Sums over many batches and sales.
package protocol StatisticsBook: Sendable {
    /// Of the batches that came then or later, those left out that were deleted.
    func statistics(since: Timestamp) throws(LedgerFault) -> UploadStatistics

    /// What the books hold of each reseller in each month from that one on, by reseller and month. Costs much once, and then what has
    /// changed since it was asked last.
    func salesByMonth(from first: Month, of resellers: Set<String>?) throws(LedgerFault) -> [MonthlySales]
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

/// What a reseller's current sales of one month come to.
package struct MonthlySales: Hashable, Sendable {
    package let reseller: String
    package let month: Month
    package let sales: Int
    package let quantity: Int64
    package let euros: Money

    package init(reseller: String, month: Month, sales: Int, quantity: Int64, euros: Money) {
        self.reseller = reseller
        self.month = month
        self.sales = sales
        self.quantity = quantity
        self.euros = euros
    }
}
