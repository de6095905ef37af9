import Sellout

/// One deed on reference data: its line in the audit log, which is entered with the first change, and what each record was before.
final class ReferenceDeed {
    private let connection: Connection
    private let deed: Deed
    private let action: String
    /// Nil while nothing has changed.
    private(set) var line: Int64?
    private(set) var new = 0
    private(set) var changed = 0

    /// `line` is that of an earlier part of the same deed.
    init(_ connection: Connection, _ action: String, by deed: Deed, line: Int64? = nil) {
        self.connection = connection
        self.action = action
        self.deed = deed
        self.line = line
    }

    /// `body` may change this record, and no other.
    func change(_ record: ReferenceRecord, _ body: () throws(LedgerFault) -> Void) throws(LedgerFault) {
        let before = try record.state(in: connection)
        try body()
        try note(record, before: before, after: try record.state(in: connection))
    }

    func note(_ record: ReferenceRecord, before: String?, after: String?) throws(LedgerFault) {
        guard before != after else { return }
        if before == nil { new += 1 } else { changed += 1 }
        let line = try enteredLine()
        try connection.run(
            """
            INSERT INTO reference_changes (deed, kind, owner, name, day, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (deed, kind, owner, name, day) DO UPDATE SET after = excluded.after
            """, line, record.kind, record.owner, record.name, record.day, before, after)
    }

    private func enteredLine() throws(LedgerFault) -> Int64 {
        if let line { return line }
        let entered = try AuditLog(connection: connection).enter(deed, action)
        line = entered
        return entered
    }

    /// The audit log says what was done, and all who hold a catalogue fetch a new one. Nothing where nothing has changed.
    func end(_ what: String) throws(LedgerFault) {
        guard let line, new + changed > 0 else { return }
        try connection.run("UPDATE reference_version SET version = version + 1")
        try connection.update(
            AuditLog.reason(deed.reason.isEmpty ? what : "\(deed.reason) (\(what))"), where: "id = ?", line)
    }
}
