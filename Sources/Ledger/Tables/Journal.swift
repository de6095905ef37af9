import Cells
import Sellout

/// The journal of sales: `editions` and `sale_rows` say what was booked, `withdrawn_sales` what was taken back and what returned, each
/// by a line of the audit log. Nothing of it is ever deleted.
struct Journal {
    let connection: Connection

    /// Each batch with its rows. `CROSS JOIN` keeps the batches outside: each edition is a range of the rows' keys, which SQLite would
    /// not see the other way round.
    static let ofBatches = """
        upload_batches CROSS JOIN editions ON editions.batch = upload_batches.id
        CROSS JOIN sale_rows ON \(RowRange.join(SaleTable.table))
        """

    /// The condition that a row is a sale of the books as they stand.
    static let isCurrent = """
        editions.booked IS NOT NULL AND sale_rows.outcome <= 1 AND NOT EXISTS (
            SELECT 1 FROM withdrawn_sales WHERE withdrawn_sales.sale = sale_rows.id AND withdrawn_sales.returned_by IS NULL)
        """

    /// The condition that a row was a sale of the books after that line of the audit log, which stands for its three `?`.
    static let wasCurrent = """
        editions.booked IS NOT NULL AND sale_rows.outcome <= 1
        AND CASE sale_rows.booked WHEN 0 THEN editions.booked ELSE sale_rows.booked END <= ?
        AND NOT EXISTS (
            SELECT 1 FROM withdrawn_sales WHERE withdrawn_sales.sale = sale_rows.id AND withdrawn_by <= ?
            AND (returned_by IS NULL OR returned_by > ?))
        """

    /// The condition that a row is a sale, or was one until a later file took its place. What an undo or a rebooking withdrew is no
    /// effect of its batch any more.
    static let hasEffect = """
        editions.booked IS NOT NULL AND sale_rows.outcome <= 1 AND NOT EXISTS (
            SELECT 1 FROM withdrawn_sales JOIN audit_log ON audit_log.id = withdrawn_by
            WHERE withdrawn_sales.sale = sale_rows.id AND withdrawn_sales.returned_by IS NULL AND audit_log.action <> '\(AuditLog.booking)')
        """

    /// Those that the line of the audit log makes sales now.
    func book(_ batch: inout BatchRow, by entry: Int64, currency: String) throws(LedgerFault) {
        guard batch.isBooked else {
            try EditionTable(connection: connection).book(batch.edition, by: entry, currency: currency)
            batch.isBooked = true
            return
        }
        try connection.run(
            """
            UPDATE sale_rows SET outcome = outcome - \(RowOutcome.late), booked = ?
            WHERE \(RowRange.within(SaleTable.table)) AND outcome IN (?, ?)
            """, entry, batch.rows, RowOutcome.lateNew, RowOutcome.lateRestated)
        try SaleKeys(connection: connection).take(bookedBy: entry, in: batch.edition)
    }

    func withdraw(_ sales: [Int64], by entry: Int64) throws(LedgerFault) {
        for sale in sales { try connection.run("INSERT INTO withdrawn_sales (sale, withdrawn_by) VALUES (?, ?)", sale, entry) }
    }

    /// All sales of a batch, for good: those that others had withdrawn too, so that none of them returns when those are undone. How many
    /// were current.
    func withdraw(allOf batch: Int64, by entry: Int64) throws(LedgerFault) -> Int {
        let current = try sums(of: batch).rows
        try connection.run(
            """
            UPDATE withdrawn_sales SET returned_by = ? WHERE returned_by IS NULL
            AND (SELECT action FROM audit_log WHERE id = withdrawn_by) = ?
            AND sale >> 32 IN (SELECT id FROM editions WHERE batch = ?)
            """, entry, AuditLog.booking, batch)
        try connection.run(
            """
            INSERT INTO withdrawn_sales (sale, withdrawn_by) SELECT sale_rows.id, ? FROM \(Self.ofBatches)
            WHERE upload_batches.id = ? AND \(Self.isCurrent)
            """, entry, batch)
        return current
    }

    /// What the bookings of a batch have withdrawn, and still withdraw, is current again.
    @discardableResult func giveBack(withdrawnBy batch: BatchRow, by entry: Int64) throws(LedgerFault) -> Int {
        try connection.run(
            """
            UPDATE withdrawn_sales SET returned_by = ? WHERE returned_by IS NULL
            AND withdrawn_by IN (SELECT id FROM audit_log WHERE batch_id = ? AND action = ?)
            """, entry, batch.record.id, AuditLog.booking)
    }

    func sums(of batch: Int64) throws(LedgerFault) -> (rows: Int, totals: SalesTotals) {
        let count = Column<Int>(computed: "count(*)")
        let quantity = Column<Int64>(computed: "coalesce(sum(sale_rows.quantity), 0)")
        let local = Column<Money>(computed: "coalesce(sum(sale_rows.sales_local), 0)")
        let euros = Column<Money>(computed: "coalesce(sum(sale_rows.sales_eur), 0)")
        let found = try connection.first(
            ColumnList(count, quantity, local, euros), from: "\(Self.ofBatches) WHERE upload_batches.id = ? AND \(Self.isCurrent)", batch
        ) { row throws(LedgerFault) in
            (try row[count], SalesTotals(quantity: try row[quantity], local: try row[local], euros: try row[euros]))
        }
        return found ?? (0, .zero)
    }

    /// Whether anything that it booked is in the books; true where it booked nothing, since others' sales were all it had.
    func holds(_ batch: BatchRow) throws(LedgerFault) -> Bool {
        try connection.count(
            """
            SELECT EXISTS (SELECT 1 FROM \(Self.ofBatches) WHERE upload_batches.id = ?1 AND \(Self.isCurrent)) OR NOT EXISTS (
                SELECT 1 FROM \(Self.ofBatches) WHERE upload_batches.id = ?1 AND \(Self.hasEffect))
            """, batch.number) > 0
    }
}
