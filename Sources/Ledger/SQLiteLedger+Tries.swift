import Batches
import Sellout

/// A batch's way from the claim to the reader and back.
extension SQLiteLedger {
    /// A file that has taken the process down so often is left alone.
    static let mostCrashes = 2
    /// Deaths from outside are not the file's fault, and are forgiven longer.
    static let mostAttempts = 20

    package func register(_ batch: BatchRecord) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            guard try BatchTable(connection: connection).insert(batch) else { return }
            try AuditTable(connection: connection).enter(
                .daemon("received as \(batch.filename)", at: batch.receivedAt), "register", batch: batch.id, to: .pending)
        }
    }

    package func recover(crashed: Bool) throws(LedgerFault) -> [BatchID] {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var recovered: [BatchID] = []
            for var batch in try batches.list(in: .processing) {
                if crashed { batch.record.crashes += 1 }
                let reason = crashed ? "the process died by its own fault while it was read" : "found in processing at start"
                try startAgain(&batch, "recover", by: .daemon(reason, at: .thisMoment), connection)
                recovered.append(batch.record.id)
            }
            return recovered
        }
    }

    package func beginTry(_ id: BatchID, sha256: String, at: Timestamp) throws(LedgerFault) -> TryVerdict {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            guard batch.record.state == .pending else { return .notPending(batch.record.state) }
            batch.record.sha256 = sha256
            if batch.record.crashes >= SQLiteLedger.mostCrashes || batch.record.attempts >= SQLiteLedger.mostAttempts {
                try batches.save(batch)
                return .poison(batch.record)
            }
            if let holder = try duplicate(of: batch, connection) {
                try batches.save(batch)
                return .duplicate(of: holder.record)
            }
            try batches.move(&batch, to: .processing, "begin", by: .daemon("", at: at))
            try dropRows(batch, connection)
            batch.forgetFindings()
            batch.record.attempts += 1
            batch.record.startedAt = at
            batch.record.endedAt = nil
            batch.record.message = "Being read."
            try batches.save(batch)
            return .go(batch.record)
        }
    }

    /// Replacing with what has been replaced since is no repetition: only what is the reseller's whole ledger already is one.
    private func duplicate(of batch: BatchRow, _ connection: Connection) throws(LedgerFault) -> BatchRow? {
        let record = batch.record
        guard let sha256 = record.sha256 else { return nil }
        let holders = try BatchTable(connection: connection).holders(of: sha256, reseller: record.reseller, except: batch.number)
        guard record.mode == .replace else { return holders.first }
        for holder in holders where holder.record.state == .completed {
            if try FinalTable(connection: connection).isAll(of: record.reseller, in: holder.rows) { return holder }
        }
        return nil
    }

    package func giveBack(_ id: BatchID) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            // A failed or cancelled batch may become `pending` too, but only by an operator's retry.
            guard batch.record.state == .processing else { throw .forbidden(ForbiddenStep(from: batch.record.state, to: .pending)) }
            batch.record.attempts = max(0, batch.record.attempts - 1)
            try startAgain(&batch, "give back", by: .daemon("the surroundings failed, not the file", at: .thisMoment), connection)
        }
    }

    func startAgain(_ batch: inout BatchRow, _ action: String, by deed: Deed, _ connection: Connection) throws(LedgerFault) {
        let batches = BatchTable(connection: connection)
        try batches.move(&batch, to: .pending, action, by: deed)
        try dropRows(batch, connection)
        batch.forgetFindings()
        batch.record.startedAt = nil
        batch.record.endedAt = nil
        batch.record.message = "Waits for its turn."
        try batches.save(batch)
    }

    func dropRows(_ batch: BatchRow, _ connection: Connection) throws(LedgerFault) {
        try StagingTable(connection: connection).drop(batch.rows)
        try ErrorTable(connection: connection).drop(batch.rows)
        try NamingTables(connection: connection).drop(batch.number)
    }
}
