import Batches
import Cells
import Foundation
import Sellout

/// A batch with what the ledger alone knows of it.
struct BatchRow {
    /// Its number in this file; rows are keyed by it.
    let number: Int64
    var record: BatchRecord
    /// Rows that were staged, whatever has become of them since.
    var staged: Int64
    var malformed: Int
    var waiting: Int
    /// The lowest version of the reference data that its rows were resolved with.
    var referenceVersion: Int

    var rows: RowRange { RowRange(batch: number) }

    static let columns = """
        id, batch_id, reseller, filename, upload_mode, status, file_size_bytes, file_sha256, host, received_at, processing_started_at,
        processing_completed_at, attempts, crashes, message, refusal, rows_processed, rows_failed, rows_unchanged, rows_restated, rows_skipped,
        quantity, sales_local, sales_eur, currency, first_day, last_day, detection, control_totals, warnings, replacement, revision,
        published_revision, is_archived, rows_staged, rows_malformed, rows_waiting, reference_version
        """

    init(_ row: Statement) throws(LedgerFault) {
        guard let id = BatchID(row.text(1)), let mode = UploadMode(rawValue: row.text(4)), let state = BatchState(rawValue: row.text(5))
        else {
            throw LedgerFault.broken("Batch \(row.text(1)) is damaged: its mode is \(row.text(4)), its status \(row.text(5)).")
        }
        number = row.int64(0)
        record = BatchRecord(
            id: id, reseller: row.text(2), filename: row.text(3), mode: mode, state: state, sizeBytes: row.int64(6), host: row.text(8),
            receivedAt: Timestamp(milliseconds: row.int64(9)))
        staged = row.int64(34)
        malformed = row.int(35)
        waiting = row.int(36)
        referenceVersion = row.int(37)
        readStory(row)
        readFigures(row)
    }

    private mutating func readStory(_ row: Statement) {
        record.sha256 = row.optionalText(7)
        record.startedAt = row.optionalInt64(10).map(Timestamp.init(milliseconds:))
        record.endedAt = row.optionalInt64(11).map(Timestamp.init(milliseconds:))
        record.attempts = row.int(12)
        record.crashes = row.int(13)
        record.message = row.text(14)
        record.refusal = Kept.value(row.optionalText(15))
        record.detection = Kept.value(row.optionalText(27))
        record.controlTotals = Kept.value(row.optionalText(28)) ?? []
        record.warnings = Kept.value(row.optionalText(29)) ?? []
        record.replacement = Kept.value(row.optionalText(30))
        record.revision = row.int(31)
        record.publishedRevision = row.int(32)
        record.isArchived = row.bool(33)
    }

    private mutating func readFigures(_ row: Statement) {
        record.counts = RowCounts(
            processed: row.int(16), failed: row.int(17), unchanged: row.int(18), restated: row.int(19), skipped: row.int(20))
        record.totals = SalesTotals(quantity: row.int64(21), local: Money(units: row.int64(22)), euros: Money(units: row.int64(23)))
        record.currency = row.optionalText(24)
        record.firstDay = row.optionalInt64(25).map { CivilDay(number: Int32(clamping: $0)) }
        record.lastDay = row.optionalInt64(26).map { CivilDay(number: Int32(clamping: $0)) }
    }

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
        record.replacement = nil
        record.refusal = nil
        staged = 0
        malformed = 0
        waiting = 0
        referenceVersion = 0
    }

    mutating func take(_ findings: Findings) {
        record.detection = findings.detection
        record.counts.skipped = findings.rowsSkipped
        record.controlTotals = findings.controlTotals
        record.warnings = findings.warnings
    }
}

/// What is kept as JSON: values that are shown and never searched.
enum Kept {
    static func value<Value: Decodable>(_ text: String?) -> Value? {
        text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }

    static func text(_ value: (some Encodable)?) -> String? {
        value.flatMap { try? JSONEncoder().encode($0) }.map { String(decoding: $0, as: UTF8.self) }
    }
}
