import Batches
import Cells
import Sellout

/// A batch with what the ledger alone knows of it.
struct BatchRow {
    /// Its number in this file.
    let number: Int64
    var record: Batch
    /// The edition of its present reading; 0 where there is none.
    var edition: Int64
    /// Whether sales of that edition are in the books. More of its rows may follow.
    var isBooked: Bool
    /// Rows that were staged, whatever has become of them since.
    var staged: Int64
    var malformed: Int
    var waiting: Int
    /// The lowest version of the reference data that its rows were resolved with.
    var referenceVersion: Int
    /// What its columns are called, where that was learnt since the batch was read; saved with it.
    var headers: FileHeaders?

    var rows: RowRange { RowRange(edition) }

    /// Forgets what an earlier try found; its rows go separately.
    mutating func forgetFindings() {
        record.counts = RowCounts()
        record.totals = .zero
        record.currency = nil
        record.firstDay = nil
        record.lastDay = nil
        record.detection = nil
        record.controlTotals = []
        record.warnings = []
        record.skipped = []
        record.replacement = nil
        record.refusal = nil
        record.forced = nil
        staged = 0
        malformed = 0
        waiting = 0
        referenceVersion = 0
    }

    /// Forgets the sales that it would have brought, and not what was wrong with the others.
    mutating func forgetSales() {
        record.counts.processed = 0
        record.counts.unchanged = 0
        record.counts.restated = 0
        record.totals = .zero
        record.replacement = nil
        waiting = 0
    }

    mutating func take(_ findings: Findings) {
        record.detection = findings.detection
        record.counts.skipped = findings.rowsSkipped
        record.controlTotals = findings.controlTotals
        record.warnings = findings.warnings
        record.skipped = findings.skipped
        headers = findings.headers
    }
}

/// The numbers that an edition's rows bear: edition × 2^32 + 1 and up. Stands for the two `?` of `RowRange.within`.
struct RowRange: Bindable {
    let first: Int64
    let last: Int64

    /// More rows than these in one edition would run into the next one's numbers.
    static let most: Int64 = 0xFFFF_FFFF

    init(_ edition: Int64) {
        first = edition << 32
        last = first | RowRange.most
    }

    static func edition(of id: Int64) -> Int64 { id >> 32 }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        try statement.bind(first, at: &place)
        try statement.bind(last, at: &place)
    }

    /// The condition that a row of the table belongs to one edition.
    static func within(_ table: StaticString) -> String { "\(table).id BETWEEN ? AND ?" }

    /// The condition that a row of the table belongs to the edition beside it in a join.
    static func join(_ table: StaticString) -> String {
        "\(table).id BETWEEN editions.id << 32 AND (editions.id << 32) + \(most)"
    }
}

/// `upload_batches`. A batch's state changes in `move` and nowhere else.
struct BatchTable {
    static let table: StaticString = "upload_batches"
    static let number = Column<Int64>(table, "id")
    static let id = Column<BatchID>(table, "batch_id")
    static let reseller = Column<String>(table, "reseller")
    static let filename = Column<String>(table, "filename")
    static let mode = Column<UploadMode>(table, "upload_mode")
    static let state = Column<BatchState>(table, "status")
    static let size = Column<Int64>(table, "file_size_bytes")
    static let host = Column<String>(table, "host")
    static let uploader = Column<String?>(table, "uploader")
    static let receivedAt = Column<Timestamp>(table, "received_at")
    static let sha256 = Column<String?>(table, "file_sha256")
    static let startedAt = Column<Timestamp?>(table, "processing_started_at")
    static let endedAt = Column<Timestamp?>(table, "processing_completed_at")
    static let attempts = Column<Int>(table, "attempts")
    static let crashes = Column<Int>(table, "crashes")
    static let message = Column<String>(table, "message")
    static let refusal = Column<FileRefusal?>(table, "refusal")
    static let processed = Column<Int>(table, "rows_processed")
    static let failed = Column<Int>(table, "rows_failed")
    static let unchanged = Column<Int>(table, "rows_unchanged")
    static let restated = Column<Int>(table, "rows_restated")
    static let skipped = Column<Int>(table, "rows_skipped")
    static let quantity = Column<Int64>(table, "quantity")
    static let local = Column<Money>(table, "sales_local")
    static let euros = Column<Money>(table, "sales_eur")
    static let currency = Column<String?>(table, "currency")
    static let firstDay = Column<CivilDay?>(table, "first_day")
    static let lastDay = Column<CivilDay?>(table, "last_day")
    static let detection = Column<Detection?>(table, "detection")
    static let controlTotals = Column<[ControlTotal]>(table, "control_totals")
    static let warnings = Column<[Warning]>(table, "warnings")
    static let skippedRows = Column<[SkippedRows]>(table, "skipped_rows")
    static let replacement = Column<Replacement?>(table, "replacement")
    static let forced = Column<ForcedStep?>(table, "forced")
    static let revision = Column<Int>(table, "revision")
    static let publishedRevision = Column<Int>(table, "published_revision")
    static let isArchived = Column<Bool>(table, "is_archived")
    static let staged = Column<Int64>(table, "rows_staged")
    static let malformed = Column<Int>(table, "rows_malformed")
    static let waiting = Column<Int>(table, "rows_waiting")
    static let referenceVersion = Column<Int>(table, "reference_version")
    static let edition = Column<Int64>(table, "edition")
    /// Its record is gone for everybody who lists batches; its sales stay.
    static let deletedAt = Column<Timestamp?>(table, "deleted_at")
    private static let isBooked = Column<Bool>(
        computed: "EXISTS (SELECT 1 FROM editions WHERE editions.id = upload_batches.edition AND booked IS NOT NULL)")

    static let all = ColumnList(
        number, id, reseller, filename, mode, state, size, host, uploader, receivedAt, sha256, startedAt, endedAt, attempts, crashes,
        message,
        refusal,
        processed, failed, unchanged, restated, skipped, quantity, local, euros, currency, firstDay, lastDay, detection, controlTotals,
        warnings, skippedRows, replacement, forced, revision, publishedRevision, isArchived, edition, isBooked, staged, malformed, waiting,
        referenceVersion)

    let connection: Connection
}

/// Rows to values and back.
extension BatchTable {
    /// In the order of `all`, in which columns are found soonest.
    static func read(_ row: Statement) throws(LedgerFault) -> BatchRow {
        let number = try row[number]
        var record = Batch(
            id: try row[id], reseller: try row[reseller], filename: try row[filename], mode: try row[mode], state: try row[state],
            sizeBytes: try row[size], host: try row[host], uploader: try row[uploader], receivedAt: try row[receivedAt])
        record.sha256 = try row[sha256]
        record.startedAt = try row[startedAt]
        record.endedAt = try row[endedAt]
        record.attempts = try row[attempts]
        record.crashes = try row[crashes]
        record.message = try row[message]
        record.refusal = try row[refusal]
        record.counts = RowCounts(
            processed: try row[processed], failed: try row[failed], unchanged: try row[unchanged], restated: try row[restated],
            skipped: try row[skipped])
        record.totals = SalesTotals(quantity: try row[quantity], local: try row[local], euros: try row[euros])
        record.currency = try row[currency]
        record.firstDay = try row[firstDay]
        record.lastDay = try row[lastDay]
        record.detection = try row[detection]
        record.controlTotals = try row[controlTotals]
        record.warnings = try row[warnings]
        record.skipped = try row[skippedRows]
        record.replacement = try row[replacement]
        record.forced = try row[forced]
        record.revision = try row[revision]
        record.publishedRevision = try row[publishedRevision]
        record.isArchived = try row[isArchived]
        return BatchRow(
            number: number, record: record, edition: try row[edition], isBooked: try row[isBooked], staged: try row[staged],
            malformed: try row[malformed], waiting: try row[waiting], referenceVersion: try row[referenceVersion])
    }

    /// As `pending`. False where it is there already.
    func insert(_ batch: Batch) throws(LedgerFault) -> Bool {
        try ResellerTable(connection: connection).enter(batch.reseller, at: batch.receivedAt)
        return try connection.insert(
            orIgnore: true, Self.id(batch.id), Self.reseller(batch.reseller), Self.filename(batch.filename), Self.mode(batch.mode),
            Self.state(.pending), Self.size(batch.sizeBytes), Self.sha256(batch.sha256), Self.host(batch.host),
            Self.uploader(batch.uploader), Self.receivedAt(batch.receivedAt), Self.message(batch.message))
    }

    /// Writes everything that may have changed since the batch was read in this transaction.
    func save(_ batch: BatchRow) throws(LedgerFault) {
        let record = batch.record
        try connection.update(
            Self.state(record.state), Self.sha256(record.sha256), Self.startedAt(record.startedAt), Self.endedAt(record.endedAt),
            Self.attempts(record.attempts), Self.crashes(record.crashes), Self.message(record.message), Self.refusal(record.refusal),
            Self.processed(record.counts.processed), Self.failed(record.counts.failed), Self.unchanged(record.counts.unchanged),
            Self.restated(record.counts.restated), Self.skipped(record.counts.skipped), Self.quantity(record.totals.quantity),
            Self.local(record.totals.local), Self.euros(record.totals.euros), Self.currency(record.currency),
            Self.firstDay(record.firstDay), Self.lastDay(record.lastDay), Self.detection(record.detection),
            Self.controlTotals(record.controlTotals), Self.warnings(record.warnings), Self.skippedRows(record.skipped),
            Self.replacement(record.replacement), Self.forced(record.forced),
            Self.revision(record.revision), Self.publishedRevision(record.publishedRevision), Self.isArchived(record.isArchived),
            Self.edition(batch.edition), Self.staged(batch.staged), Self.malformed(batch.malformed), Self.waiting(batch.waiting),
            Self.referenceVersion(batch.referenceVersion), where: "id = ?", batch.number)
        if let headers = batch.headers { try keep(headers, of: batch) }
    }

    /// What the reseller's last batches came to, the newest first, without this one.
    func figures(before batch: BatchRow) throws(LedgerFault) -> [BatchFigures] {
        try connection.all(
            ColumnList(Self.processed, Self.quantity, Self.local),
            from: """
                upload_batches WHERE reseller = ? AND id <> ? AND rows_processed > 0 AND status IN ('completed', 'partial_success')
                ORDER BY received_at DESC LIMIT ?
                """, batch.record.reseller, batch.number, UsualFigures.most
        ) { row throws(LedgerFault) in
            BatchFigures(sales: try row[Self.processed], quantity: try row[Self.quantity], amount: try row[Self.local])
        }
    }

    /// The one way from state to state: what the trade forbids is refused, and each step leaves its line.
    @discardableResult
    func move(_ batch: inout BatchRow, to next: BatchState, _ action: String, by deed: Deed) throws(LedgerFault) -> Int64 {
        let before = batch.record.state
        batch.record.state = try batch.mayBecome(next)
        return try AuditLog(connection: connection).enter(deed, action, batch: batch.record.id, from: before, to: next)
    }

    /// Takes the record out of all listings.
    func hide(_ batch: BatchRow, at: Timestamp) throws(LedgerFault) {
        try connection.update(Self.deletedAt(at), where: "id = ?", batch.number)
    }
}

extension BatchRow {
    /// Asks the state machine without taking the step.
    @discardableResult func mayBecome(_ next: BatchState) throws(LedgerFault) -> BatchState {
        do throws(ForbiddenStep) { return try record.state.moved(to: next) } catch { throw LedgerFault.forbidden(error) }
    }
}
