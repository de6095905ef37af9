import Batches
import Ledger
import Sellout

/// Another look at a batch's waiting rows, because a mapping, a store, a price or a rate has come.
struct Resettlement {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func carryOut(_ batch: Batch) -> News {
        guard let terms = workplace.profiles.profile(of: batch.reseller)?.terms else { return .resettled(batch, false, []) }
        do {
            let catalogue = try workplace.catalogues.catalogue(for: terms, in: workplace.ledger)
            let waiting = try workplace.ledger.waiting(of: batch.id)
            let resolved = resolve(waiting, with: catalogue, terms)
            let settled = try workplace.ledger.resettle(batch.id, resolved, terms: terms, at: .now())
            workplace.events.renewed(settled)
            return .resettled(settled, true, [.works(.ledger)])
        } catch  where error.isOvertaken {
            return .resettled(batch, false, [])
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch {
            return .resettled(batch, false, [Troubles.Condition(error)])
        }
    }

    private func resolve(_ waiting: WaitingRows, with catalogue: Catalogue, _ terms: Terms) -> ResolvedRows {
        var resolver = Resolver(terms: terms, catalogue: catalogue)
        var resolved = ResolvedRows(referenceVersion: catalogue.version)
        for product in waiting.products {
            let ean = resolver.name(product: product.naming)
            resolved.products.append(StagedProduct(naming: product.naming, ean: ean, endedFrom: resolver.endOfLastProduct))
        }
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
