extension Migration {
    /// What analysts read: amounts as decimals, days and moments as text, numbers into a batch's tables as names.
    static let analystsViews = Migration(version: 2, name: "views for analysts", script: sales + staging + batches + reference)

    private static func saleColumns(of row: String) -> String {
        """
        h.sheet, \(row).row_number, b.reseller, coalesce(s.store, n.named_store) AS store, s.store_type,
        printf('%013d', p.product_ean) AS product_ean, coalesce(c.functional_name, p.named_name, p.named_code) AS product_name,
        date(\(row).sale_day * 86400, 'unixepoch') AS sale_date, CAST(strftime('%Y', \(row).sale_day * 86400, 'unixepoch') AS INTEGER) AS year,
        CAST(strftime('%m', \(row).sale_day * 86400, 'unixepoch') AS INTEGER) AS month, \(row).quantity, \(row).quantity < 0 AS is_return,
        \(row).sales_local / 10000.0 AS sales_local, b.currency, \(row).sales_eur / 10000.0 AS sales_eur,
        CAST(r.numerator AS REAL) / r.denominator AS rate, r.source AS rate_source, \(row).order_id, \(row).country, \(row).city,
        \(row).cost_of_goods / 10000.0 AS cost_of_goods, \(row).fee / 10000.0 AS fee, \(row).span
        """
    }

    private static func saleJoins(of row: String) -> String {
        """
        LEFT JOIN batch_sheets h ON h.batch = b.id AND h.number = \(row).sheet
        LEFT JOIN batch_products p ON p.batch = b.id AND p.number = \(row).product
        LEFT JOIN products c ON c.product_ean = printf('%013d', p.product_ean)
        LEFT JOIN batch_stores n ON n.batch = b.id AND n.number = \(row).store
        LEFT JOIN stores s ON s.id = n.store_id
        LEFT JOIN batch_rates r ON r.batch = b.id AND r.number = \(row).rate
        """
    }

    /// `CROSS JOIN` keeps the batches outside: each is a range of the rows' keys, which SQLite would not see the other way round.
    private static let sales = """
        CREATE VIEW final_sales_decimal AS SELECT b.batch_id, \(saleColumns(of: "f"))
        FROM upload_batches b CROSS JOIN final_sales f ON f.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295 \(saleJoins(of: "f"));
        CREATE VIEW sales AS SELECT * FROM final_sales_decimal;

        """

    private static let staging = """
        CREATE VIEW staging_sales_decimal AS SELECT b.batch_id,
        CASE t.outcome WHEN 0 THEN 'new' WHEN 1 THEN 'restated' WHEN 2 THEN 'unchanged' WHEN 3 THEN 'repeated' WHEN 4 THEN 'waiting'
            WHEN 5 THEN 'new' ELSE 'restated' END AS outcome, t.outcome >= 5 AS is_final,
        \(saleColumns(of: "t"))
        FROM upload_batches b CROSS JOIN staging_sales t ON t.id BETWEEN b.id << 32 AND (b.id << 32) + 4294967295 \(saleJoins(of: "t"));
        CREATE VIEW restated_sales_decimal AS SELECT b.batch_id, b.reseller, s.store, printf('%013d', r.product_ean) AS product_ean,
        date(r.sale_day * 86400, 'unixepoch') AS sale_date, r.order_id, r.old_sales, r.old_quantity,
        r.old_sales_local / 10000.0 AS old_sales_local, r.new_sales, r.new_quantity, r.new_sales_local / 10000.0 AS new_sales_local, r.is_taken
        FROM restated_sales r JOIN upload_batches b ON b.id = r.batch JOIN stores s ON s.id = r.store_id;

        """

    private static let batches = """
        CREATE VIEW upload_batches_decimal AS SELECT batch_id, reseller, filename, upload_mode, status, message, file_size_bytes, file_sha256,
        host, strftime('%Y-%m-%dT%H:%M:%fZ', received_at / 1000.0, 'unixepoch') AS received_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', processing_started_at / 1000.0, 'unixepoch') AS processing_started_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', processing_completed_at / 1000.0, 'unixepoch') AS processing_completed_at,
        rows_processed + rows_failed + rows_unchanged AS rows_total, rows_processed, rows_failed, rows_unchanged, rows_restated, rows_skipped,
        quantity, sales_local / 10000.0 AS sales_local, currency, sales_eur / 10000.0 AS sales_eur,
        date(first_day * 86400, 'unixepoch') AS first_date, date(last_day * 86400, 'unixepoch') AS last_date, attempts
        FROM upload_batches;
        CREATE VIEW audit_log_text AS SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, actor, action, batch_id,
        from_status, to_status, reason FROM audit_log;

        """

    private static let reference = """
        CREATE VIEW list_prices_decimal AS SELECT product_ean, currency, price / 10000.0 AS price,
        date(valid_from * 86400, 'unixepoch') AS valid_from FROM list_prices;
        CREATE VIEW fx_rates_decimal AS SELECT currency, date(rate_day * 86400, 'unixepoch') AS rate_date,
        rate_per_euro / 100000000.0 AS rate_per_euro FROM fx_rates;
        """
}
