import Cells
import Sellout

/// Who did something by hand, and why.
public struct Deed: Hashable, Sendable {
    public let actor: String
    public let reason: String
    public let at: Timestamp

    public init(actor: String, reason: String = "", at: Timestamp) {
        self.actor = actor
        self.reason = reason
        self.at = at
    }
}

/// Whether a try may begin.
public enum TryVerdict: Sendable {
    case go(BatchRecord)
    /// The same content from the same reseller is in the ledger already.
    case duplicate(of: BatchRecord)
    /// It has taken the process down often enough.
    case poison(BatchRecord)
    /// Somebody changed its state meanwhile.
    case notPending(BatchState)
}

/// Which batches to list.
public struct BatchFilter: Hashable, Sendable {
    public var reseller: String?
    public var state: BatchState?
    public var limit = 1000

    public init(reseller: String? = nil, state: BatchState? = nil, limit: Int = 1000) {
        self.reseller = reseller
        self.state = state
        self.limit = limit
    }
}

public struct AuditFilter: Hashable, Sendable {
    public var batch: BatchID?
    public var limit = 1000

    public init(batch: BatchID? = nil, limit: Int = 1000) {
        self.batch = batch
        self.limit = limit
    }
}

/// One line of the audit log.
public struct AuditEntry: Hashable, Sendable {
    public let at: Timestamp
    public let actor: String
    public let action: String
    public let batch: String?
    public let from: String?
    public let to: String?
    public let reason: String

    public init(at: Timestamp, actor: String, action: String, batch: String?, from: String?, to: String?, reason: String) {
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
public struct ReferenceChange: Hashable, Sendable {
    public let new: Int
    public let changed: Int
    public let unchanged: Int

    public init(new: Int, changed: Int, unchanged: Int) {
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
    }
}

/// A product that rows wait for.
public struct UnmappedProduct: Hashable, Sendable {
    public let reseller: String
    public let code: String
    public let name: String
    public let rows: Int
    public let batches: Int

    public init(reseller: String, code: String, name: String, rows: Int, batches: Int) {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.rows = rows
        self.batches = batches
    }
}

public struct SalesFilter: Hashable, Sendable {
    public var reseller: String?
    public var batch: BatchID?
    public var from: CivilDay?
    public var to: CivilDay?

    public init(reseller: String? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil) {
        self.reseller = reseller
        self.batch = batch
        self.from = from
        self.to = to
    }
}

/// One final sale as listings show it.
public struct SaleLine: Hashable, Sendable {
    public var batch: String
    public var sheet: String
    public var row: Int
    public var reseller: String
    public var store: String
    public var storeIsOnline: Bool
    public var ean: String
    public var productName: String
    public var date: CivilDay
    public var quantity: Int64
    public var local: Money
    public var currency: String
    public var euros: Money

    public init(
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
