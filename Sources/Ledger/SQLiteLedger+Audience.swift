import Audience
import Batches

/// Audience batches.
extension SQLiteLedger {
    package func enter(_ batch: NewAudienceBatch) throws(LedgerFault) -> AudienceBatch {
        try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            try table.insert(batch)
            guard let entered = try table.get(batch.uploadID) else {
                throw LedgerFault.damaged("an audience batch that was entered is not there")
            }
            return entered
        }
    }

    package func audienceBatches(_ filter: AudienceFilter) throws(LedgerFault) -> [AudienceBatch] {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).list(filter) }
    }

    package func audienceBatch(_ uploadID: String) throws(LedgerFault) -> AudienceBatch? {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).get(uploadID) }
    }

    package func audienceBlock(of batch: AudienceBatch, after number: Int) throws(LedgerFault) -> NumberedBlock? {
        try read { connection throws(LedgerFault) in try AudienceTable(connection: connection).block(of: batch.id, after: number) }
    }

    package func delete(audienceBatch uploadID: String, by deed: Deed) throws(LedgerFault) -> Bool {
        let isDeleted = try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            guard let batch = try table.get(uploadID) else { return false }
            try connection.overwriting { () throws(LedgerFault) in try table.delete(batch) }
            try AuditLog(connection: connection).enter(deed.telling("\(uploadID), \(batch.rows) records"), "delete audience batch")
            return true
        }
        if isDeleted { writer.emptyLog() }
        return isDeleted
    }

    package func forget(_ address: ForgottenAddress, by deed: Deed) throws(LedgerFault) -> Forgotten {
        let forgotten = try write { connection throws(LedgerFault) in
            let table = AudienceTable(connection: connection)
            var forgotten = Forgotten()
            try connection.overwriting { () throws(LedgerFault) in
                for batch in try table.list(AudienceFilter()) {
                    let records = try table.forget(address, in: batch)
                    forgotten.records += records
                    forgotten.batches += records > 0 ? 1 : 0
                }
            }
            try AuditLog(connection: connection).enter(
                deed.telling("\(forgotten.records) records in \(forgotten.batches) batches"), "forget a person")
            return forgotten
        }
        // Also where nothing was found: what was deleted a moment ago may lie in the log still.
        writer.emptyLog(waiting: .seconds(5))
        return forgotten
    }
}

extension Deed {
    /// The same deed, its line in the audit log telling what was done too.
    fileprivate func telling(_ what: String) -> Deed {
        Deed(actor: actor, reason: reason.isEmpty ? what : "\(reason) (\(what))", at: at)
    }
}
