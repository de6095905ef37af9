import Cells
import Sellout

/// What of the books would come out otherwise with today's reference data and profile.
package struct RebookPlan: Hashable, Sendable {
    /// What is booked, or would be.
    package struct Meaning: Hashable, Sendable {
        package let store: String
        package let ean: EAN

        package init(store: String, ean: EAN) {
            self.store = store
            self.ean = ean
        }
    }

    /// Sales that mean one thing in the books and another one today.
    package struct Line: Hashable, Sendable {
        package let old: Meaning
        package let new: Meaning
        package fileprivate(set) var sales = 0
        package fileprivate(set) var oldTotals = SalesTotals.zero
        package fileprivate(set) var newTotals = SalesTotals.zero
    }

    package let reseller: String
    package fileprivate(set) var lines: [Line] = []
    package fileprivate(set) var batches = 0

    package var sales: Int { lines.reduce(0) { $0 + $1.sales } }

    package init(reseller: String) { self.reseller = reseller }
}

/// Resolves every current sale of a reseller anew from what its file said. What comes out otherwise is withdrawn and booked again under
/// the same batch. What cannot be resolved today stays as it is.
struct Rebooking {
    let connection: Connection
    let terms: Terms

    func plan() throws(LedgerFault) -> RebookPlan {
        try go { _, _ throws(LedgerFault) in }
    }

    func carryOut(by deed: Deed) throws(LedgerFault) -> RebookPlan {
        try WrittenNames(connection: connection).refresh(terms)
        let audit = AuditLog(connection: connection)
        var entry: Int64?
        let plan = try go { batch, changed throws(LedgerFault) in
            if entry == nil {
                entry = try audit.enter(Deed(actor: deed.actor, reason: "\(terms.reseller)", at: deed.at), "rebook")
            }
            if let entry { try book(changed, of: batch, by: entry) }
        }
        if let entry {
            let figures =
                "\(terms.reseller): \(OutcomeMessage.number(plan.sales, "sale")) of \(OutcomeMessage.number(plan.batches, "batch", "batches")) booked anew"
            let reason = deed.reason.isEmpty ? figures : "\(deed.reason) (\(figures))"
            try connection.update(AuditLog.reason(reason), where: "id = ?", entry)
        }
        return plan
    }

    private func go(_ each: (_ batch: Int64, ChangedSales) throws(LedgerFault) -> Void) throws(LedgerFault) -> RebookPlan {
        var plan = RebookPlan(reseller: terms.reseller)
        var resolving = try ResolvingAgain(connection: connection, terms: terms)
        var places: [[RebookPlan.Meaning]: Int] = [:]
        for batch in try connection.all(BatchTable.number, from: "upload_batches WHERE reseller = ? ORDER BY id", terms.reseller) {
            let changed = try resolving.changed(of: batch)
            guard !changed.ids.isEmpty else { continue }
            plan.batches += 1
            for change in changed.changes {
                let place = places[[change.old, change.new]] ?? plan.lines.count
                if place == plan.lines.count {
                    places[[change.old, change.new]] = place
                    plan.lines.append(RebookPlan.Line(old: change.old, new: change.new))
                }
                plan.lines[place].sales += 1
                plan.lines[place].oldTotals = try plan.lines[place].oldTotals.adding(change.oldFigures)
                plan.lines[place].newTotals = try plan.lines[place].newTotals.adding(change.newFigures)
            }
            try each(batch, changed)
        }
        return plan
    }

    private func book(_ changed: ChangedSales, of batch: Int64, by entry: Int64) throws(LedgerFault) {
        let editions = EditionTable(connection: connection)
        let edition = try editions.open(batch)
        try NamingTables(connection: connection).append(changed.chunk, to: edition, of: terms.reseller)
        try SaleTable(connection: connection).append(changed.chunk.rows, behind: RowRange(edition).first)
        try Journal(connection: connection).withdraw(changed.ids, by: entry)
        try editions.book(edition, by: entry, currency: terms.currency)
    }
}

/// Of one batch, the sales that come out otherwise, and as what.
struct ChangedSales {
    struct Change {
        let old: RebookPlan.Meaning
        let new: RebookPlan.Meaning
        let oldFigures: SalesTotals
        let newFigures: SalesTotals
    }

    var ids: [Int64] = []
    var changes: [Change] = []
    /// The same rows as today's reference data has them, with tables of their own.
    var chunk = StagedChunk(referenceVersion: 0)
    private var sheets: [String: Int32] = [:]
    private var products: [Int32: Int32] = [:]
    private var stores: [Int32: Int32] = [:]
    private var rates: [Int32: Int32] = [:]

    /// `draft` and `sale` bear the resolver's numbers.
    mutating func take(_ id: Int64, _ draft: Draft, _ sale: Resolver.Sale, sheet: String, _ resolver: Resolver, _ change: Change) {
        var draft = draft
        draft.sheet = ChangedSales.number(sheet, &sheets) { chunk.sheets.append(sheet) }
        let (product, store) = (resolver.products[Int(draft.product)], resolver.stores[Int(draft.store)])
        draft.product = ChangedSales.number(draft.product, &products) {
            chunk.products.append(StagedProduct(naming: product.naming, ean: product.ean))
        }
        draft.store = ChangedSales.number(draft.store, &stores) {
            chunk.stores.append(StagedStore(naming: store.naming, store: store.store))
        }
        let rate = ChangedSales.number(sale.rate, &rates) { chunk.rates.append(resolver.rates[Int(sale.rate)]) }
        chunk.rows.append(StagedRow(draft: draft, local: sale.local, euros: sale.euros, rate: rate))
        ids.append(id)
        changes.append(change)
    }

    private static func number<Key: Hashable>(_ key: Key, _ numbers: inout [Key: Int32], _ enter: () -> Void) -> Int32 {
        if let known = numbers[key] { return known }
        let number = Int32(clamping: numbers.count)
        numbers[key] = number
        enter()
        return number
    }
}
