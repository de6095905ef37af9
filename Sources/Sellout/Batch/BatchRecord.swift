import Batches
import Cells

/// One batch as the ledger knows it: one file's whole story.
package struct BatchRecord: Hashable, Sendable {
    package var id: BatchID
    package var reseller: String
    /// As it can be printed; the file's own bytes are its name in the spool.
    package var filename: String
    package var mode: UploadMode
    package var state: BatchState
    package var sizeBytes: Int64
    package var sha256: String?
    package var host: String

    package var receivedAt: Timestamp
    package var startedAt: Timestamp?
    package var endedAt: Timestamp?

    /// Raised before each try.
    package var attempts = 0
    /// How often the process died by its own fault while it read this file.
    package var crashes = 0

    /// One sentence on where it stands, for a person.
    package var message = ""
    package var refusal: FileRefusal?
    package var counts = RowCounts()
    package var totals = SalesTotals.zero
    package var currency: String?
    package var firstDay: CivilDay?
    package var lastDay: CivilDay?
    package var detection: Detection?
    package var controlTotals: [ControlTotal] = []
    package var warnings: [Warning] = []
    package var replacement: Replacement?

    /// Raised whenever the report would read differently; a report is owed while `publishedRevision` is behind it.
    package var revision = 0
    package var publishedRevision = 0
    package var isArchived = false

    package init(
        id: BatchID, reseller: String, filename: String, mode: UploadMode, state: BatchState = .pending, sizeBytes: Int64, host: String,
        receivedAt: Timestamp
    ) {
        self.id = id
        self.reseller = reseller
        self.filename = filename
        self.mode = mode
        self.state = state
        self.sizeBytes = sizeBytes
        self.host = host
        self.receivedAt = receivedAt
    }

    package var owesReport: Bool { state.isOver && publishedRevision < revision }
}
