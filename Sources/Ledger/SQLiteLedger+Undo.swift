import Batches
import Sellout

/// Taking back what a batch did.
extension SQLiteLedger {
    package func dependents(of id: BatchID) throws(LedgerFault) -> [Batch] {
        try writeLoosely { connection throws(LedgerFault) in
            let batch = try Undoing(connection: connection).get(id)
            return try Dependents(connection: connection).of(batch).map(\.record)
        }
    }

    package func undo(_ id: BatchID, cascade: Bool, by deed: Deed) throws(LedgerFault) -> Undone {
        try write { connection throws(LedgerFault) in
            let undoing = Undoing(connection: connection)
            let batch = try undoing.get(id)
            return try undoing.carryOut(batch, cascade: cascade, by: deed)
        }
    }
}

/// Withdraws a batch's sales, and lets those return that it had withdrawn. Whoever counted on it is undone before it, the last one first.
private struct Undoing {
    let connection: Connection

    private var batches: BatchTable { BatchTable(connection: connection) }

    /// Deleted ones too: their sales stand.
    func get(_ id: BatchID) throws(LedgerFault) -> BatchRow {
        if let batch = try batches.find(id) { return batch }
        guard let deleted = try batches.findDeleted(id) else { throw .unknownBatch(id.text) }
        return deleted
    }

    func carryOut(_ batch: BatchRow, cascade: Bool, by deed: Deed) throws(LedgerFault) -> Undone {
        var batch = batch
        guard batch.record.state.mayBeUndone else {
            throw LedgerFault.refused(
                "The batch is \(batch.record.state.rawValue): none of its sales are in the books, and there is nothing to undo.")
        }
        var dependents = try Dependents(connection: connection).of(batch)
        guard cascade || dependents.isEmpty else {
            let names = dependents.prefix(5).map { "\($0.record.id.short) (\($0.record.filename))" }.joined(separator: ", ")
            throw LedgerFault.refused(
                "\(OutcomeMessage.number(dependents.count, "later batch", "later batches")) counted on it: \(names)\(dependents.count > 5 ? ", …" : ""). With --cascade they are undone too and read again."
            )
        }
        for place in dependents.indices {
            let why = "counted on batch \(batch.record.id.short), which is undone"
            _ = try undo(&dependents[place], "Taken back, to be read again.", by: Deed(actor: deed.actor, reason: why, at: deed.at))
        }
        let why = deed.reason.isEmpty ? "" : ": \(deed.reason)"
        let (withdrawn, returned) = try undo(&batch, "Taken back by operations\(why).", by: deed)
        try SettledTable(connection: connection).takeBack(of: batch)
        for place in dependents.indices { try readAgain(&dependents[place], by: deed) }
        return Undone(batch: batch.record, dependents: dependents.map(\.record), withdrawn: withdrawn, returned: returned)
    }

    private func undo(_ batch: inout BatchRow, _ message: String, by deed: Deed) throws(LedgerFault) -> (withdrawn: Int, returned: Int) {
        let entry = try batches.move(&batch, to: .cancelled, "undo", by: deed)
        let journal = Journal(connection: connection)
        let withdrawn = try journal.withdraw(allOf: batch.number, by: entry)
        let returned = try journal.giveBack(withdrawnBy: batch, by: entry)
        let stores = StoresOfFiles(connection: connection)
        let brought = try stores.brought(by: batch)
        if batch.isBooked { try SaleTable(connection: connection).dropUnbooked(batch.rows) }
        try batches.dropRows(of: &batch)
        try stores.forget(brought, leftBy: batch)
        batch.forgetFindings()
        try batches.end(&batch, message, at: deed.at)
        return (withdrawn, returned)
    }

    private func readAgain(_ batch: inout BatchRow, by deed: Deed) throws(LedgerFault) {
        guard try batches.find(batch.record.id) != nil else { return }
        batch.record.attempts = 0
        batch.record.crashes = 0
        batch.record.isArchived = false
        try batches.startAgain(&batch, "retry", by: Deed(actor: deed.actor, reason: "after an undo", at: deed.at))
    }
}
