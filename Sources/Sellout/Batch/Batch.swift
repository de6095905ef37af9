import Batches
import Cells

/// One batch as the ledger knows it: the whole story of one file.
package struct Batch: Hashable, Sendable {
    package var id: BatchID
    /// `Batch.unrecognised` until it is known whose the file is.
    package var reseller: String
    /// In a form that can be printed; the spool keeps the name's own bytes.
    package var filename: String
    package var mode: UploadMode
    package var state: BatchState
    package var sizeBytes: Int64
    package var sha256: String?
    package var host: String
    /// The UUID of the user who sent it over HTTP; nil for what came through a folder.
    package var uploader: String?

    package var receivedAt: Timestamp
    package var startedAt: Timestamp?
    package var endedAt: Timestamp?

    /// Counted before each try.
    package var attempts = 0
    /// How often the process died by its own fault while it read this file.
    package var crashes = 0

    /// One sentence that tells a person where it stands.
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
    package var skipped: [SkippedRows] = []
    package var replacement: Replacement?
    package var forced: ForcedStep?

    /// Raised whenever the report would read differently. A report is owed while `publishedRevision` is behind.
    package var revision = 0
    package var publishedRevision = 0
    package var isArchived = false

    package init(
        id: BatchID, reseller: String, filename: String, mode: UploadMode, state: BatchState = .pending, sizeBytes: Int64, host: String,
        uploader: String? = nil, receivedAt: Timestamp
    ) {
        self.id = id
        self.reseller = reseller
        self.filename = filename
        self.mode = mode
        self.state = state
        self.sizeBytes = sizeBytes
        self.host = host
        self.uploader = uploader
        self.receivedAt = receivedAt
    }

    /// Stands for the reseller of a file that lies in the operators' own inbox and that nobody has recognised yet.
    package static let unrecognised = "operations"

    package var owesReport: Bool { state.isOver && publishedRevision < revision }
}

/// What became of a file's rows. Each sale found in it was either processed, or failed, or is unchanged.
package struct RowCounts: Hashable, Sendable {
    package var processed = 0
    package var failed = 0
    package var unchanged = 0
    /// Counted among the processed too.
    package var restated = 0
    /// Rows that are no sales.
    package var skipped = 0

    package var total: Int { processed + failed + unchanged }

    /// More than one row in ten, where there are enough to speak of a rate.
    package var areManyFailed: Bool { total >= 10 && failed * 10 > total }

    /// `120 of 800 rows failed (15 %).`
    package var failedSentence: String { "\(failed) of \(total) rows failed (\((failed * 100 + total / 2) / max(1, total)) %)." }

    package init(processed: Int = 0, failed: Int = 0, unchanged: Int = 0, restated: Int = 0, skipped: Int = 0) {
        self.processed = processed
        self.failed = failed
        self.unchanged = unchanged
        self.restated = restated
        self.skipped = skipped
    }
}

/// The sums of a batch's processed sales.
package struct SalesTotals: Hashable, Sendable {
    package var quantity: Int64
    package var local: Money
    package var euros: Money

    package static let zero = SalesTotals(quantity: 0, local: .zero, euros: .zero)

    package init(quantity: Int64, local: Money, euros: Money) {
        self.quantity = quantity
        self.local = local
        self.euros = euros
    }
}
