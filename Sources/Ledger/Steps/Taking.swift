import Sellout

/// Books a batch's valid rows, in the caller's transaction: `approved`, what gives way withdrawn, and on to where the batch ends.
struct Taking {
    let connection: Connection
    let deed: Deed
    let currency: String

    /// `replaced`: the current sales whose place restated rows take.
    func take(_ batch: inout BatchRow, replaced: [Int64]) throws(LedgerFault) {
        let batches = BatchTable(connection: connection)
        let replaces = batch.record.mode.replaces && !batch.isBooked
        let entry = try batches.move(&batch, to: .approved, AuditLog.booking, by: deed)
        let journal = Journal(connection: connection)
        try journal.withdraw(replaced, by: entry)
        let went = replaces ? try Replacing(connection: connection, batch: batch).carryOut(by: entry) : 0
        try journal.book(&batch, by: entry, currency: currency)
        try CountedOn(connection: connection).book(batch, by: entry)
        let restated = try RestatedTable(connection: connection).markTaken(batch)
        if restated > 0 {
            try note(batch, "restate", "\(restated) figures restated: \(replaced.count) earlier sales gave way. See restated_sales.")
        }
        if replaces, let came = batch.record.replacement?.came {
            batch.record.replacement?.isTaken = true
            try note(batch, batch.record.mode.rawValue, "\(went) sales went, \(came) came.")
        }
        try batches.move(&batch, to: batch.record.counts.failed == 0 ? .completed : .partialSuccess, "complete", by: deed)
        if batch.record.state == .completed, batch.record.isArchived { try SaleTable(connection: connection).dropUnbooked(batch.rows) }
    }

    private func note(_ batch: BatchRow, _ action: String, _ reason: String) throws(LedgerFault) {
        try AuditLog(connection: connection).enter(Deed(actor: deed.actor, reason: reason, at: deed.at), action, batch: batch.record.id)
    }
}
