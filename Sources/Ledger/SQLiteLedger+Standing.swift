import Batches
import Cells
import Sellout

/// What the status and the counters ask, on the reading connection.
extension SQLiteLedger {
    package func arrivals(since day: CivilDay) throws(LedgerFault) -> [String: [Arrival]] {
        try read { connection throws(LedgerFault) in try BatchTable(connection: connection).arrivals(since: day) }
    }

    package func deeds(after line: Int64) throws(LedgerFault) -> DeedsDone {
        try read { connection throws(LedgerFault) in try AuditLog(connection: connection).deeds(after: line) }
    }

    package func readings(of id: BatchID) throws(LedgerFault) -> Readings {
        try read { connection throws(LedgerFault) in try AuditLog(connection: connection).readings(of: id) }
    }
}

extension BatchTable {
    private static let day = Column<CivilDay>(computed: "received_at / 86400000")

    /// Many files of one day that go up to the same day say no more than one of them.
    fileprivate func arrivals(since day: CivilDay) throws(LedgerFault) -> [String: [Arrival]] {
        let refused = BatchState.sql { $0 == .failed || $0 == .cancelled }
        let found = try connection.all(
            ColumnList(Self.reseller, Self.day, Self.lastDay),
            from: "upload_batches WHERE received_at >= ? AND status NOT IN \(refused) GROUP BY 1, 2, 3", Int64(day.number) * 86_400_000
        ) { row throws(LedgerFault) in
            (reseller: try row[Self.reseller], arrival: Arrival(day: try row[Self.day], lastDay: try row[Self.lastDay]))
        }
        return Dictionary(grouping: found, by: \.reseller).mapValues { $0.map(\.arrival) }
    }
}

extension AuditLog {
    private static let count = Column<Int>(computed: "count(*)")
    private static let line = Column<Int64>(computed: "coalesce(max(id), 0)")
    /// Lines that an approval leaves beside its own.
    private static let consequences = "('complete', 'restate', 'replace')"

    fileprivate func deeds(after line: Int64) throws(LedgerFault) -> DeedsDone {
        let last = try connection.all(Self.line, from: "audit_log").first ?? 0
        let counted = try connection.all(
            ColumnList(Self.action, Self.count),
            from: "audit_log WHERE id > ? AND actor <> ? AND action NOT IN \(Self.consequences) GROUP BY action", line, Deed.daemonsName
        ) { row throws(LedgerFault) in (try row[Self.action], try row[Self.count]) }
        return DeedsDone(Dictionary(counted, uniquingKeysWith: +), lastLine: last)
    }

    fileprivate func readings(of id: BatchID) throws(LedgerFault) -> Readings {
        func times(_ action: String) throws(LedgerFault) -> Int {
            try connection.count("SELECT count(*) FROM audit_log WHERE batch_id = ? AND action = ?", id, action)
        }
        return Readings(settled: try times("settle"), failed: try times("fail"))
    }
}
