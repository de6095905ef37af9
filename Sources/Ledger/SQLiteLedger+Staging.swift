import Batches
import Sellout

/// Rows into staging, and from there to what they become.
extension SQLiteLedger {
    package func stage(_ chunk: StagedChunk, of id: BatchID) throws(LedgerFault) {
        try writeLoosely { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batch.mayBecome(.stagingComplete)
            try batches.append(chunk, to: &batch)
            try connection.update(
                BatchTable.staged(batch.staged), BatchTable.malformed(batch.malformed), BatchTable.referenceVersion(batch.referenceVersion),
                where: "id = ?", batch.number)
        }
    }

    package func settle(
        _ id: BatchID, lastChunk: StagedChunk, _ findings: Findings, terms: Terms, at: Timestamp
    ) throws(LedgerFault) -> Settled? {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            guard var batch = try batches.find(id), batch.record.state == .processing else { return nil }
            if !lastChunk.isEmpty { try batches.append(lastChunk, to: &batch) }
            try Settlement(connection: connection, terms: terms, deed: .daemon("", at: at)).settle(&batch, findings)
            let version = try ReferenceTables(connection: connection).version()
            return Settled(record: batch.record, awaitsReferenceData: batch.waiting > 0 && batch.referenceVersion < version)
        }
    }

    package func waiting(of id: BatchID) throws(LedgerFault) -> WaitingRows {
        try read { connection throws(LedgerFault) in
            let batch = try BatchTable(connection: connection).get(id)
            let namings = NamingTables(connection: connection)
            var waiting = WaitingRows()
            waiting.sheets = try namings.sheets(of: batch.edition)
            waiting.products = try namings.products(of: batch.edition)
            waiting.stores = try namings.stores(of: batch.edition)
            waiting.rows = try SaleTable(connection: connection).waiting(batch.rows)
            return waiting
        }
    }

    package func resettle(_ id: BatchID, _ chunk: ResolvedRows, terms: Terms, at: Timestamp) throws(LedgerFault) -> Batch {
        do throws(LedgerFault) {
            return try lookAgain(id, chunk.referenceVersion) { batch, connection throws(LedgerFault) in
                let deed = Deed.daemon("reference data has changed", at: at)
                let settlement = Settlement(connection: connection, terms: terms, deed: deed)
                switch try Resolving(connection: connection, batch: batch).take(chunk) {
                case .none: return false
                case .otherReasons: try settlement.tellAgain(&batch)
                case .rowsAreValid: try settlement.resettle(&batch)
                }
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
        _ id: BatchID, _ version: Int, _ look: @escaping @Sendable (inout BatchRow, Connection) throws(LedgerFault) -> Bool
    ) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batch.mayBecome(.approved)
            guard batch.referenceVersion < version else { return batch.record }
            batch.referenceVersion = version
            if try !look(&batch, connection) { try batches.save(batch) }
            return batch.record
        }
    }
}

extension BatchTable {
    /// Stages a chunk behind what the batch has; saving the batch is the caller's.
    fileprivate func append(_ chunk: StagedChunk, to batch: inout BatchRow) throws(LedgerFault) {
        guard batch.staged + Int64(chunk.rows.count) < RowRange.most else {
            throw LedgerFault.refused("The file has more rows than a batch can hold.")
        }
        try NamingTables(connection: connection).append(chunk, to: batch.edition, of: batch.record.reseller)
        try SaleTable(connection: connection).append(chunk.rows, behind: batch.rows.first + batch.staged)
        try ErrorTable(connection: connection).append(chunk.errorsByCause, to: batch.rows)
        try MalformedTable(connection: connection).append(chunk.malformed, to: batch.rows)
        batch.referenceVersion = batch.staged == 0 ? chunk.referenceVersion : min(batch.referenceVersion, chunk.referenceVersion)
        batch.staged += Int64(chunk.rows.count)
        batch.malformed += chunk.malformedRows
    }
}
