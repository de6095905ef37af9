import Batches
import Sellout

/// Sums over many batches and sales.
extension SQLiteLedger {
    package func statistics(since: Timestamp) throws(LedgerFault) -> UploadStatistics {
        try aside { connection throws(LedgerFault) in try BatchTable(connection: connection).statistics(since: since) }
    }
}

extension BatchTable {
    private static let count = Column<Int>(computed: "count(*)")
    /// A cancelled batch has forgotten its sales, and not how many rows were read.
    private static let valid = Column<Int>(
        computed: """
            sum(CASE status WHEN 'cancelled' THEN max(0, rows_staged + rows_malformed - rows_failed) ELSE rows_processed + rows_unchanged END)
            """)
    private static let invalid = Column<Int>(computed: "sum(rows_failed)")
    private static let booked = Column<Int>(computed: "sum(rows_processed)")

    fileprivate func statistics(since: Timestamp) throws(LedgerFault) -> UploadStatistics {
        var statistics = UploadStatistics(since: since)
        var uploads: [String: Int] = [:]
        let groups = try connection.all(
            ColumnList(Self.reseller, Self.state, Self.count, Self.valid, Self.invalid, Self.booked),
            from: "upload_batches WHERE received_at >= ? AND deleted_at IS NULL GROUP BY reseller, status", since
        ) { row throws(LedgerFault) in
            let (reseller, state, count) = (try row[Self.reseller], try row[Self.state], try row[Self.count])
            return (reseller, state, count, try row[Self.valid], try row[Self.invalid], try row[Self.booked])
        }
        for (reseller, state, count, valid, invalid, booked) in groups {
            uploads[reseller, default: 0] += count
            statistics.states[state, default: 0] += count
            statistics.validRows += valid
            statistics.invalidRows += invalid
            if state.isBooked { statistics.booked += booked }
        }
        uploads[Batch.unrecognised] = nil
        let busiest = uploads.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(UploadStatistics.listed)
        statistics.busiest = busiest.map { UploadStatistics.Uploads(reseller: $0.key, batches: $0.value) }
        statistics.recent = try list(BatchFilter(since: since, limit: UploadStatistics.listed)).map(\.record)
        return statistics
    }
}

extension BatchState {
    /// Its valid rows are in the books.
    fileprivate var isBooked: Bool { self == .approved || mayBeUndone }
}
