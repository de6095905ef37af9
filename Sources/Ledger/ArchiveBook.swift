import Batches
import Sellout

/// The ledger beside the archive: what one knows and the other does not, after a copy of the ledger was put back.
package protocol ArchiveBook: Sendable {
    /// Those of which neither a batch nor a line of the audit log is left or has ever been.
    func unheardOf(among ids: [BatchID]) throws(LedgerFault) -> [BatchID]

    /// Enters files as `pending` that the archive keeps and the ledger does not know. One that is there already stays as it is.
    func takeAgain(_ batches: [Batch], by: Deed) throws(LedgerFault)

    /// A reference file was taken: from here on it is heard of.
    func noteReference(_ id: BatchID, by: Deed) throws(LedgerFault)

    /// The batches whose originals ought to lie in the archive, in order of arrival.
    func archived() throws(LedgerFault) -> [BatchID]

    /// What is wrong with the file itself, at most a hundred sentences of SQLite's own. Reads all of it.
    func faultsOfFile() throws(LedgerFault) -> [String]
}
