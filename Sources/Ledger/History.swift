import Batches
import Cells
import Sellout

/// Of which sales the history is asked.
package struct HistoryFilter: Hashable, Sendable {
    package var reseller: String?
    /// By its code, its name, or as a file writes it.
    package var store: String?
    package var ean: EAN?
    package var batch: BatchID?
    package var from: CivilDay?
    package var to: CivilDay?
    package var limit: Int

    package init(
        reseller: String? = nil, store: String? = nil, ean: EAN? = nil, batch: BatchID? = nil, from: CivilDay? = nil, to: CivilDay? = nil,
        limit: Int = 10_000
    ) {
        self.reseller = reseller
        self.store = store
        self.ean = ean
        self.batch = batch
        self.from = from
        self.to = to
        self.limit = limit
    }
}

/// One thing that happened to a sale.
package struct HistoryLine: Hashable, Sendable {
    package enum Event: String, Sendable { case booked, withdrawn, returned }

    package let event: Event
    package let at: Timestamp
    package let actor: String
    /// What was done: `approve`, `undo`, `rebook`, and whose batch that was about.
    package let action: String
    package let byBatch: String?
    package let reason: String
    package let sale: SaleLine
}

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
