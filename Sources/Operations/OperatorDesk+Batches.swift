import Batches
import Cells
import Ledger
import Reports
import Sellout

extension OperatorDesk {
    /// Newest first.
    package func batches(reseller: String? = nil, state: BatchState? = nil, limit: Int) throws(Refused) -> [Report] {
        if let reseller { _ = try known(reseller: reseller) }
        let filter = BatchFilter(reseller: reseller, state: state, limit: limit)
        return try ask { () throws(LedgerFault) in try ledger.batches(filter) }.map(summary)
    }

    /// The batch without its lists.
    func summary(_ batch: Batch) -> Report { Report(batch, vendorName: terms[batch.reseller]?.vendorName) }

    /// What its report says now.
    package func report(_ given: String) throws(Refused) -> Report {
        let id = try batch(given).id
        let found = try ask { () throws(LedgerFault) in try ledger.account(of: [id], errors: Report.entriesListed) }.first
        guard let account = found else { throw Refused(.unknown, "There is no batch \(given).") }
        return Report(account, vendorName: terms[account.record.reseller]?.vendorName)
    }

    /// The failed rows in pieces, `limit` of them at most.
    package func errors(of batch: Batch, limit: Int = .max, _ body: ([RowError]) throws -> Void) throws {
        var given = 0
        while given < limit {
            let wanted = min(1000, limit - given)
            let piece = try ask { () throws(LedgerFault) in try ledger.errors(of: batch.id, after: given, limit: wanted) }
            if !piece.isEmpty { try body(piece) }
            given += piece.count
            if piece.count < wanted { return }
        }
    }

    /// Newest first. A batch that was deleted still has its lines.
    package func audit(batch given: String? = nil, limit: Int) throws(Refused) -> [AuditEntry] {
        guard let given else { return try ask { () throws(LedgerFault) in try ledger.audit(AuditFilter(limit: limit)) } }
        do {
            let batch = try batch(given)
            return try ask { () throws(LedgerFault) in try ledger.audit(AuditFilter(batch: batch.id, limit: limit)) }
        } catch  where error.reason == .unknown {
            let all = try ask { () throws(LedgerFault) in try ledger.audit(AuditFilter(limit: 1_000_000)) }
            let lines = all.filter { $0.batch?.hasPrefix(given.lowercased()) == true }
            guard !lines.isEmpty, Set(lines.map(\.batch)).count == 1 else { throw error }
            return Array(lines.prefix(limit))
        }
    }

    /// The sales in the books, row by row, as they stand or stood at a moment; `body` returns false to stop.
    package func sales(
        reseller: String? = nil, batch given: String? = nil, from: CivilDay? = nil, to: CivilDay? = nil, asOf: Timestamp? = nil,
        _ body: (SaleLine) throws -> Bool
    ) throws {
        if let reseller { _ = try known(reseller: reseller) }
        let id = try given.map { try batchEvenDeleted($0).id }
        try ledger.sales(SalesFilter(reseller: reseller, batch: id, from: from, to: to, asOf: asOf), body)
    }
}

extension Report {
    /// What the ledger says of the batch.
    package init(_ account: BatchAccount, vendorName: String?) {
        self.init(
            account.record, vendorName: vendorName, errors: account.errors, errorCounts: account.errorCounts,
            settled: account.settled, restatements: account.restatements, rates: account.rates)
    }
}
