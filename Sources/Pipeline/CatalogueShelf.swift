import Ledger
import Sellout
import Synchronization

/// The reference data of each reseller as last read, until it changes.
final class CatalogueShelf: Sendable {
    private let catalogues = Mutex<[String: Catalogue]>([:])

    func catalogue(for terms: Terms, in ledger: any Bookkeeping) throws(LedgerFault) -> Catalogue {
        let version = try ledger.referenceVersion()
        if let known = catalogues.withLock({ $0[terms.reseller] }), known.version == version { return known }
        let fresh = try ledger.catalogue(for: terms)
        catalogues.withLock { $0[terms.reseller] = fresh }
        return fresh
    }
}
