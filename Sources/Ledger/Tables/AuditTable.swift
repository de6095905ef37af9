import Batches
import Foundation
import Sellout

/// Who did what, when and why: one line for every change of a batch's state and of reference data.
struct AuditTable {
    let connection: Connection

    func enter(_ deed: Deed, _ action: String, batch: BatchID? = nil, from: BatchState? = nil, to: BatchState? = nil) throws(LedgerFault) {
        try connection.run(
            "INSERT INTO audit_log (at, actor, action, batch_id, from_status, to_status, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            deed.at, deed.actor, action, batch?.text, from?.rawValue, to?.rawValue, deed.reason)
    }

    /// Newest first.
    func lines(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry] {
        try connection.all(
            """
            SELECT at, actor, action, batch_id, from_status, to_status, reason FROM audit_log
            WHERE ?1 IS NULL OR batch_id = ?1 ORDER BY id DESC LIMIT ?2
            """, filter.batch?.text, filter.limit
        ) { line throws(LedgerFault) in
            AuditEntry(
                at: Timestamp(milliseconds: line.int64(0)), actor: line.text(1), action: line.text(2), batch: line.optionalText(3),
                from: line.optionalText(4), to: line.optionalText(5), reason: line.text(6))
        }
    }
}

extension Deed {
    /// What the daemon does by itself.
    static func daemon(_ reason: String, at: Timestamp) -> Deed { Deed(actor: "selloutd", reason: reason, at: at) }
}

extension Timestamp {
    static var thisMoment: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
