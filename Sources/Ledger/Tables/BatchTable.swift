import Batches
import Sellout

/// `upload_batches`. A batch's state changes in `move` and nowhere else.
struct BatchTable {
    let connection: Connection

    private static let select = "SELECT \(BatchRow.columns) FROM upload_batches "

    func insert(_ batch: BatchRecord) throws(LedgerFault) -> Bool {
        try connection.run("INSERT OR IGNORE INTO resellers (reseller) VALUES (?)", batch.reseller)
        return try connection.run(
            """
            INSERT OR IGNORE INTO upload_batches (batch_id, reseller, filename, upload_mode, status, file_size_bytes, file_sha256, host,
                received_at, message) VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)
            """, batch.id.text, batch.reseller, batch.filename, batch.mode.rawValue, batch.sizeBytes, batch.sha256, batch.host,
            batch.receivedAt, batch.message) > 0
    }

    func find(_ id: BatchID) throws(LedgerFault) -> BatchRow? {
        try connection.first(BatchTable.select + "WHERE batch_id = ?", id.text, read: BatchRow.init)
    }

    func get(_ id: BatchID) throws(LedgerFault) -> BatchRow {
        guard let batch = try find(id) else { throw LedgerFault.unknownBatch(id.text) }
        return batch
    }

    func get(number: Int64) throws(LedgerFault) -> BatchRow? {
        try connection.first(BatchTable.select + "WHERE id = ?", number, read: BatchRow.init)
    }

    func list(_ filter: BatchFilter) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select
                + "WHERE (?1 IS NULL OR reseller = ?1) AND (?2 IS NULL OR status = ?2) ORDER BY received_at DESC, id DESC LIMIT ?3",
            filter.reseller, filter.state?.rawValue, filter.limit, read: BatchRow.init)
    }

    func list(idPrefix: String) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select + "WHERE substr(batch_id, 1, length(?1)) = ?1 ORDER BY received_at, id LIMIT 100", idPrefix.lowercased(),
            read: BatchRow.init)
    }

    /// In order of arrival.
    func list(in state: BatchState) throws(LedgerFault) -> [BatchRow] {
        try connection.all(BatchTable.select + "WHERE status = ? ORDER BY received_at, id", state.rawValue, read: BatchRow.init)
    }

    func owingReports() throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select
                + "WHERE published_revision < revision AND status NOT IN ('pending', 'processing', 'approved') ORDER BY received_at, id",
            read: BatchRow.init)
    }

    func unarchived() throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select
                + """
                WHERE is_archived = 0 AND published_revision >= revision AND status NOT IN ('pending', 'processing', 'approved')
                ORDER BY received_at, id
                """, read: BatchRow.init)
    }

    /// Those of the same content that are in the ledger or may come to be, the first one first.
    func holders(of sha256: String, reseller: String, except number: Int64) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select + "WHERE reseller = ? AND file_sha256 = ? AND id <> ? ORDER BY received_at, id", reseller, sha256, number,
            read: BatchRow.init
        ).filter { $0.record.state.holdsItsContent }
    }

    func awaiting(olderThan version: Int) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            BatchTable.select
                + """
                WHERE rows_waiting > 0 AND reference_version < ? AND status IN ('staging_complete', 'partial_success')
                ORDER BY received_at, id
                """, version, read: BatchRow.init)
    }

    /// The one way from state to state: what the trade forbids is refused, and each step leaves its line.
    func move(_ batch: inout BatchRow, to next: BatchState, _ action: String, by deed: Deed) throws(LedgerFault) {
        let before = batch.record.state
        do throws(ForbiddenStep) {
            batch.record.state = try before.moved(to: next)
        } catch {
            throw LedgerFault.forbidden(error)
        }
        try AuditTable(connection: connection).enter(deed, action, batch: batch.record.id, from: before, to: next)
    }

    func remove(_ batch: BatchRow) throws(LedgerFault) {
        try connection.run("DELETE FROM upload_batches WHERE id = ?", batch.number)
    }
}
