import Cells

/// One batch as the ledger knows it: one file's whole story.
public struct BatchRecord: Hashable, Sendable {
    public var id: BatchID
    public var reseller: String
    /// As it can be printed; the file's own bytes are its name in the spool.
    public var filename: String
    public var mode: UploadMode
    public var state: BatchState
    public var sizeBytes: Int64
    public var sha256: String?
    public var host: String

    public var receivedAt: Timestamp
    public var startedAt: Timestamp?
    public var endedAt: Timestamp?

    /// Raised before each try.
    public var attempts = 0
    /// How often the process died by its own fault while it read this file.
    public var crashes = 0

    /// One sentence on where it stands, for a person.
    public var message = ""
    public var refusal: FileRefusal?
    public var counts = RowCounts()
    public var totals = SalesTotals.zero
    public var currency: String?
    public var firstDay: CivilDay?
    public var lastDay: CivilDay?
    public var detection: Detection?
    public var controlTotals: [ControlTotal] = []
    public var warnings: [Warning] = []
    public var replacement: Replacement?

    /// Raised whenever the report would read differently; a report is owed while `publishedRevision` is behind it.
    public var revision = 0
    public var publishedRevision = 0
    public var isArchived = false

    public init(
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

    public var owesReport: Bool { state.isOver && publishedRevision < revision }
}
