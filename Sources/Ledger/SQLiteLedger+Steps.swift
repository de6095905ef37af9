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
            if let reseller = try ResellerTable(connection: connection).forbidding(batch) {
                try batches.save(batch)
                return .notPermitted(reseller)
            }
            if batch.record.crashes >= SQLiteLedger.mostCrashes || batch.record.attempts >= SQLiteLedger.mostAttempts {
                try batches.save(batch)
                return .poison(batch.record)
            }
            switch try SameContent(connection: connection, batch: batch).holder() {
            case .runs(let other): return .waits(for: other.record)
            case .isInTheBooks(let other):
                try batches.save(batch)
                return .duplicate(of: other.record)
            case nil: break
            }
            try batches.move(&batch, to: .processing, "begin", by: .daemon("", at: at))
            try batches.dropRows(of: &batch)
            batch.edition = try EditionTable(connection: connection).open(batch.number)
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
            try batches.dropRows(of: &batch)
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

    /// What was wrong with its rows stays to be read.
    package func cancel(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            guard batch.record.state.mayBeCancelled else { throw .forbidden(ForbiddenStep(from: batch.record.state, to: .cancelled)) }
            try batches.move(&batch, to: .cancelled, "cancel", by: deed)
            let stores = StoresOfFiles(connection: connection)
            let brought = try stores.brought(by: batch)
            try batches.dropSales(of: batch)
            try SettledTable(connection: connection).takeBack(of: batch)
            batch.forgetSales()
            batch.record.forced = deed.forcing(.cancelled)
            try stores.forget(brought, leftBy: batch)
            // The reseller reads this. Who it was, and why, stands in the audit log.
            try batches.end(&batch, "Cancelled by operations; none of its sales are taken.", at: deed.at)
            return batch.record
        }
    }

    package func approve(_ id: BatchID, terms: Terms, all: Bool, by deed: Deed) throws(LedgerFault) -> Batch {
        let approved: Batch? = try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            try batch.mayBecome(.approved)
            if all { try batches.widen(&batch) }
            batch.record.forced = deed.forcing(.approved) ?? batch.record.forced
            return try Settlement(connection: connection, terms: terms, deed: deed).approve(&batch) ? batch.record : nil
        }
        guard let approved else {
            throw LedgerFault.refused(
                "Other figures are restated or replaced now than the report said: the batch was compared again. Look at the new report and approve again."
            )
        }
        return approved
    }

    package func delete(_ id: BatchID, by deed: Deed) throws(LedgerFault) -> Batch {
        try write { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            var batch = try batches.get(id)
            let record = batch.record
            guard record.state.mayBeDeleted else {
                throw LedgerFault.refused("The batch is \(record.state.rawValue) and cannot be deleted; cancel it first.")
            }
            let (rows, totals) = try Journal(connection: connection).sums(of: batch.number)
            let sums =
                "\(rows) sales of \(record.reseller) from \(record.filename) stay in the books: quantity \(totals.quantity), "
                + "\(totals.local) \(record.currency ?? ""), \(totals.euros) EUR"
            if batch.isBooked { try SaleTable(connection: connection).dropUnbooked(batch.rows) }
            try batches.dropRows(of: &batch, countedOn: false)
            batch.waiting = 0
            try batches.save(batch)
            try batches.hide(batch, at: deed.at)
            let reason = deed.reason.isEmpty ? sums : "\(deed.reason) (\(sums))"
            try AuditLog(connection: connection).enter(
                Deed(actor: deed.actor, reason: reason, at: deed.at), "delete", batch: id, from: record.state)
            return record
        }
    }

    package func noteAnswered(_ answers: [Answered]) throws(LedgerFault) {
        for batch in try note(answers) { try index(batch) }
    }

    /// The batches of which more is to be indexed.
    private func note(_ answers: [Answered]) throws(LedgerFault) -> [BatchID] {
        try writeLoosely { connection throws(LedgerFault) in
            var unindexed: [BatchID] = []
            for answer in answers {
                let batches = BatchTable(connection: connection)
                guard var batch = try batches.find(answer.id) else {
                    try connection.update(
                        BatchTable.publishedRevision(0), BatchTable.isArchived(false), where: "batch_id = ? AND deleted_at IS NOT NULL",
                        answer.id)
                    continue
                }
                if let published = answer.published { batch.record.publishedRevision = max(batch.record.publishedRevision, published) }
                if answer.isArchived, batch.record.state.isOver {
                    batch.record.isArchived = true
                    if batch.record.state == .completed, batch.record.counts.unchanged > 0 {
                        try SaleTable(connection: connection).dropUnbooked(batch.rows)
                    }
                }
                try connection.update(
                    BatchTable.publishedRevision(batch.record.publishedRevision), BatchTable.isArchived(batch.record.isArchived),
                    where: "id = ?", batch.number)
                if answer.isArchived, try !SaleKeys(connection: connection).takePiece(ofBatch: answer.id) { unindexed.append(answer.id) }
            }
            return unindexed
        }
    }

    /// So that a few sales are found among many when the next file comes. Nobody waits for it here: the answer is out. A living document is
    /// compared month by month, and needs none of it.
    private func index(_ batch: BatchID) throws(LedgerFault) {
        while try !writeLoosely({ connection throws(LedgerFault) in try SaleKeys(connection: connection).takePiece(ofBatch: batch) }) {}
    }
}

extension BatchTable {
    /// A file that replaces the months that it names is to replace everything.
    fileprivate func widen(_ batch: inout BatchRow) throws(LedgerFault) {
        guard batch.record.mode.replaces, !batch.isBooked else {
            throw LedgerFault.refused("The batch replaces nothing: only a replacing file that waits can take the place of everything.")
        }
        guard batch.record.isArchived else {
            throw LedgerFault.refused("The file of the batch is just being put away; try again in a moment.")
        }
        batch.record.mode = .replaceAll
        try connection.update(Self.mode(.replaceAll), where: "id = ?", batch.number)
    }

    func startAgain(_ batch: inout BatchRow, _ action: String, by deed: Deed) throws(LedgerFault) {
        try move(&batch, to: .pending, action, by: deed)
        try dropRows(of: &batch)
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

    /// Leaves its present edition. What of that is in the books stays there; all else goes.
    func dropRows(of batch: inout BatchRow, countedOn: Bool = true) throws(LedgerFault) {
        guard batch.edition != 0 else { return }
        try ErrorTable(connection: connection).drop(batch.rows)
        try MalformedTable(connection: connection).drop(batch.rows)
        try RestatedTable(connection: connection).drop(batch)
        if countedOn { try CountedOn(connection: connection).drop(batch) }
        if !batch.isBooked {
            try SaleTable(connection: connection).drop(batch.rows)
            try EditionTable(connection: connection).drop(batch.edition)
        }
        batch.edition = 0
        batch.isBooked = false
        batch.staged = 0
    }

    /// The rows go, and what was wrong with them stays to be read.
    func dropSales(of batch: BatchRow) throws(LedgerFault) {
        try SaleTable(connection: connection).drop(batch.rows)
        try RestatedTable(connection: connection).drop(batch)
        try CountedOn(connection: connection).drop(batch)
    }
}
