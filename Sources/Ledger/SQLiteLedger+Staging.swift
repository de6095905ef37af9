import Batches
import Sellout

/// Rows into staging, and from there to what they become.
extension SQLiteLedger {
    package func stage(_ chunk: StagedChunk, of id: BatchID) throws(LedgerFault) {
        try writeLoosely { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            try mustMay(batch, become: .stagingComplete)
            guard batch.staged + Int64(chunk.rows.count) < RowRange.most else {
                throw LedgerFault.refused("The file has more rows than a batch can hold.")
            }
            try NamingTables(connection: connection).append(chunk, to: batch.number)
            try StagingTable(connection: connection).append(chunk.rows, behind: batch.rows.first + batch.staged)
            try ErrorTable(connection: connection).append(WaitingErrors.told(apart: chunk), to: batch.rows)
            batch.referenceVersion = batch.staged == 0 ? chunk.referenceVersion : min(batch.referenceVersion, chunk.referenceVersion)
            try connection.run(
                "UPDATE upload_batches SET rows_staged = ?, rows_malformed = rows_malformed + ?, reference_version = ? WHERE id = ?",
                batch.staged + Int64(chunk.rows.count), chunk.malformedRows, batch.referenceVersion, batch.number)
        }
    }

    /// Asks the state machine without taking the step.
    private func mustMay(_ batch: BatchRow, become next: BatchState) throws(LedgerFault) {
        do throws(ForbiddenStep) { _ = try batch.record.state.moved(to: next) } catch { throw LedgerFault.forbidden(error) }
    }

    package func settle(_ id: BatchID, _ findings: Findings, terms: Terms, at: Timestamp) throws(LedgerFault) -> BatchRecord? {
        try write { connection throws(LedgerFault) in
            guard var batch = try BatchTable(connection: connection).find(id), batch.record.state == .processing else { return nil }
            try Settling(connection: connection, terms: terms, deed: .daemon("", at: at)).settle(&batch, findings)
            return batch.record
        }
    }

    package func approve(_ id: BatchID, terms: Terms, by deed: Deed) throws(LedgerFault) -> BatchRecord {
        let approved: BatchRecord? = try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            try mustMay(batch, become: .approved)
            return try Settling(connection: connection, terms: terms, deed: deed).approve(&batch) ? batch.record : nil
        }
        guard let approved else {
            throw LedgerFault.refused(
                "Other figures are restated now than the report said: the batch was compared again. Look at the new report and approve again."
            )
        }
        return approved
    }

    package func awaitingReferenceData() throws(LedgerFault) -> [BatchRecord] {
        try read { connection throws(LedgerFault) in
            let version = try ReferenceTables(connection: connection).version()
            return try BatchTable(connection: connection).awaiting(olderThan: version).map(\.record)
        }
    }

    package func waiting(of id: BatchID) throws(LedgerFault) -> WaitingRows {
        try read { connection throws(LedgerFault) in
            let batch = try BatchTable(connection: connection).get(id)
            let namings = NamingTables(connection: connection)
            var waiting = WaitingRows()
            waiting.sheets = try namings.sheets(of: batch.number)
            waiting.products = try namings.products(of: batch.number)
            waiting.stores = try namings.stores(of: batch.number)
            waiting.rows = try StagingTable(connection: connection).waiting(batch.rows)
            return waiting
        }
    }

    package func resettle(_ id: BatchID, _ chunk: ResolvedRows, terms: Terms, at: Timestamp) throws(LedgerFault) -> BatchRecord {
        do throws(LedgerFault) {
            return try lookAgain(id, chunk.referenceVersion) { batch, connection throws(LedgerFault) in
                let deed = Deed.daemon("reference data has changed", at: at)
                guard try Resolving(connection: connection, batch: batch).take(chunk) else { return false }
                try Settling(connection: connection, terms: terms, deed: deed).resettle(&batch)
                return true
            }
        } catch LedgerFault.refused(let sentence) {
            // These figures cannot be taken, whoever asks how often: the batch waits with that sentence, and nobody waits for it.
            return try lookAgain(id, chunk.referenceVersion) { batch, _ throws(LedgerFault) in
                batch.record.message = sentence
                batch.record.revision += 1
                return false
            }
        }
    }

    /// `look` says whether it has saved the batch. Not called where somebody has looked with the same or newer data meanwhile,
    /// or the batch has been read again.
    private func lookAgain(
        _ id: BatchID, _ version: Int, _ look: (inout BatchRow, Connection) throws(LedgerFault) -> Bool
    ) throws(LedgerFault) -> BatchRecord {
        try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            try mustMay(batch, become: .approved)
            guard batch.referenceVersion < version else { return batch.record }
            batch.referenceVersion = version
            if try !look(&batch, connection) { try BatchTable(connection: connection).save(batch) }
            return batch.record
        }
    }
}
