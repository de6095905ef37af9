import Batches
import Sellout

/// Which batches are asked for.
extension BatchTable {
    func find(_ id: BatchID) throws(LedgerFault) -> BatchRow? {
        try connection.first(Self.all, from: "upload_batches WHERE batch_id = ? AND deleted_at IS NULL", id, read: Self.read)
    }

    func findDeleted(_ id: BatchID) throws(LedgerFault) -> BatchRow? {
        try connection.first(Self.all, from: "upload_batches WHERE batch_id = ? AND deleted_at IS NOT NULL", id, read: Self.read)
    }

    func get(_ id: BatchID) throws(LedgerFault) -> BatchRow {
        guard let batch = try find(id) else { throw LedgerFault.unknownBatch(id.text) }
        return batch
    }

    func get(number: Int64) throws(LedgerFault) -> BatchRow? {
        try connection.first(Self.all, from: "upload_batches WHERE id = ?", number, read: Self.read)
    }

    func get(ofEdition edition: Int64) throws(LedgerFault) -> BatchRow? {
        try connection.first(
            Self.all, from: "upload_batches WHERE id = (SELECT batch FROM editions WHERE id = ?)", edition, read: Self.read)
    }

    func list(idPrefix: String, deleted: Bool = false) throws(LedgerFault) -> [BatchRow] {
        let prefix = idPrefix.lowercased()
        // Ids are hexadecimal digits and hyphens, all of which come before a g.
        return try connection.all(
            Self.all,
            from: """
                upload_batches WHERE batch_id >= ? AND batch_id < ? AND deleted_at IS \(deleted ? "NOT " : "")NULL
                ORDER BY received_at, id LIMIT 100
                """, prefix, prefix + "g", read: Self.read)
    }

    /// In order of arrival.
    func list(in state: BatchState) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            Self.all, from: "upload_batches WHERE status = ? AND deleted_at IS NULL ORDER BY received_at, id", state, read: Self.read)
    }

    /// `pending` since then or longer. One that was tried again has been so since that moment only.
    func stuck(since moment: Timestamp, _ resellers: Set<String>?) throws(LedgerFault) -> [BatchRow] {
        let became = Column<Timestamp?>(computed: "max(at)")
        var stuck: [BatchRow] = []
        for batch in try list(in: .pending) where resellers?.contains(batch.record.reseller) != false {
            let last = try connection.all(
                became, from: "audit_log WHERE batch_id = ? AND to_status = ?", batch.record.id, BatchState.pending)
            if max((last.first ?? nil) ?? batch.record.receivedAt, batch.record.receivedAt) <= moment { stuck.append(batch) }
        }
        return stuck
    }

    /// Those of the same content that are in the ledger or may come to be, the first one first.
    func holders(of sha256: String, reseller: String, except number: Int64 = 0, pendingToo: Bool = false) throws(LedgerFault) -> [BatchRow]
    {
        try connection.all(
            Self.all,
            from: """
                upload_batches INDEXED BY upload_batches_by_reseller
                WHERE reseller = ? AND file_sha256 = ? AND status IN \(pendingToo ? BatchState.holdingOrPending : BatchState.holding) AND id <> ?
                AND deleted_at IS NULL ORDER BY received_at, id
                """, reseller, sha256, number, read: Self.read)
    }
}

/// What is unfinished. The indexes are named, since SQLite would rather go through all batches in the order that is asked for.
extension BatchTable {
    func owingReports() throws(LedgerFault) -> [Owed] {
        try connection.all(
            ColumnList(Self.id, Self.reseller),
            from: """
                upload_batches INDEXED BY upload_batches_owing_reports
                WHERE published_revision < revision AND status IN \(BatchState.over) AND deleted_at IS NULL ORDER BY received_at, id
                """, read: Self.owed)
    }

    func unarchived() throws(LedgerFault) -> [Owed] {
        try connection.all(
            ColumnList(Self.id, Self.reseller),
            from: """
                upload_batches INDEXED BY upload_batches_unarchived
                WHERE is_archived = 0 AND published_revision >= revision AND status IN \(BatchState.over) AND deleted_at IS NULL
                ORDER BY received_at, id
                """, read: Self.owed)
    }

    /// Deleted, with a report in the outbox or a file in the archive.
    func deletedWithFiles() throws(LedgerFault) -> [Batch] {
        try connection.all(
            Self.all,
            from: """
                upload_batches INDEXED BY upload_batches_deleted
                WHERE deleted_at IS NOT NULL AND (is_archived = 1 OR published_revision > 0) ORDER BY deleted_at, id
                """, read: Self.read
        ).map(\.record)
    }

    private static func owed(_ row: Statement) throws(LedgerFault) -> Owed { Owed(try row[id], of: try row[reseller]) }

    /// Those with waiting rows that were resolved with reference data older than that.
    func awaiting(olderThan version: Int) throws(LedgerFault) -> [BatchRow] {
        try connection.all(
            Self.all,
            from: """
                upload_batches INDEXED BY upload_batches_waiting
                WHERE rows_waiting > 0 AND reference_version < ? AND status IN \(BatchState.waiting) AND deleted_at IS NULL ORDER BY received_at, id
                """, version, read: Self.read)
    }
}

/// How things stand.
extension BatchTable {
    private static let count = Column<Int>("batch_counts", "batches")
    private static let ofReseller = Column<String>("batch_counts", "reseller")
    private static let inState = Column<BatchState>("batch_counts", "status")
    private static let waitingRows = Column<Int>(computed: "coalesce(sum(rows_waiting), 0)")

    func counts(last: Int) throws(LedgerFault) -> LedgerCounts {
        var counts = LedgerCounts()
        let groups = try connection.all(
            ColumnList(Self.ofReseller, Self.inState, Self.count), from: "batch_counts WHERE batches > 0"
        ) { row throws(LedgerFault) in (try row[Self.ofReseller], try row[Self.inState], try row[Self.count]) }
        for (reseller, state, count) in groups { counts.resellers[reseller, default: .init()].batches[state] = count }
        for reseller in counts.resellers.keys {
            counts.resellers[reseller]?.last = try list(BatchFilter(resellers: [reseller], limit: 1)).first?.record
        }
        counts.lastOver = try connection.all(
            Self.all,
            from: """
                upload_batches INDEXED BY upload_batches_by_time
                WHERE status IN \(BatchState.over) AND deleted_at IS NULL ORDER BY received_at DESC, id DESC LIMIT ?
                """, last, read: Self.read
        ).map(\.record)
        let waitingRows = try connection.all(
            Self.waitingRows,
            from:
                "upload_batches INDEXED BY upload_batches_waiting WHERE rows_waiting > 0 AND status IN \(BatchState.waiting) AND deleted_at IS NULL"
        )
        counts.waitingRows = waitingRows.first ?? 0
        counts.owedReports = try owingReports().count
        counts.oldestPending = try connection.first(
            Self.all, from: "upload_batches WHERE status = ? AND deleted_at IS NULL ORDER BY received_at, id LIMIT 1", BatchState.pending,
            read: Self.read
        )?.record
        return counts
    }
}

extension BatchState {
    static let over = sql(\.isOver)
    static let holding = sql(\.holdsItsContent)
    static let holdingOrPending = sql { $0.holdsItsContent || $0 == .pending }
    /// Those in which rows may wait for reference data.
    static let waiting = sql { $0.may(become: .approved) }

    /// The states of which something holds, as SQL's `('failed', 'cancelled')`.
    static func sql(_ holds: (BatchState) -> Bool) -> String {
        "(" + allCases.filter(holds).map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
    }
}
