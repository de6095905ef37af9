import Batches
import Ledger
import Sellout
import Synchronization

/// Batches whose try ended without being the file's fault, and which the ledger must still hear of: with a full disk even
/// giving a batch back can fail.
final class Debts: Sendable {
    private let batches = Mutex<Set<BatchID>>([])

    func owe(_ batch: BatchID) { _ = batches.withLock { $0.insert(batch) } }

    var isEmpty: Bool { batches.withLock { $0.isEmpty } }

    /// Gives back as many as the ledger takes; the rest stays owed.
    func settle(in ledger: any Bookkeeping) throws(LedgerFault) {
        for batch in batches.withLock({ $0 }) {
            do {
                try ledger.giveBack(batch)
            } catch LedgerFault.forbidden {
                // Somebody has changed its state meanwhile; there is nothing left to give back.
            }
            _ = batches.withLock { $0.remove(batch) }
        }
    }
}
