import Cells
import Sellout

extension SQLiteLedger {
    package func history(_ filter: HistoryFilter) throws(LedgerFault) -> [HistoryLine] {
        try read { connection throws(LedgerFault) in try History(connection: connection).lines(filter) }
    }
}

/// How figures came about: each booking, withdrawal and return of the sales asked for, in the order in which they happened.
private struct History {
    let connection: Connection

    private static let booking = "CASE sale_rows.booked WHEN 0 THEN editions.booked ELSE sale_rows.booked END"

    private static let event = Column<HistoryLine.Event>(
        computed: """
            CASE audit_log.id WHEN CASE sale_rows.booked WHEN 0 THEN editions.booked ELSE sale_rows.booked END THEN 'booked'
            ELSE iif(EXISTS (SELECT 1 FROM withdrawn_sales WHERE sale = sale_rows.id AND withdrawn_by = audit_log.id), 'withdrawn', 'returned')
            END
            """)

    private static let entries = """
        JOIN audit_log ON audit_log.id IN (
            SELECT \(booking) UNION ALL SELECT withdrawn_by FROM withdrawn_sales WHERE sale = sale_rows.id
            UNION ALL SELECT returned_by FROM withdrawn_sales WHERE sale = sale_rows.id)
        """

    func lines(_ filter: HistoryFilter) throws(LedgerFault) -> [HistoryLine] {
        var conditions = Conditions()
        conditions.add("editions.booked IS NOT NULL AND sale_rows.outcome <= 1")
        conditions.add("upload_batches.reseller = ?", filter.reseller)
        conditions.add("upload_batches.batch_id = ?", filter.batch)
        conditions.add("edition_products.product_ean = ?", filter.ean)
        conditions.add("sale_rows.sale_day >= ?", filter.from)
        conditions.add("sale_rows.sale_day <= ?", filter.to)
        let folded = filter.store.map(Folded.text)
        conditions.add(
            "(stores.folded_name = ? OR stores.folded_code = ? OR store_namings.named_store = ?)",
            filter.store.map { Several([folded ?? "", folded ?? "", $0]) })
        return try connection.all(
            SaleListing.columns + ColumnList(Self.event, AuditLog.at, AuditLog.actor, AuditLog.action, AuditLog.batch, AuditLog.reason),
            from: """
                \(Journal.ofBatches) \(SaleListing.namings) \(Self.entries)\(conditions.sql)
                ORDER BY audit_log.id, sale_rows.id LIMIT ?
                """, conditions, filter.limit
        ) { row throws(LedgerFault) in
            let sale = try SaleListing.line(row)
            return HistoryLine(
                event: try row[Self.event], at: try row[AuditLog.at], actor: try row[AuditLog.actor], action: try row[AuditLog.action],
                byBatch: try row[AuditLog.batch], reason: try row[AuditLog.reason], sale: sale)
        }
    }
}

extension HistoryLine.Event: StoredAs {}
