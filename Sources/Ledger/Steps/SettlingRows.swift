import Sellout

/// What dismissing a failed row and correcting it have in common: lines in the audit log, what was settled, and the row's errors.
struct SettlingRows {
    let connection: Connection
    let terms: Terms
    let deed: Deed
    /// Who said so before, where a file is read again.
    var saidBy: String?

    private var sales: SaleTable { SaleTable(connection: connection) }
    private var malformed: MalformedTable { MalformedTable(connection: connection) }
    private var errors: ErrorTable { ErrorTable(connection: connection) }
    private var settled: SettledTable { SettledTable(connection: connection) }

    /// The line of the audit log.
    func enter(_ action: String, _ what: String, _ rows: RowsOfPlace, _ batch: BatchRow) throws(LedgerFault) -> Int64 {
        let why = [deed.reason, saidBy.map { "as \($0) said before" } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let text = [what, why.isEmpty || what.isEmpty ? why : "(\(why))"].filter { !$0.isEmpty }.joined(separator: " ")
        return try AuditLog(connection: connection).enter(
            Deed(actor: deed.actor, reason: "\(rows.sheet):\(rows.row): \(text)", at: deed.at), action, batch: batch.record.id)
    }

    func dismiss(_ open: [RowsOfPlace.Sale], of rows: RowsOfPlace, _ batch: inout BatchRow) throws(LedgerFault) {
        let entry = try enter("dismiss row", "", rows, batch)
        for sale in open {
            let error = rows.errors.first { error in sale.malformed.map { $0.columns.contains { $0 == error.column } } ?? true }
            try settled.enter(
                SettledRow(
                    sheet: rows.sheet, row: rows.row, field: error?.field, original: error?.value, corrected: nil, reason: deed.reason),
                of: sale.subject, said: sale.said ?? sale.parts.line, in: batch, figures: sale.parts, by: entry)
            if let id = sale.subject.sale { try sales.mark(id, .dismissed) }
            if let id = sale.subject.malformed {
                try malformed.settle(id, .dismissed)
                try forgetErrors(of: sale, rows, &batch)
            }
        }
        try tellWaiting(rows, batch)
    }

    /// A malformed row that is malformed no more.
    func forgetErrors(of sale: RowsOfPlace.Sale, _ rows: RowsOfPlace, _ batch: inout BatchRow) throws(LedgerFault) {
        guard sale.standing == .malformed, let malformed = sale.malformed else { return }
        batch.malformed = max(0, batch.malformed - 1)
        for fault in malformed.faults { try errors.drop(batch.rows, fault, sheet: rows.sheet, row: rows.row) }
    }

    /// Puts the errors of the row's sales that still wait in the place of those that it had. How many wait.
    @discardableResult func tellWaiting(_ rows: RowsOfPlace, _ batch: BatchRow) throws(LedgerFault) -> Int {
        try errors.dropWaiting(batch.rows, sheet: rows.sheet, row: rows.row)
        let now = try RowsOfPlace(RowPlace(sheet: rows.sheet, row: rows.row), of: batch, connection)
        let waiting = now.sales.filter { $0.standing == .waiting }
        if !waiting.isEmpty {
            let catalogue = try ReferenceTables(connection: connection).catalogue(for: terms)
            var told: [(RowError, ErrorTable.Cause)] = []
            for sale in waiting {
                guard let draft = sale.draft else { continue }
                let looked = LookedUp(sale.parts, draft, terms: terms, catalogue: catalogue, sheet: rows.sheet)
                if case .waits(let errors)? = looked?.resolution { told += errors.map { ($0, .waiting) } }
            }
            try errors.append(told, to: batch.rows)
        }
        try errors.sort(batch)
        return waiting.count
    }
}

/// One sale with what today's reference data makes of it.
struct LookedUp {
    let product: StagedProduct
    let store: StagedStore
    let resolution: Resolver.Resolution
    let rate: ExchangeRate?

    /// Nil where product or store is not named.
    init?(_ parts: SaleParts, _ draft: Draft, terms: Terms, catalogue: Catalogue, sheet: String) {
        guard let naming = parts.product, let storeNaming = parts.store else { return nil }
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        product = StagedProduct(naming: naming, ean: resolver.name(product: naming))
        store = StagedStore(naming: storeNaming, store: resolver.name(store: storeNaming))
        var draft = draft
        (draft.product, draft.store) = (0, 0)
        guard let found = resolver.resolve(draft, sheet: { _ in sheet }) else { return nil }
        resolution = found
        if case .sale(let sale) = found { rate = resolver.rates[Int(sale.rate)] } else { rate = nil }
    }
}

extension BatchRow {
    /// Dismissed rows are counted among those that are no sales.
    mutating func skip(_ dismissed: [SkippedRows]) {
        func rows(_ skipped: [SkippedRows]) -> Int { skipped.reduce(0) { $0 + $1.rows } }
        let before = record.skipped.filter { SettledRow.isSkipReason($0.reason) }
        record.skipped.removeAll { SettledRow.isSkipReason($0.reason) }
        record.skipped += dismissed
        record.counts.skipped += rows(dismissed) - rows(before)
    }
}
