import Batches
import Cells
import Folders
import Ledger
import Reports
import Sellout

extension OperatorDesk {
    /// Newest first.
    package func batches(_ filter: BatchFilter) throws(Refused) -> [Report] {
        for reseller in (filter.resellers ?? []).sorted() { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.batches(filter) }.map(summary)
    }

    /// All of them, whatever the filter's limit and offset.
    package func count(of filter: BatchFilter) throws(Refused) -> Int {
        try ask { () throws(LedgerFault) in try ledger.count(of: filter) }
    }

    /// The batch without its lists.
    func summary(_ batch: Batch) -> Report { Report(batch, vendorName: terms[batch.reseller]?.vendorName) }

    /// What its report says now.
    package func report(_ given: String) throws(Refused) -> Report {
        let id = try batch(given).id
        let found = try ask { () throws(LedgerFault) in try ledger.account(of: [id], errors: Report.entriesListed, sums: false) }.first
        guard let account = found else { throw Refused(.unknown, "There is no batch \(given).") }
        return Report(account, vendorName: terms[account.record.reseller]?.vendorName)
    }

    /// The failed rows in pieces, `limit` of them at most, without the first `offset`.
    package func errors(
        of batch: Batch, type: RowErrorType? = nil, limit: Int = .max, offset: Int = 0, _ body: ([RowError]) throws -> Void
    ) throws {
        // Rows are found by their number in the batch at once; those of one type are counted as they come.
        var after = type == nil ? offset : 0
        var toPassOver = type == nil ? 0 : offset
        var given = 0
        while given < limit {
            let wanted = type == nil ? min(1000, limit - given) : 1000
            let piece = try ask { () throws(LedgerFault) in try ledger.errors(of: batch.id, after: after, limit: wanted) }
            let meant = piece.filter { type == nil || $0.type == type }
            let shown = Array(meant.dropFirst(toPassOver).prefix(limit - given))
            toPassOver -= min(toPassOver, meant.count)
            if !shown.isEmpty { try body(shown) }
            given += shown.count
            after += piece.count
            if piece.count < wanted { return }
        }
    }

    /// Newest first. A batch that was deleted still has its lines.
    package func audit(
        batch given: String? = nil, reseller: String? = nil, state: BatchState? = nil, since: Timestamp? = nil, limit: Int,
        offset: Int = 0
    ) throws(Refused) -> [AuditEntry] {
        if let reseller { _ = try known(reseller: reseller) }
        var filter = AuditFilter(reseller: reseller, state: state, since: since, limit: limit, offset: offset)
        guard let given else { return try lines(filter) }
        do {
            filter.batch = try batch(given).id
            return try lines(filter)
        } catch  where error.reason == .unknown {
            let all = try lines(AuditFilter(state: state, since: since, limit: 1_000_000))
            let lines = all.filter { $0.batch?.hasPrefix(given.lowercased()) == true }
            guard !lines.isEmpty, Set(lines.map(\.batch)).count == 1 else { throw error }
            return Array(lines.dropFirst(offset).prefix(limit))
        }
    }

    private func lines(_ filter: AuditFilter) throws(Refused) -> [AuditEntry] {
        try ask { () throws(LedgerFault) in try ledger.audit(filter) }
    }

    /// The sales in the books, row by row, as they stand or stood at a moment; `body` returns false to stop.
    package func sales(
        _ filter: SalesFilter, batch given: String? = nil, limit: Int = .max, offset: Int = 0, _ body: (SaleLine) throws -> Bool
    ) throws {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        var filter = filter
        if let given { filter.batch = try batchEvenDeleted(given).id }
        var seen = 0
        try ledger.sales(filter) { line in
            seen += 1
            guard seen > offset else { return true }
            return seen - offset <= limit ? try body(line) : false
        }
    }
}

extension Report {
    /// What the ledger says of the batch.
    package init(_ account: BatchAccount, vendorName: String?) {
        self.init(
            account.record, vendorName: vendorName, errors: account.errors, errorCounts: account.errorCounts,
            settled: account.settled, restatements: account.restatements, rates: account.rates,
            sums: account.sums.filter { $0.currency == account.record.currency }.map {
                Report.StoreMonth(store: $0.store ?? "", month: $0.month, amount: $0.totals.local)
            }, errorsFile: FileName.report(on: account.record.filename, of: account.record.id, ending: .errors).printable)
    }
}
