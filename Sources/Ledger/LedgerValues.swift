import Batches
import Cells
import Sellout

/// Who did something by hand, and why.
package struct Deed: Hashable, Sendable {
    package let actor: String
    package let reason: String
    package let at: Timestamp

    package init(actor: String, reason: String = "", at: Timestamp) {
        self.actor = actor
        self.reason = reason
        self.at = at
    }
}

/// Whether a try may begin.
package enum TryVerdict: Sendable {
    case go(BatchRecord)
    /// The same content from the same reseller is in the ledger already.
    case duplicate(of: BatchRecord)
    /// It has taken the process down often enough.
    case poison(BatchRecord)
    /// Somebody changed its state meanwhile.
    case notPending(BatchState)
}

/// Which batches to list.
package struct BatchFilter: Hashable, Sendable {
    package var reseller: String?
    package var state: BatchState?
    package var limit = 1000

    package init(reseller: String? = nil, state: BatchState? = nil, limit: Int = 1000) {
        self.reseller = reseller
        self.state = state
        self.limit = limit
    }
}

package struct AuditFilter: Hashable, Sendable {
    package var batch: BatchID?
    package var limit = 1000

    package init(batch: BatchID? = nil, limit: Int = 1000) {
        self.batch = batch
        self.limit = limit
    }
}

/// One line of the audit log.
package struct AuditEntry: Hashable, Sendable {
    package let at: Timestamp
    package let actor: String
    package let action: String
    package let batch: String?
    package let from: String?
    package let to: String?
    package let reason: String

    package init(at: Timestamp, actor: String, action: String, batch: String?, from: String?, to: String?, reason: String) {
        self.at = at
        self.actor = actor
        self.action = action
        self.batch = batch
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// What importing reference data changed.
package struct ReferenceChange: Hashable, Sendable {
    package let new: Int
    package let changed: Int
    package let unchanged: Int

    package init(new: Int, changed: Int, unchanged: Int) {
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
    }
}

/// A product that rows wait for.
package struct UnmappedProduct: Hashable, Sendable {
    package let reseller: String
    package let code: String
    package let name: String
    package let rows: Int
    package let batches: Int

    package init(reseller: String, code: String, name: String, rows: Int, batches: Int) {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.rows = rows
        self.batches = batches
    }
}

package struct SalesFilter: Hashable, Sendable {
    package var reseller: String?
    package var batch: BatchID?
    package var from: CivilDay?
    package var to: CivilDay?

    package init(reseller: String? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil) {
        self.reseller = reseller
        self.batch = batch
        self.from = from
        self.to = to
    }
}

/// One final sale as listings show it.
package struct SaleLine: Hashable, Sendable {
    package var batch: String
    package var sheet: String
    package var row: Int
    package var reseller: String
    package var store: String
    package var storeIsOnline: Bool
    package var ean: String
    package var productName: String
    package var date: CivilDay
    package var quantity: Int64
    package var local: Money
    package var currency: String
    package var euros: Money

    package init(
        batch: String, sheet: String, row: Int, reseller: String, store: String, storeIsOnline: Bool, ean: String, productName: String,
        date: CivilDay, quantity: Int64, local: Money, currency: String, euros: Money
    ) {
        self.batch = batch
        self.sheet = sheet
        self.row = row
        self.reseller = reseller
        self.store = store
        self.storeIsOnline = storeIsOnline
        self.ean = ean
        self.productName = productName
        self.date = date
        self.quantity = quantity
        self.local = local
        self.currency = currency
        self.euros = euros
    }
}
