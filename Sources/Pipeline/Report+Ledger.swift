import Ledger
import Reports
import Sellout

extension Report {
    /// What the ledger says of the batch now.
    init(_ batch: BatchRecord, in ledger: any Bookkeeping, profiles: ProfileShelf) throws(LedgerFault) {
        self.init(
            batch, vendorName: profiles.profile(of: batch.reseller)?.terms.vendorName,
            errors: try ledger.errors(of: batch.id, after: 0, limit: Report.entriesListed),
            errorCounts: try ledger.errorCounts(of: batch.id),
            restatements: try ledger.restatements(of: batch.id), rates: try ledger.rates(of: batch.id))
    }
}
