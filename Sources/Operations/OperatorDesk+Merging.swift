import Ledger
import Sellout

/// Two that are one, and two again.
extension OperatorDesk {
    /// Stores of a reseller, or of all, that are probably one: those with most sales first.
    package func storeClusters(of reseller: String? = nil) throws(Refused) -> [StoreCluster] {
        let resellers: [String]
        if let reseller {
            resellers = [try known(reseller: reseller)]
        } else {
            let all = try ask { () throws(LedgerFault) in try ledger.stores(ReferenceFilter(limit: .max)) }
            resellers = Set(all.map(\.store.reseller)).sorted()
        }
        var clusters: [StoreCluster] = []
        for reseller in resellers {
            clusters += StoreCluster.all(among: try ask { () throws(LedgerFault) in try ledger.storeFigures(of: reseller) })
        }
        return clusters
    }

    /// The names of the one mean the other from now on. The one may be a store that nobody knows yet, and rows wait for.
    package func merge(
        store name: String, into other: String, of reseller: String, reason: String = ""
    ) throws(Refused) -> CorrectionAnswer {
        let reseller = try known(reseller: reseller)
        let into = try store(other, of: reseller).store
        let waiting = try ask { () throws(LedgerFault) in try ledger.unknownStores(reseller: reseller) }.map(\.name)
        let unknown = waiting.first { Folded.text($0) == Folded.text(name) }
        let one: String
        do { one = try store(name, of: reseller).store.code } catch {
            guard error.reason == .unknown, let unknown else { throw error }
            one = unknown
        }
        let deed = deed(reason)
        let merge = try ask { () throws(LedgerFault) in try ledger.merge(store: one, into: into.code, of: reseller, by: deed) }
        return CorrectionAnswer(
            line: merge.line, change: "\(reseller): \(merge.store) is \(merge.into)", salesAffected: try salesAffected(of: [reseller]))
    }

    package func split(store name: String, of reseller: String, reason: String = "") throws(Refused) -> CorrectionAnswer {
        let store = try store(name, of: try known(reseller: reseller)).store
        return try correct(.splitStore(reseller: reseller, code: store.code), reason, of: [reseller])
    }

    /// An EAN that was entered twice, or that another one has replaced: what means it means the other from now on.
    package func merge(product text: String, into other: String, reason: String = "") throws(Refused) -> CorrectionAnswer {
        let (one, into) = (try product(try ean(text)), try product(try ean(other)))
        return try correct(.mergeProducts(one.ean, into: into.ean), reason, of: nil)
    }

    package func split(product text: String, reason: String = "") throws(Refused) -> CorrectionAnswer {
        try correct(.splitProduct(try product(try ean(text)).ean), reason, of: nil)
    }
}
