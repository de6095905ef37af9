import Batches
import Folders
import Glibc
import Ledger
import Linux
import Sellout

/// Compares a ledger's file with itself and with the archive, and changes nothing.
package struct Verification: Sendable {
    /// What does not agree.
    package struct Outcome: Sendable {
        /// What SQLite finds wrong with the file; nothing else is asked of such a ledger.
        package var faultsOfFile: [String] = []
        /// Originals in the archive.
        package var originals = 0
        package var unheard = Inventory.Unheard()
        /// The ledger says that their originals were put away, and they are not there. After the retention time that is as it should be.
        package var missing: [Batch] = []
        package var missingCount = 0

        package init() {}

        /// Somebody has to do something.
        package var isWrong: Bool {
            !faultsOfFile.isEmpty || !unheard.batches.isEmpty || !unheard.references.isEmpty || !unheard.nobodys.isEmpty
                || !unheard.faults.isEmpty
        }
    }

    /// So many of the missing are named.
    private static let mostNamed = 100

    private let root: String
    private let ledger: any Bookkeeping

    package init(root: String, ledger: any Bookkeeping) {
        self.root = root
        self.ledger = ledger
    }

    package func carryOut() throws -> Outcome {
        var outcome = Outcome()
        outcome.faultsOfFile = try ledger.faultsOfFile()
        // Where there is none a daemon has never run, and opening the root would make it.
        guard outcome.faultsOfFile.isEmpty, unsafe access(root + "/.archive", F_OK) == 0 else { return outcome }
        // Before the archive is looked at: what is put away meanwhile is missing nowhere.
        let archived = try ledger.archived()
        var there: Set<BatchID> = []
        outcome.unheard = try Inventory(of: try Root(path: root), ledger: ledger, host: "").unheard { there.formUnion($0) }
        outcome.originals = there.count
        let missing = archived.filter { !there.contains($0) }
        outcome.missingCount = missing.count
        outcome.missing = try missing.prefix(Self.mostNamed).compactMap { id throws(LedgerFault) in try ledger.batch(id) }
        return outcome
    }
}
