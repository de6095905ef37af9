import Batches
import Sellout

/// The ledger beside the archive.
extension SQLiteLedger {
    package func unheardOf(among ids: [BatchID]) throws(LedgerFault) -> [BatchID] {
        // One question for all of them: there may be very many, and hardly one is unknown.
        let asked = "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        return try read { connection throws(LedgerFault) in
            try connection.all(
                Column<BatchID>(computed: "value"),
                from: """
                    json_each(?) WHERE NOT EXISTS (SELECT 1 FROM upload_batches WHERE batch_id = value)
                    AND NOT EXISTS (SELECT 1 FROM audit_log WHERE batch_id = value)
                    """, asked)
        }
    }

    package func takeAgain(_ batches: [Batch], by deed: Deed) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            for batch in batches where try BatchTable(connection: connection).insert(batch) {
                try AuditLog(connection: connection).enter(deed, "take again", batch: batch.id, to: .pending)
            }
        }
    }

    package func noteReference(_ id: BatchID, by deed: Deed) throws(LedgerFault) {
        _ = try write { connection throws(LedgerFault) in try AuditLog(connection: connection).enter(deed, "take reference", batch: id) }
    }

    package func archived() throws(LedgerFault) -> [BatchID] {
        try read { connection throws(LedgerFault) in
            try connection.all(BatchTable.id, from: "upload_batches WHERE is_archived <> 0 ORDER BY received_at, id")
        }
    }

    package func faultsOfFile() throws(LedgerFault) -> [String] {
        try read { connection throws(LedgerFault) in
            let found = try connection.all(Column<String>(computed: "quick_check"), from: "pragma_quick_check(\(Self.mostFaults))")
            var emptied: [String: Bool] = [:]
            var faults: [String] = []
            for fault in found where fault != "ok" && faults.count < 100 {
                if let known = emptied[fault] {
                    if known { faults.append(fault) }
                    continue
                }
                let holds = try NullReport(fault)?.holds(in: connection) ?? true
                emptied[fault] = holds
                if holds { faults.append(fault) }
            }
            return faults
        }
    }

    private static let mostFaults = 1_000_000
}

/// `NULL value in TABLE.COLUMN`. SQLite 3.40 says so of whole rows in tables without rowid whose key is not their first columns: it
/// looks for the columns in the wrong places.
private struct NullReport {
    let table: Substring
    let column: Substring

    init?(_ sentence: String) {
        let start = "NULL value in "
        let names = sentence.dropFirst(start.count).split(separator: ".")
        guard sentence.hasPrefix(start), names.count == 2,
            names.allSatisfy({ $0.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) } })
        else { return nil }
        (table, column) = (names[0], names[1])
    }

    func holds(in connection: Connection) throws(LedgerFault) -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM \(table) WHERE +\(column) IS NULL)") > 0
    }
}
