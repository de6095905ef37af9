import Sellout

extension SQLiteLedger {
    /// Takes the data for a moment: so a preview says nothing that the import would not do.
    package func preview(_ data: ReferenceData, records: Int) throws(LedgerFault) -> ImportPreview {
        try writeLoosely { connection throws(LedgerFault) in
            var preview: ImportPreview?
            let outcome = try connection.part { connection throws(LedgerFault) -> Void in
                let recorded = ReferenceDeed(connection, "preview", by: .daemon("", at: .now()))
                try ReferenceTables(connection: connection).take(data, by: recorded)
                let change = ReferenceChange(
                    new: recorded.new, changed: recorded.changed, unchanged: data.count - recorded.new - recorded.changed)
                let changes = KeptChanges(connection: connection)
                var told: [ChangedRecord] = []
                if let line = recorded.line {
                    for kept in try changes.all(of: line, limit: records) {
                        told.append(try changes.told(kept.record, kept.before, kept.after))
                    }
                }
                preview = ImportPreview(change, records: told)
                throw LedgerFault.refused("A preview changes nothing.")
            }
            if let preview { return preview }
            try outcome.get()
            throw LedgerFault.broken("A preview came to no end.")
        }
    }

    package func imports(_ filter: ImportFilter) throws(LedgerFault) -> [ImportEntry] {
        try read { connection throws(LedgerFault) in try AuditLog(connection: connection).imports(filter) }
    }

    package func undo(import line: Int64, by deed: Deed) throws(LedgerFault) -> ImportUndone {
        try write { connection throws(LedgerFault) in try ReferenceUndoing(connection: connection, deed: deed).carryOut(line) }
    }
}

extension AuditLog {
    private static let line = Column<Int64>(table, "id")
    private static let isUndone = Column<Bool>(computed: "EXISTS (SELECT 1 FROM undone_deeds WHERE undone_deeds.deed = audit_log.id)")

    fileprivate func imports(_ filter: ImportFilter) throws(LedgerFault) -> [ImportEntry] {
        var conditions = Conditions()
        conditions.add("action LIKE 'import %' AND EXISTS (SELECT 1 FROM reference_changes WHERE reference_changes.deed = audit_log.id)")
        conditions.add("at >= ?", filter.since)
        return try connection.all(
            ColumnList(Self.line, Self.at, Self.actor, Self.action, Self.reason, Self.isUndone),
            from: "audit_log\(conditions.sql) ORDER BY id DESC LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset
        ) { row throws(LedgerFault) in
            ImportEntry(
                line: try row[Self.line], at: try row[Self.at], actor: try row[Self.actor], action: try row[Self.action],
                reason: try row[Self.reason], isUndone: try row[Self.isUndone])
        }
    }
}
