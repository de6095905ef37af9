import Ledger
import Reports
import Sellout

/// The operators' steps. The ledger asks the state machine again inside its transaction; what is asked here beforehand only
/// makes the better sentence.
extension OperatorDesk {
    /// `all`: a replacing file takes the place of everything of the reseller's, not only of the months that it names.
    /// `force`: whatever it waits for, and whatever its report said before.
    package func approve(_ given: String, all: Bool = false, force: Bool = false, reason: String = "") throws(Refused) -> Report {
        let batch = try batch(given)
        guard batch.state.may(become: .approved) else { throw forbidden(batch, "approved") }
        guard let terms = terms[batch.reseller] else {
            throw Refused(.wrong, "There is no profile of reseller \(batch.reseller), so its sales cannot be approved.")
        }
        let deed = try limited(reason, isForced: force)
        return try step(batch, "approved") { () throws(LedgerFault) in try ledger.approve(batch.id, terms: terms, all: all, by: deed) }
    }

    /// From the beginning: its rows are read again.
    package func retry(_ given: String, reason: String = "") throws(Refused) -> Report {
        let batch = try batch(given)
        // A file that is being read becomes pending only by the daemon's own hand.
        guard batch.state.may(become: .pending), batch.state != .processing else { throw forbidden(batch, "retried") }
        let deed = deed(reason)
        return try step(batch, "retried") { () throws(LedgerFault) in try ledger.retry(batch.id, by: deed) }
    }

    package func cancel(_ given: String, force: Bool = false, reason: String = "") throws(Refused) -> Report {
        let batch = try batch(given)
        guard batch.state.mayBeCancelled else {
            throw forbidden(batch, "cancelled", advice: batch.state.mayBeUndone ? " To take its sales back, undo it." : "")
        }
        let deed = try limited(reason, isForced: force)
        return try step(batch, "cancelled") { () throws(LedgerFault) in try ledger.cancel(batch.id, by: deed) }
    }

    /// Takes back what the batch did. A batch whose record was deleted can be undone too, since its sales stand.
    package func undo(_ given: String, cascade: Bool = false, reason: String = "") throws(Refused) -> Undone {
        let batch = try batchEvenDeleted(given)
        guard batch.state.mayBeUndone else {
            throw forbidden(
                batch, "undone", advice: batch.state.mayBeCancelled ? " None of its sales are in the books yet: cancel it." : "")
        }
        let deed = deed(reason)
        return try ask { () throws(LedgerFault) in try ledger.undo(batch.id, cascade: cascade, by: deed) }
    }

    /// Who would have to be undone with it, the one that was booked last first.
    package func dependents(of given: String) throws(Refused) -> [Report] {
        let batch = try batchEvenDeleted(given)
        return try ask { () throws(LedgerFault) in try ledger.dependents(of: batch.id) }.map(summary)
    }

    /// Takes the batch's record out of all listings; its sales stay in the books. The audit log keeps who and why.
    package func delete(_ given: String, reason: String) throws(Refused) -> Report {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw Refused(.wrong, "Deleting a batch needs a reason.") }
        let batch = try batch(given)
        guard batch.state.mayBeDeleted else {
            throw forbidden(batch, "deleted", advice: batch.state.mayBeCancelled ? " Cancel it first." : "")
        }
        let deed = deed(reason)
        return try step(batch, "deleted") { () throws(LedgerFault) in try ledger.delete(batch.id, by: deed) }
    }

    private func step(
        _ batch: Batch, _ done: String, _ take: () throws(LedgerFault) -> Batch
    ) throws(Refused) -> Report {
        do {
            return summary(try take())
        } catch {
            guard case .forbidden(let step) = error else { throw Refused(error) }
            var now = batch
            now.state = step.from
            throw forbidden(now, done)
        }
    }

    private func forbidden(_ batch: Batch, _ done: String, advice: String = "") -> Refused {
        Refused(.forbidden, "Batch \(batch.id.short) (\(batch.filename)) is \(batch.state.rawValue) and cannot be \(done).\(advice)")
    }
}
