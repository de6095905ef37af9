import Cells
import Sellout

/// The two sides of a comparison, as statements whose rows come ordered by key.
struct ComparedSales {
    let connection: Connection
    let batch: BatchRow

    /// Rows of the file that are neither waiting nor final yet.
    static let compared: [RowOutcome] = [.new, .restated, .unchanged, .repeated]

    /// Whole months that the file names, first and last; nil where it has nothing to compare.
    func months() throws(LedgerFault) -> (first: CivilDay, last: CivilDay)? {
        try connection.first(
            "SELECT min(sale_day), max(sale_day) FROM staging_sales WHERE id BETWEEN ? AND ? AND outcome < ?", batch.rows.first,
            batch.rows.last, RowOutcome.waiting.rawValue
        ) { row throws(LedgerFault) in
            guard let first = row.optionalInt64(0), let last = row.optionalInt64(1) else { return nil }
            return (
                Month(CivilDay(number: Int32(clamping: first))).firstDay, Month(CivilDay(number: Int32(clamping: last))).lastDay
            )
        }.flatMap { $0 }
    }

    func namedMonths() throws(LedgerFault) -> Set<Month> {
        Set(
            try connection.all(
                "SELECT DISTINCT sale_day FROM staging_sales WHERE id BETWEEN ? AND ? AND outcome < ?", batch.rows.first, batch.rows.last,
                RowOutcome.waiting.rawValue
            ) { row throws(LedgerFault) in Month(CivilDay(number: Int32(clamping: row.int64(0)))) })
    }

    /// Whether the reseller has any final sale in these months that another batch brought.
    func ledgerHasSales(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> Bool {
        try connection.count(
            """
            SELECT EXISTS (SELECT 1 FROM upload_batches b CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295
            WHERE b.reseller = ? AND b.id <> ? AND b.first_day <= ? AND b.last_day >= ? AND f.sale_day BETWEEN ? AND ?)
            """, batch.record.reseller, batch.number, last, first, first, last) > 0
    }

    func fileRows() throws(LedgerFault) -> Statement {
        try connection.cursor(
            """
            SELECT n.store_id, p.product_ean, t.sale_day, t.order_id, t.quantity, t.sales_local, t.id, t.outcome FROM staging_sales t
            JOIN batch_products p ON p.batch = ?1 AND p.number = t.product JOIN batch_stores n ON n.batch = ?1 AND n.number = t.store
            WHERE t.id BETWEEN ?2 AND ?3 AND t.outcome < ?4 ORDER BY 1, 2, 3, 4
            """, batch.number, batch.rows.first, batch.rows.last, RowOutcome.waiting.rawValue)
    }

    func ledgerRows(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> Statement {
        try connection.cursor(
            """
            SELECT n.store_id, p.product_ean, f.sale_day, f.order_id, f.quantity, f.sales_local, f.id, 0 FROM upload_batches b
            CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295
            JOIN batch_products p ON p.batch = b.id AND p.number = f.product JOIN batch_stores n ON n.batch = b.id AND n.number = f.store
            WHERE b.reseller = ? AND b.id <> ? AND b.first_day <= ? AND b.last_day >= ? AND f.sale_day BETWEEN ? AND ? ORDER BY 1, 2, 3, 4
            """, batch.record.reseller, batch.number, last, first, first, last)
    }
}
