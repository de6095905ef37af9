import Sellout

/// `settled_rows`: what operators have said of rows that failed, and what the file said there. A field that is settled again keeps its
/// original.
struct SettledTable {
    /// What a line is about: a row of `sale_rows`, or of `malformed_rows`. One that was malformed and became a sale is both.
    struct Subject {
        var sale: Int64?
        var malformed: Int64?
    }

    static let table: StaticString = "settled_rows"
    static let id = Column<Int64>(table, "id")
    /// In which a row that says the same is settled so again, when its file is read again; nil where that was taken back.
    static let batch = Column<Int64?>(table, "batch")
    static let edition = Column<Int64>(table, "edition")
    static let sheet = Column<String>(table, "sheet")
    static let row = Column<Int>(table, "row_number")
    static let sale = Column<Int64?>(table, "sale")
    static let malformed = Column<Int64?>(table, "malformed")
    /// The row as the file had it, by which it is known again when the file is read again.
    static let said = Column<String>(table, "said")
    static let field = Column<String?>(table, "field_name")
    static let original = Column<String?>(table, "original_value")
    /// Nil where the row was dismissed.
    static let corrected = Column<String?>(table, "corrected_value")
    /// Figures of a dismissed row, as far as they are known.
    static let quantity = Column<Int64?>(table, "quantity")
    static let local = Column<Money?>(table, "sales_local")
    static let reason = Column<String>(table, "reason")
    static let entry = Column<Int64>(table, "entry")
    private static let told = ColumnList(sheet, row, field, original, corrected, reason)
    private static let inOrder =
        "ORDER BY (SELECT min(number) FROM edition_sheets h WHERE h.edition = settled_rows.edition AND h.sheet = settled_rows.sheet), row_number, settled_rows.id"

    let connection: Connection

    /// In the place of what was said of the same field before.
    func enter(
        _ settled: SettledRow, of subject: Subject, said: String, in batch: BatchRow, figures: SaleParts? = nil, by entry: Int64
    ) throws(LedgerFault) {
        let again = try connection.update(
            Self.corrected(settled.corrected), Self.reason(settled.reason), Self.entry(entry),
            where: "edition = ? AND (sale = ? OR malformed = ?) AND field_name IS ? AND (corrected_value IS NULL) = ?",
            batch.edition, subject.sale, subject.malformed, settled.field, settled.isDismissed)
        guard again == 0 else { return }
        try connection.insert(
            Self.batch(batch.number), Self.edition(batch.edition), Self.sheet(settled.sheet), Self.row(settled.row),
            Self.sale(subject.sale),
            Self.malformed(subject.malformed), Self.said(said), Self.field(settled.field), Self.original(settled.original),
            Self.corrected(settled.corrected), Self.quantity(figures?.quantity), Self.local(figures?.amount), Self.reason(settled.reason),
            Self.entry(entry))
    }

    /// The row is a sale after all.
    func forgetDismissal(of subject: Subject, in edition: Int64) throws(LedgerFault) {
        try connection.run(
            "DELETE FROM settled_rows WHERE edition = ? AND (sale = ? OR malformed = ?) AND corrected_value IS NULL", edition,
            subject.sale, subject.malformed)
    }

    /// A malformed row that became a sale is known by that from now on.
    func note(_ malformed: Int64, became sale: Int64, in edition: Int64) throws(LedgerFault) {
        try connection.update(Self.sale(sale), where: "edition = ? AND malformed = ?", edition, malformed)
    }

    /// Whether anything was said of it, and as what the file had it.
    func said(of subject: Subject, in edition: Int64) throws(LedgerFault) -> String? {
        try connection.all(
            Self.said, from: "settled_rows WHERE edition = ? AND (sale = ? OR malformed = ?) ORDER BY id LIMIT 1", edition, subject.sale,
            subject.malformed
        ).first
    }

    /// In the order of the file.
    func list(_ edition: Int64, limit: Int) throws(LedgerFault) -> [SettledRow] {
        try connection.all(
            Self.told, from: "settled_rows WHERE edition = ? \(Self.inOrder) LIMIT ?", edition, limit, read: Self.read)
    }

    private static func read(_ line: Statement) throws(LedgerFault) -> SettledRow {
        SettledRow(
            sheet: try line[sheet], row: try line[row], field: try line[field], original: try line[original],
            corrected: try line[corrected], reason: try line[reason])
    }

    /// With who said so.
    func list(_ edition: Int64, sheet: String, row: Int) throws(LedgerFault) -> [RowStory.Settled] {
        try connection.all(
            Self.told + ColumnList(AuditLog.at, AuditLog.actor),
            from: """
                settled_rows JOIN audit_log ON audit_log.id = settled_rows.entry
                WHERE edition = ? AND sheet = ? AND row_number = ? ORDER BY settled_rows.id
                """, edition, sheet, row
        ) { line throws(LedgerFault) in
            let settled = try Self.read(line)
            return RowStory.Settled(
                row: settled, by: Deed(actor: try line[AuditLog.actor], reason: settled.reason, at: try line[AuditLog.at]))
        }
    }

    /// The dismissed rows by reason, with their figures.
    func dismissed(_ edition: Int64) throws(LedgerFault) -> [SkippedRows] {
        var skipped: [SkippedRows] = []
        let lines = try connection.cursor(
            ColumnList(Self.sheet, Self.row, Self.quantity, Self.local, Self.reason),
            from: "settled_rows WHERE edition = ? AND corrected_value IS NULL ORDER BY id", edition)
        defer { lines.reset() }
        while try lines.step() {
            let place = Warning.Place(sheet: try lines[Self.sheet], range: "row \(try lines[Self.row])", look: "")
            skipped.add(
                SkippedRows(
                    SettledRow.skipReason(try lines[Self.reason]), rows: 1, quantity: try lines[Self.quantity] ?? 0,
                    amount: try lines[Self.local]?.units ?? 0, places: [place]))
        }
        return skipped
    }
}
