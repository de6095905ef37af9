import Batches
import Sellout

/// Failures, and what operators do to a batch.
extension SQLiteLedger {
    package func fail(_ id: BatchID, _ refusal: FileRefusal, findings: Findings?, at: Timestamp) throws(LedgerFault) -> BatchRecord {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batches.move(&batch, to: .failed, "fail", by: .daemon(refusal.type.rawValue, at: at))
            try dropRows(batch, connection)
            batch.forgetFindings()
            if let findings { batch.take(findings) }
            batch.record.refusal = refusal
            batch.record.message = refusal.message
            batch.record.endedAt = at
            batch.record.revision += 1
            try batches.save(batch)
            return batch.record
        }
    }

    package func retry(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> BatchRecord {
        try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            // `processing` may become `pending` too, but that is the daemon's step, not an operator's.
            if batch.record.state == .processing {
                throw LedgerFault.refused("The batch is processing; cancel it first, or wait for its report.")
            }
            batch.record.attempts = 0
            batch.record.crashes = 0
            // The original lies in the archive, and comes back from there.
            batch.record.isArchived = false
            try startAgain(&batch, "retry", by: deed, connection)
            return batch.record
        }
    }

    package func cancel(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> BatchRecord {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batches.move(&batch, to: .cancelled, "cancel", by: deed)
            try dropRows(batch, connection)
            batch.forgetFindings()
            batch.record.message = "Cancelled by \(deed.actor)\(deed.reason.isEmpty ? "" : ": \(deed.reason)")."
            batch.record.endedAt = deed.at
            batch.record.revision += 1
            try batches.save(batch)
            return batch.record
        }
    }

    package func delete(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> BatchRecord {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            let batch = try batches.get(id)
            guard batch.record.state.mayBeDeleted else {
                throw LedgerFault.refused("The batch is \(batch.record.state.rawValue) and cannot be deleted; cancel it first.")
            }
            let final = FinalTable(connection: connection)
            let (rows, totals) = try final.sums(batch.rows)
            let sums =
                "\(rows) sales of \(batch.record.reseller) from \(batch.record.filename): quantity \(totals.quantity), "
                + "\(totals.local) \(batch.record.currency ?? ""), \(totals.euros) EUR"
            _ = try final.remove(batch.rows)
            try dropRows(batch, connection)
            try batches.remove(batch)
            let reason = deed.reason.isEmpty ? sums : "\(deed.reason) (\(sums))"
            try AuditTable(connection: connection).enter(
                Deed(actor: deed.actor, reason: reason, at: deed.at), "delete", batch: id, from: batch.record.state)
            return batch.record
        }
    }

    package func notePublished(_ id: BatchID, revision: Int) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            _ = try connection.run(
                "UPDATE upload_batches SET published_revision = max(published_revision, ?) WHERE batch_id = ?", revision, id.text)
        }
    }

    package func noteArchived(_ id: BatchID) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            guard let batch = try BatchTable(connection: connection).find(id), batch.record.state.isOver else { return }
            try connection.run("UPDATE upload_batches SET is_archived = 1 WHERE id = ?", batch.number)
            // What the views need of a batch, its sheets, products, stores and rates, stays.
            if batch.record.state == .completed { try StagingTable(connection: connection).drop(batch.rows) }
        }
    }
}
