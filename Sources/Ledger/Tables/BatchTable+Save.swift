import Sellout

extension BatchTable {
    /// Writes everything that may have changed since the batch was read in this transaction.
    func save(_ batch: BatchRow) throws(LedgerFault) {
        let record = batch.record
        try connection.run(
            """
            UPDATE upload_batches SET status = ?, file_sha256 = ?, processing_started_at = ?, processing_completed_at = ?, attempts = ?,
                crashes = ?, message = ?, refusal = ?, detection = ?, control_totals = ?, warnings = ?, replacement = ?, revision = ?,
                published_revision = ?, is_archived = ? WHERE id = ?
            """, record.state.rawValue, record.sha256, record.startedAt, record.endedAt, record.attempts, record.crashes, record.message,
            Kept.text(record.refusal), Kept.text(record.detection), Kept.text(record.controlTotals), Kept.text(record.warnings),
            Kept.text(record.replacement), record.revision, record.publishedRevision, record.isArchived, batch.number)
        try connection.run(
            """
            UPDATE upload_batches SET rows_processed = ?, rows_failed = ?, rows_unchanged = ?, rows_restated = ?, rows_skipped = ?,
                quantity = ?, sales_local = ?, sales_eur = ?, currency = ?, first_day = ?, last_day = ?, rows_staged = ?,
                rows_malformed = ?, rows_waiting = ?, reference_version = ? WHERE id = ?
            """, record.counts.processed, record.counts.failed, record.counts.unchanged, record.counts.restated, record.counts.skipped,
            record.totals.quantity, record.totals.local, record.totals.euros, record.currency, record.firstDay, record.lastDay,
            batch.staged, batch.malformed, batch.waiting, batch.referenceVersion, batch.number)
    }
}
