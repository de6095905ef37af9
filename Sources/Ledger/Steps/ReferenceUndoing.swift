import Sellout

/// Puts back what an import, or another deed on reference data, has changed, as far as nobody has changed it since.
struct ReferenceUndoing {
    let connection: Connection
    let deed: Deed

    private var changes: KeptChanges { KeptChanges(connection: connection) }

    func carryOut(_ line: Int64) throws(LedgerFault) -> ImportUndone {
        let kept = try changes.all(of: line)
        guard !kept.isEmpty else {
            throw LedgerFault.refused("There is no import \(line); `selloutctl import list` shows their numbers.")
        }
        guard try connection.count("SELECT EXISTS (SELECT 1 FROM undone_deeds WHERE deed = ?)", line) == 0 else {
            throw LedgerFault.refused("Import \(line) is undone already.")
        }
        let recorded = ReferenceDeed(connection, "undo import", by: deed)
        var left: [ChangedRecord] = []
        for change in kept {
            let now = try change.record.state(in: connection)
            if now == change.before { continue }
            guard now == change.after, try mayBecome(change.before, change.record) else {
                left.append(try changes.told(change.record, change.after, now))
                continue
            }
            try recorded.change(change.record) { () throws(LedgerFault) in try put(change.before, change.record) }
        }
        guard let undo = recorded.line else {
            throw LedgerFault.refused("Nothing of import \(line) can be put back: all of it was changed since, or files name it.")
        }
        try connection.run("DELETE FROM undone_deeds WHERE undone_by = ?", line)
        try connection.run("INSERT INTO undone_deeds (deed, undone_by) VALUES (?, ?)", line, undo)
        let putBack = recorded.new + recorded.changed
        try recorded.end(
            "import \(line): \(OutcomeMessage.number(putBack, "record")) put back\(left.isEmpty ? "" : ", \(left.count) left as they are")")
        return ImportUndone(line: undo, putBack: putBack, left: left)
    }

    /// A store that files name cannot go, and none can be a store that is not there.
    private func mayBecome(_ state: String?, _ record: ReferenceRecord) throws(LedgerFault) -> Bool {
        guard record.kind == .store else { return true }
        if let state {
            let isThere = try connection.count(
                """
                SELECT json_extract(?1, '$[7]') IS NULL OR EXISTS (SELECT 1 FROM stores WHERE id = json_extract(?1, '$[7]'))
                """, state)
            return isThere > 0
        }
        let named = try connection.count(
            """
            SELECT EXISTS (SELECT 1 FROM stores JOIN edition_stores ON store_id = stores.id WHERE reseller = ?1 AND folded_code = ?2)
                OR EXISTS (SELECT 1 FROM stores JOIN restated_sales ON store_id = stores.id WHERE reseller = ?1 AND folded_code = ?2)
                OR EXISTS (SELECT 1 FROM stores JOIN stores other ON other.merged_into = stores.id
                    WHERE stores.reseller = ?1 AND stores.folded_code = ?2)
            """, record.owner, record.name)
        return named == 0
    }

    private func put(_ state: String?, _ record: ReferenceRecord) throws(LedgerFault) {
        if record.kind == .store, state == nil {
            try connection.run(
                """
                UPDATE store_namings SET means_store = NULL
                WHERE means_store IN (SELECT id FROM stores WHERE reseller = ? AND folded_code = ?)
                """, record.owner, record.name)
        }
        try record.put(state, in: connection)
    }
}
