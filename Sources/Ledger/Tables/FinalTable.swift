import Cells
import Sellout

/// `final_sales`.
struct FinalTable {
    let connection: Connection

    func remove(_ rows: RowRange) throws(LedgerFault) -> Int {
        try connection.run("DELETE FROM final_sales WHERE id BETWEEN ? AND ?", rows.first, rows.last)
    }

    func sums(_ rows: RowRange) throws(LedgerFault) -> (rows: Int, totals: SalesTotals) {
        try connection.first(
            """
            SELECT count(*), coalesce(sum(quantity), 0), coalesce(sum(sales_local), 0), coalesce(sum(sales_eur), 0) FROM final_sales
            WHERE id BETWEEN ? AND ?
            """, rows.first, rows.last
        ) { row throws(LedgerFault) in
            (
                row.int(0),
                SalesTotals(quantity: row.int64(1), local: Money(units: row.int64(2)), euros: Money(units: row.int64(3)))
            )
        } ?? (0, .zero)
    }

    /// Whether the reseller's final sales are those of this batch and no others.
    func isAll(of reseller: String, in rows: RowRange) throws(LedgerFault) -> Bool {
        try connection.count(
            """
            SELECT EXISTS (SELECT 1 FROM final_sales WHERE id BETWEEN ?2 AND ?3) AND NOT EXISTS (SELECT 1 FROM upload_batches b
            CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295 AND f.id NOT BETWEEN ?2 AND ?3
            WHERE b.reseller = ?1)
            """, reseller, rows.first, rows.last) > 0
    }

    /// Final sales of the reseller that files brought which came after this batch's.
    func count(of reseller: String, after batch: BatchRow) throws(LedgerFault) -> Int {
        try connection.count(
            """
            SELECT count(*) FROM upload_batches b CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295
            WHERE b.reseller = ? AND b.id > ?
            """, reseller, batch.number)
    }

    /// In order of batch and of the file, one after the other.
    func each(_ filter: SalesFilter, _ body: (SaleLine) throws -> Bool) throws {
        let rows = try connection.cursor(
            """
            SELECT b.batch_id, h.sheet, f.row_number, b.reseller, coalesce(s.store, n.named_store), s.store_type, p.product_ean,
                coalesce(c.functional_name, p.named_name, p.named_code), f.sale_day, f.quantity, f.sales_local, b.currency, f.sales_eur
            FROM upload_batches b CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295
            LEFT JOIN batch_sheets h ON h.batch = b.id AND h.number = f.sheet
            LEFT JOIN batch_products p ON p.batch = b.id AND p.number = f.product
            LEFT JOIN products c ON c.product_ean = printf('%013d', p.product_ean)
            LEFT JOIN batch_stores n ON n.batch = b.id AND n.number = f.store LEFT JOIN stores s ON s.id = n.store_id
            WHERE (?1 IS NULL OR b.reseller = ?1) AND (?2 IS NULL OR b.batch_id = ?2) AND (?3 IS NULL OR f.sale_day >= ?3)
                AND (?4 IS NULL OR f.sale_day <= ?4) AND (?3 IS NULL OR b.last_day >= ?3) AND (?4 IS NULL OR b.first_day <= ?4)
            ORDER BY b.id, f.id
            """, filter.reseller, filter.batch?.text, filter.from, filter.to)
        defer { rows.reset() }
        while try rows.step() {
            let line = SaleLine(
                batch: rows.text(0), sheet: rows.text(1), row: rows.int(2), reseller: rows.text(3), store: rows.text(4),
                storeIsOnline: rows.text(5) == "online", ean: EAN(rows.int64(6))?.description ?? "", productName: rows.text(7),
                date: CivilDay(number: Int32(clamping: rows.int64(8))), quantity: rows.int64(9), local: Money(units: rows.int64(10)),
                currency: rows.text(11), euros: Money(units: rows.int64(12)))
            guard try body(line) else { return }
        }
    }
}
