import Batches
import Ledger
import Sellout

/// What whoever receives uploads asks.
extension OperatorDesk {
    /// The batch whose content it is: in the books, waiting or being read. What was undone, deleted or refused may come again.
    package func holder(ofContent sha256: String, reseller: String) throws(Refused) -> Batch? {
        try ask { () throws(LedgerFault) in try ledger.holder(of: sha256, reseller: reseller) }
    }

    package func wasDeleted(_ id: BatchID) throws(Refused) -> Bool {
        if case .deleted = try ask({ () throws(LedgerFault) in try ledger.fates(of: [id]) })[id] { true } else { false }
    }

    /// Those that the ledger has never heard of.
    package func unknown(among ids: [BatchID]) throws(Refused) -> Set<BatchID> {
        Set(try ask { () throws(LedgerFault) in try ledger.unheardOf(among: ids) })
    }

    /// Whose layout was recognised; nil until then.
    package func vendorName(of batch: Batch) -> String? {
        batch.detection == nil ? nil : terms[batch.reseller]?.vendorName ?? batch.reseller
    }
}
