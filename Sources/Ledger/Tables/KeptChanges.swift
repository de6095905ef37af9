import Sellout

/// `reference_changes`: what records were before deeds, and after them.
struct KeptChanges {
    struct Change {
        let record: ReferenceRecord
        let before: String?
        let after: String?
    }

    private static let table: StaticString = "reference_changes"
    private static let deed = Column<Int64>(table, "deed")
    private static let kind = Column<ReferenceRecord.Kind>(table, "kind")
    private static let owner = Column<String>(table, "owner")
    private static let name = Column<String>(table, "name")
    private static let day = Column<Int32>(table, "day")
    private static let before = Column<String?>(table, "before")
    private static let after = Column<String?>(table, "after")

    let connection: Connection

    /// What was there before comes first, then what the deed brought.
    func all(of deed: Int64, where condition: String = "1", limit: Int = .max) throws(LedgerFault) -> [Change] {
        try connection.all(
            ColumnList(Self.kind, Self.owner, Self.name, Self.day, Self.before, Self.after),
            from: "reference_changes WHERE deed = ? AND \(condition) ORDER BY before IS NULL, kind, owner, name, day LIMIT ?", deed, limit
        ) { row throws(LedgerFault) in
            Change(
                record: ReferenceRecord(
                    kind: try row[Self.kind], owner: try row[Self.owner], name: try row[Self.name], day: try row[Self.day]),
                before: try row[Self.before], after: try row[Self.after])
        }
    }
}
