import Batches
import Sellout

/// What is asked of batches, on the reading connection.
extension SQLiteLedger {
    package func batch(_ id: BatchID) throws(LedgerFault) -> Batch? {
        try read { connection throws(LedgerFault) in try BatchTable(connection: connection).find(id)?.record }
    }

    package func batches(_ filter: BatchFilter) throws(LedgerFault) -> [Batch] {
        try looking(for: filter) { connection throws(LedgerFault) in try BatchTable(connection: connection).list(filter).map(\.record) }
    }

    package func count(of filter: BatchFilter) throws(LedgerFault) -> Int {
        try looking(for: filter) { connection throws(LedgerFault) in try BatchTable(connection: connection).count(filter) }
    }

    /// No index knows of a part of a name: a search may go through all batches.
    private func looking<Answer>(
        for filter: BatchFilter, _ body: (Connection) throws(LedgerFault) -> Answer
    ) throws(LedgerFault) -> Answer {
        if filter.search == nil { try read(body) } else { try aside(body) }
    }

    package func batches(idPrefix: String, deleted: Bool) throws(LedgerFault) -> [Batch] {
        try read { connection throws(LedgerFault) in
            try BatchTable(connection: connection).list(idPrefix: idPrefix, deleted: deleted).map(\.record)
        }
    }

    package func unfinished() throws(LedgerFault) -> Unfinished {
        try read { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            let version = try ReferenceTables(connection: connection).version()
            var unfinished = Unfinished()
            unfinished.pending = try batches.list(in: .pending).map(\.record)
            unfinished.owingReports = try batches.owingReports()
            unfinished.unarchived = try batches.unarchived()
            unfinished.deleted = try batches.deletedWithFiles()
            unfinished.awaitingReferenceData = try batches.awaiting(olderThan: version).map(\.record)
            return unfinished
        }
    }

    package func fates(of ids: [BatchID]) throws(LedgerFault) -> [BatchID: Fate] {
        try read { connection throws(LedgerFault) in
            var fates: [BatchID: Fate] = [:]
            for id in ids {
                if let batch = try BatchTable(connection: connection).find(id) {
                    fates[id] = .known(batch.record)
                } else {
                    fates[id] = try AuditLog(connection: connection).names(id) ? .deleted : .neverHeardOf
                }
            }
            return fates
        }
    }

    package func holder(of sha256: String, reseller: String) throws(LedgerFault) -> Batch? {
        try read { connection throws(LedgerFault) in
            let batches = BatchTable(connection: connection)
            for holder in try batches.holders(of: sha256, reseller: reseller, pendingToo: true) {
                switch holder.record.state {
                case .pending, .processing, .stagingComplete: return holder.record
                default: if try Journal(connection: connection).holds(holder) { return holder.record }
                }
            }
            return nil
        }
    }

    /// Does not look for what the counts of the batch exclude.
    package func account(of ids: [BatchID], errors limit: Int, sums: Bool) throws(LedgerFault) -> [BatchAccount] {
        try read { connection throws(LedgerFault) in
            var accounts: [BatchAccount] = []
            var bringing: [Int64: Int] = [:]
            for id in ids {
                guard let batch = try BatchTable(connection: connection).find(id) else { continue }
                var account = BatchAccount(batch.record)
                if batch.record.counts.failed > 0 {
                    let errors = ErrorTable(connection: connection)
                    account.errors = try errors.list(batch.rows, limit: limit)
                    account.errorCounts = try errors.counts(batch.rows)
                }
                account.settled = try SettledTable(connection: connection).list(batch.edition, limit: limit)
                if batch.record.counts.restated > 0 { account.restatements = try RestatedTable(connection: connection).list(batch) }
                account.rates = try NamingTables(connection: connection).rates(of: batch.edition)
                if sums, batch.record.counts.processed > 0, batch.record.state != .cancelled { bringing[batch.number] = accounts.count }
                accounts.append(account)
            }
            for (number, sums) in try SumsQuestion(connection: connection).ask(broughtBy: Array(bringing.keys)) {
                if let place = bringing[number] { accounts[place].sums = sums }
            }
            return accounts
        }
    }

    package func counts(last: Int) throws(LedgerFault) -> LedgerCounts {
        try read { connection throws(LedgerFault) in try BatchTable(connection: connection).counts(last: last) }
    }

    package func errors(of id: BatchID, after: Int, limit: Int) throws(LedgerFault) -> [RowError] {
        try read { connection throws(LedgerFault) in
            let batch = try BatchTable(connection: connection).get(id)
            return try ErrorTable(connection: connection).list(batch.rows, after: after, limit: limit)
        }
    }

    package func audit(_ filter: AuditFilter) throws(LedgerFault) -> [AuditEntry] {
        try read { connection throws(LedgerFault) in try AuditLog(connection: connection).lines(filter) }
    }
}
