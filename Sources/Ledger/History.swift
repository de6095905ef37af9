import Batches
import Cells
import Sellout

/// Of which sales the history is asked.
package struct HistoryFilter: Hashable, Sendable {
    package var reseller: String?
    /// By its code, its name, or as a file writes it.
    package var store: String?
    package var ean: EAN?
    package var batch: BatchID?
    package var from: CivilDay?
    package var to: CivilDay?
    package var limit: Int

    package init(
        reseller: String? = nil, store: String? = nil, ean: EAN? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil,
        limit: Int = 10_000
    ) {
        self.reseller = reseller
        self.store = store
        self.ean = ean
        self.batch = batch
        self.from = from
        self.to = to
        self.limit = limit
    }
}

/// One thing that happened to a sale.
package struct HistoryLine: Hashable, Sendable {
    package enum Event: String, Sendable { case booked, withdrawn, returned }

    package let event: Event
    package let at: Timestamp
    package let actor: String
    /// What was done: `approve`, `undo`, `rebook`, and whose batch that was about.
    package let action: String
    package let byBatch: String?
    package let reason: String
    package let sale: SaleLine
}
