import Batches
import Ledger
import Sellout

/// Another look at a batch's waiting rows, because a mapping, a store, a price or a rate has come.
struct Resettlement {
    private let workplace: Workplace
    private let batch: BatchID
    private let terms: Terms

    init(_ workplace: Workplace, batch: BatchID, terms: Terms) {
        self.workplace = workplace
        self.batch = batch
        self.terms = terms
    }

    /// Nil where somebody changed the batch meanwhile.
    func carryOut() throws -> BatchRecord? {
        let catalogue = try workplace.catalogues.catalogue(for: terms, in: workplace.ledger)
        let waiting = try workplace.ledger.waiting(of: batch)
        let resolved = resolve(waiting, with: catalogue)
        do {
            return try workplace.ledger.resettle(batch, resolved, terms: terms, at: .now())
        } catch LedgerFault.forbidden {
            return nil
        }
    }

    private func resolve(_ waiting: WaitingRows, with catalogue: Catalogue) -> ResolvedRows {
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        var resolved = ResolvedRows(referenceVersion: catalogue.version)
        resolved.products = waiting.products.map { StagedProduct(naming: $0.naming, ean: resolver.name(product: $0.naming)) }
        resolved.stores = waiting.stores.map { StagedStore(naming: $0.naming, store: resolver.name(store: $0.naming)) }
        let sheets = waiting.sheets
        for waitingRow in waiting.rows {
            let draft = waitingRow.draft
            let outcome = resolver.resolve(draft) { sheets.indices.contains(Int($0)) ? sheets[Int($0)] : "" }
            guard let outcome else { continue }
            var row = StagedRow(draft: draft, local: nil, euros: nil, rate: nil)
            switch outcome {
            case .sale(let sale): row = StagedRow(draft: draft, local: sale.local, euros: sale.euros, rate: sale.rate)
            case .waits(let errors): resolved.errors += errors
            }
            resolved.rows.append((waitingRow.number, row))
        }
        resolved.rates = resolver.rates
        return resolved
    }
}
