import Batches
import Sellout

/// Who did something by hand, and why.
package struct Deed: Hashable, Sendable {
    package let actor: String
    package let reason: String
    package let at: Timestamp
    /// Whatever the batch waits for. The report of the batch then says who and why.
    package let isForced: Bool

    package init(actor: String, reason: String = "", at: Timestamp, isForced: Bool = false) {
        self.actor = actor
        self.reason = reason
        self.at = at
        self.isForced = isForced
    }

    /// Nil where it is an ordinary one.
    func forcing(_ kind: ForcedStep.Kind) -> ForcedStep? {
        isForced ? ForcedStep(kind, by: actor, reason: reason, at: at) : nil
    }

    fileprivate var told: String { isForced ? "by force\(reason.isEmpty ? "" : ": \(reason)")" : reason }

    /// What the daemon does by itself.
    static func daemon(_ reason: String, at: Timestamp) -> Deed { Deed(actor: daemonsName, reason: reason, at: at) }

    static let daemonsName = "selloutd"
}

package struct AuditFilter: Hashable, Sendable {
    package var batch: BatchID?
    /// Lines on this reseller and on its batches, those left out that were deleted.
    package var reseller: String?
    /// Lines on steps into this state.
    package var state: BatchState?
    package var since: Timestamp?
    package var limit = 1000
    package var offset = 0

    package init(
        batch: BatchID? = nil, reseller: String? = nil, state: BatchState? = nil, since: Timestamp? = nil, limit: Int = 1000,
        offset: Int = 0
    ) {
        self.batch = batch
        self.reseller = reseller
        self.state = state
        self.since = since
        self.limit = limit
        self.offset = offset
    }
}

/// One line of the audit log.
package struct AuditEntry: Hashable, Sendable {
    package let at: Timestamp
    package let actor: String
    package let action: String
    package let batch: String?
    /// Whom it concerns, where it concerns no batch.
    package let reseller: String?
    package let from: String?
    package let to: String?
    package let reason: String

    package init(
        at: Timestamp, actor: String, action: String, batch: String?, reseller: String? = nil, from: String?, to: String?, reason: String
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.batch = batch
        self.reseller = reseller
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// `audit_log`: who did what, when and why, one line for every change of a batch's state, of a reseller and of
/// reference data.
struct AuditLog {
    static let table: StaticString = "audit_log"
    static let at = Column<Timestamp>(table, "at")
    static let actor = Column<String>(table, "actor")
    static let action = Column<String>(table, "action")
    static let batch = Column<String?>(table, "batch_id")
    static let reseller = Column<String?>(table, "reseller")
    static let from = Column<String?>(table, "from_status")
    static let to = Column<String?>(table, "to_status")
    static let reason = Column<String>(table, "reason")
    static let all = ColumnList(at, actor, action, batch, reseller, from, to, reason)

    let connection: Connection

    /// What makes a batch's valid rows sales.
    static let booking = "approve"

    /// The number of the line, by which the journal of sales names it.
    @discardableResult
    func enter(
        _ deed: Deed, _ action: String, batch: BatchID? = nil, reseller: String? = nil, from: BatchState? = nil, to: BatchState? = nil
    ) throws(LedgerFault) -> Int64 {
        try connection.insert(
            Self.at(deed.at), Self.actor(deed.actor), Self.action(action), Self.batch(batch?.text), Self.reseller(reseller),
            Self.from(from?.rawValue), Self.to(to?.rawValue), Self.reason(deed.told))
        return connection.lastID
    }

    /// The last line of that moment or before.
    func last(at moment: Timestamp) throws(LedgerFault) -> Int64 {
        Int64(try connection.count("SELECT coalesce(max(id), 0) FROM audit_log WHERE at <= ?", moment))
    }

    /// Whether anything is known of a batch, be it in the ledger still or not.
    func names(_ batch: BatchID) throws(LedgerFault) -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM audit_log WHERE batch_id = ?)", batch) > 0
    }

    /// Newest first.
    func lines(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry] {
        var conditions = Conditions()
        conditions.add("batch_id = ?", filter.batch)
        conditions.add(
            "(batch_id IN (SELECT batch_id FROM upload_batches WHERE reseller = ?) OR reseller = ?)",
            filter.reseller.map { Several([$0, $0]) })
        conditions.add("to_status = ?", filter.state)
        conditions.add("at >= ?", filter.since)
        return try connection.all(
            Self.all, from: "audit_log\(conditions.sql) ORDER BY id DESC LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset
        ) { line throws(LedgerFault) in
            AuditEntry(
                at: try line[Self.at], actor: try line[Self.actor], action: try line[Self.action], batch: try line[Self.batch],
                reseller: try line[Self.reseller], from: try line[Self.from], to: try line[Self.to], reason: try line[Self.reason])
        }
    }
}
