import Batches
import Sellout

/// A batch's way from the claim to the reader and back.
extension SQLiteLedger {
    /// A file that has taken the process down so often is left alone.
    static let mostCrashes = 2
    /// Deaths from outside are not the file's fault, and are forgiven longer.
    static let mostAttempts = 20

    package func register(_ batches: [Batch]) throws(LedgerFault) {
        try writeLoosely { connection throws(LedgerFault) in
            for batch in batches {
                guard try BatchTable(connection: connection).insert(batch) else { continue }
                try AuditLog(connection: connection).enter(
                    .daemon("received as \(batch.filename)", at: batch.receivedAt), "register", batch: batch.id, to: .pending)
            }
        }
    }

    package func recover(crashed: Bool) throws(LedgerFault) -> [BatchID] {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var recovered: [BatchID] = []
            for var batch in try batches.list(in: .processing) {
                if crashed { batch.record.crashes += 1 }
                let reason = crashed ? "the process died by its own fault while it was read" : "found in processing at start"
                try batches.startAgain(&batch, "recover", by: .daemon(reason, at: .now()))
                recovered.append(batch.record.id)
            }
            return recovered
        }
    }

    package func beginTry(_ id: BatchID, sha256: String, at: Timestamp) throws(LedgerFault) -> TryVerdict {
        try writeLoosely { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            guard batch.record.state == .pending else { return .notPending(batch.record.state) }
            batch.record.sha256 = sha256
            if batch.record.crashes >= SQLiteLedger.mostCrashes || batch.record.attempts >= SQLiteLedger.mostAttempts {
                try batches.save(batch)
                return .poison(batch.record)
            }
            if let holder = try batches.holder(ofContentOf: batch) {
                try batches.save(batch)
                return .duplicate(of: holder.record)
            }
            try batches.move(&batch, to: .processing, "begin", by: .daemon("", at: at))
            try batches.dropRows(of: batch)
            batch.forgetFindings()
            batch.record.attempts += 1
            batch.record.startedAt = at
            batch.record.endedAt = nil
            batch.record.message = "Being read."
            try batches.save(batch)
            return .go(batch.record)
        }
    }

    package func giveBack(_ id: BatchID) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            // A failed or cancelled batch may become `pending` too, but only by an operator's retry.
            guard batch.record.state == .processing else { throw .forbidden(ForbiddenStep(from: batch.record.state, to: .pending)) }
            batch.record.attempts = max(0, batch.record.attempts - 1)
            try batches.startAgain(&batch, "give back", by: .daemon("the surroundings failed, not the file", at: .now()))
        }
    }

    package func fail(_ id: BatchID, _ refusal: FileRefusal, findings: Findings?, at: Timestamp) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batches.move(&batch, to: .failed, "fail", by: .daemon(refusal.type.rawValue, at: at))
            try batches.dropRows(of: batch)
            batch.forgetFindings()
            if let findings { batch.take(findings) }
            batch.record.refusal = refusal
            try batches.end(&batch, refusal.message, at: at)
            return batch.record
        }
    }
}

/// What operators do to a batch, and its last steps.
extension SQLiteLedger {
    package func retry(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            // `processing` may become `pending` too, but that is the daemon's step, not an operator's.
            if batch.record.state == .processing {
                throw LedgerFault.refused("The batch is processing; cancel it first, or wait for its report.")
            }
            batch.record.attempts = 0
            batch.record.crashes = 0
            // The original lies in the archive, and comes back from there.
            batch.record.isArchived = false
            try batches.startAgain(&batch, "retry", by: deed)
            return batch.record
        }
    }

    package func cancel(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batches.move(&batch, to: .cancelled, "cancel", by: deed)
            try batches.dropRows(of: batch)
            batch.forgetFindings()
            // The reseller reads this. Who it was, and why, stands in the audit log.
            try batches.end(&batch, "Cancelled by operations; none of its sales are taken.", at: deed.at)
            return batch.record
        }
    }

    package func approve(_ id: BatchID, terms: Terms, by deed: Deed) throws(LedgerFault) -> Batch {
        let approved: Batch? = try write { connection throws(LedgerFault) in
            var batch = try BatchTable(connection: connection).get(id)
            try batch.mayBecome(.approved)
            return try Settlement(connection: connection, terms: terms, deed: deed).approve(&batch) ? batch.record : nil
        }
        guard let approved else {
            throw LedgerFault.refused(
                "Other figures are restated now than the report said: the batch was compared again. Look at the new report and approve again."
            )
        }
        return approved
    }

    package func delete(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            let batch = try batches.get(id)
            let record = batch.record
            guard record.state.mayBeDeleted else {
                throw LedgerFault.refused("The batch is \(record.state.rawValue) and cannot be deleted; cancel it first.")
            }
            let final = FinalTable(connection: connection)
            let (rows, totals) = try final.sums(batch.rows)
            let sums =
                "\(rows) sales of \(record.reseller) from \(record.filename): quantity \(totals.quantity), "
                + "\(totals.local) \(record.currency ?? ""), \(totals.euros) EUR"
            _ = try final.remove(batch.rows)
            try batches.dropRows(of: batch)
            try batches.remove(batch)
            let reason = deed.reason.isEmpty ? sums : "\(deed.reason) (\(sums))"
            try AuditLog(connection: connection).enter(
                Deed(actor: deed.actor, reason: reason, at: deed.at), "delete", batch: id, from: record.state)
            return record
        }
    }

    package func noteAnswered(_ answers: [Answered]) throws(LedgerFault) {
        try writeLoosely { connection throws(LedgerFault) in
            for answer in answers {
                guard var batch = try BatchTable(connection: connection).find(answer.id) else { continue }
                if let published = answer.published { batch.record.publishedRevision = max(batch.record.publishedRevision, published) }
                if answer.isArchived, batch.record.state.isOver {
                    batch.record.isArchived = true
                    // What the views need of a batch, its sheets, products, stores and rates, stays.
                    if batch.record.state == .completed { try StagingTable(connection: connection).drop(batch.rows) }
                }
                try connection.update(
                    BatchTable.publishedRevision(batch.record.publishedRevision), BatchTable.isArchived(batch.record.isArchived),
                    where: "id = ?", batch.number)
            }
        }
    }
}

extension BatchTable {
    /// The batch that holds the same content already. Replacing with what has been replaced since is no repetition: only what is
    /// the reseller's whole ledger already is one.
    fileprivate func holder(ofContentOf batch: BatchRow) throws(LedgerFault) -> BatchRow? {
        let record = batch.record
        guard let sha256 = record.sha256 else { return nil }
        let holders = try holders(of: sha256, reseller: record.reseller, except: batch.number)
        guard record.mode == .replace else { return holders.first }
        for holder in holders where holder.record.state == .completed {
            if try FinalTable(connection: connection).isAll(of: record.reseller, in: holder) { return holder }
        }
        return nil
    }

    func startAgain(_ batch: inout BatchRow, _ action: String, by deed: Deed) throws(LedgerFault) {
        try move(&batch, to: .pending, action, by: deed)
        try dropRows(of: batch)
        batch.forgetFindings()
        batch.record.startedAt = nil
        batch.record.endedAt = nil
        batch.record.message = "Waits for its turn."
        try save(batch)
    }

    /// A report is owed that says so.
    func end(_ batch: inout BatchRow, _ message: String, at: Timestamp) throws(LedgerFault) {
        batch.record.message = message
        batch.record.endedAt = at
        batch.record.revision += 1
        try save(batch)
    }

    func dropRows(of batch: BatchRow) throws(LedgerFault) {
        try StagingTable(connection: connection).drop(batch.rows)
        try ErrorTable(connection: connection).drop(batch.rows)
        try NamingTables(connection: connection).drop(batch.number)
        try RestatedTable(connection: connection).drop(batch)
    }
}
