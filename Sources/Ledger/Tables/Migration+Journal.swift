extension Migration {
    /// Sales are written once and never deleted. `sale_rows` holds what was staged and what is booked; an edition says which of its rows
    /// became sales by which line of the audit log, and `withdrawn_sales` which of them were taken back.
    static let journal = Migration(
        version: 5, name: "the journal of sales",
        script: dropOld + batchColumns + namings + rows + carryOver + journalIndexes + currentViews)

    private static let dropOld = """
        DROP VIEW sales; DROP VIEW final_sales_decimal; DROP VIEW staging_sales_decimal; DROP VIEW upload_batches_decimal;
        INSERT INTO audit_log (at, actor, action, reason)
            SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000, 'selloutd', 'migrate', 'sales are kept in a journal from here on'
            WHERE EXISTS (SELECT 1 FROM upload_batches);

        """

    private static let batchColumns = """
        ALTER TABLE upload_batches ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE upload_batches ADD COLUMN deleted_at INTEGER;
        ALTER TABLE resellers ADD COLUMN meaning_version INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE stores ADD COLUMN from_file INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE stores ADD COLUMN merged_into INTEGER REFERENCES stores;
        CREATE TABLE editions (
            id INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE,
            booked INTEGER REFERENCES audit_log, currency TEXT, next_unindexed INTEGER DEFAULT 1
        ) STRICT;
        CREATE TABLE counted_on (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, is_booked INTEGER NOT NULL,
            PRIMARY KEY (batch, other, is_booked)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO editions (id, batch, currency, booked) SELECT id, id, currency,
            CASE WHEN status IN ('completed', 'partial_success') THEN coalesce(
                (SELECT min(a.id) FROM audit_log a WHERE a.batch_id = upload_batches.batch_id AND a.action = 'approve'),
                (SELECT max(id) FROM audit_log)) END
        FROM upload_batches;
        UPDATE upload_batches SET edition = id;

        """

    /// A name as a file writes it stands once, with what it means today. What it meant when rows were resolved is the edition's.
    private static let namings = """
        CREATE TABLE product_namings (
            id INTEGER PRIMARY KEY, reseller TEXT NOT NULL, named_ean INTEGER, named_code TEXT, named_name TEXT, means_ean INTEGER
        ) STRICT;
        CREATE TABLE store_namings (
            id INTEGER PRIMARY KEY, reseller TEXT NOT NULL, named_store TEXT NOT NULL, named_online INTEGER NOT NULL,
            means_store INTEGER REFERENCES stores
        ) STRICT;
        INSERT INTO product_namings (reseller, named_ean, named_code, named_name, means_ean)
            SELECT b.reseller, p.named_ean, p.named_code, p.named_name, max(p.product_ean)
            FROM batch_products p JOIN upload_batches b ON b.id = p.batch GROUP BY 1, 2, 3, 4;
        INSERT INTO store_namings (reseller, named_store, named_online, means_store)
            SELECT b.reseller, s.named_store, s.named_online, max(s.store_id)
            FROM batch_stores s JOIN upload_batches b ON b.id = s.batch GROUP BY 1, 2, 3;
        CREATE UNIQUE INDEX product_namings_as_written
            ON product_namings (reseller, coalesce(named_code, ''), coalesce(named_name, ''), coalesce(named_ean, 0));
        CREATE UNIQUE INDEX store_namings_as_written ON store_namings (reseller, named_store, named_online);
        CREATE INDEX product_namings_by_meaning ON product_namings (reseller, means_ean);
        CREATE INDEX store_namings_by_meaning ON store_namings (reseller, means_store);

        """

    private static let rows = """
        CREATE TABLE edition_sheets (
            edition INTEGER NOT NULL REFERENCES editions ON DELETE CASCADE, number INTEGER NOT NULL, sheet TEXT NOT NULL,
            PRIMARY KEY (edition, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE edition_products (
            edition INTEGER NOT NULL REFERENCES editions ON DELETE CASCADE, number INTEGER NOT NULL,
            naming INTEGER NOT NULL REFERENCES product_namings, product_ean INTEGER, PRIMARY KEY (edition, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE edition_stores (
            edition INTEGER NOT NULL REFERENCES editions ON DELETE CASCADE, number INTEGER NOT NULL,
            naming INTEGER NOT NULL REFERENCES store_namings, store_id INTEGER REFERENCES stores, is_new INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (edition, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE edition_rates (
            edition INTEGER NOT NULL REFERENCES editions ON DELETE CASCADE, number INTEGER NOT NULL, currency TEXT NOT NULL,
            numerator INTEGER NOT NULL, denominator INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (edition, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sale_rows (
            id INTEGER PRIMARY KEY, edition INTEGER AS (id >> 32), number INTEGER AS (id & 4294967295), outcome INTEGER NOT NULL,
            booked INTEGER NOT NULL DEFAULT 0, sheet INTEGER NOT NULL, row_number INTEGER NOT NULL, product INTEGER NOT NULL,
            store INTEGER NOT NULL, sale_day INTEGER NOT NULL, is_monthly INTEGER NOT NULL, quantity INTEGER NOT NULL,
            sales_local INTEGER, sales_eur INTEGER, rate INTEGER, is_priced INTEGER,
            order_id TEXT, country TEXT, city TEXT, cost_of_goods INTEGER, fee INTEGER, span TEXT
        ) STRICT;
        CREATE TABLE withdrawn_sales (
            sale INTEGER NOT NULL, withdrawn_by INTEGER NOT NULL, returned_by INTEGER, PRIMARY KEY (sale, withdrawn_by)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sale_keys (
            sale_day INTEGER NOT NULL, product INTEGER NOT NULL, store INTEGER NOT NULL, sale INTEGER NOT NULL,
            PRIMARY KEY (sale_day, product, store, sale)
        ) STRICT, WITHOUT ROWID;

        """

    private static let rowColumns =
        "sheet, row_number, product, store, sale_day, is_monthly, quantity, sales_local, sales_eur, rate, order_id, country, city, cost_of_goods, fee, span"

    private static let carryOver = """
        INSERT INTO edition_sheets SELECT batch, number, sheet FROM batch_sheets;
        INSERT INTO edition_products SELECT p.batch, p.number, n.id, p.product_ean FROM batch_products p
            JOIN upload_batches b ON b.id = p.batch
            JOIN product_namings n ON n.reseller = b.reseller AND coalesce(n.named_code, '') = coalesce(p.named_code, '')
                AND coalesce(n.named_name, '') = coalesce(p.named_name, '') AND coalesce(n.named_ean, 0) = coalesce(p.named_ean, 0);
        INSERT INTO edition_stores SELECT s.batch, s.number, n.id, s.store_id, s.is_new FROM batch_stores s
            JOIN upload_batches b ON b.id = s.batch
            JOIN store_namings n ON n.reseller = b.reseller AND n.named_store = s.named_store AND n.named_online = s.named_online;
        INSERT INTO edition_rates SELECT batch, number, currency, numerator, denominator, source FROM batch_rates;
        UPDATE stores SET from_file = 1 WHERE id IN (SELECT store_id FROM batch_stores WHERE is_new = 1);
        INSERT INTO sale_rows (id, outcome, \(rowColumns)) SELECT id, 0, \(rowColumns) FROM final_sales;
        INSERT OR IGNORE INTO sale_rows (id, outcome, \(rowColumns))
            SELECT s.id, CASE WHEN s.outcome <= 1 AND e.booked IS NOT NULL THEN s.outcome + 5 ELSE s.outcome END, \(rowColumns)
            FROM staging_sales s JOIN editions e ON e.id = s.id >> 32 WHERE s.outcome < 5;
        DROP TABLE final_sales; DROP TABLE staging_sales;
        DROP TABLE batch_sheets; DROP TABLE batch_products; DROP TABLE batch_stores; DROP TABLE batch_rates;

        """

    private static let journalIndexes = """
        CREATE INDEX editions_by_batch ON editions (batch);
        CREATE INDEX edition_products_by_naming ON edition_products (naming);
        CREATE INDEX edition_stores_by_naming ON edition_stores (naming);
        CREATE INDEX edition_stores_by_store ON edition_stores (store_id);
        CREATE INDEX withdrawn_sales_by_deed ON withdrawn_sales (withdrawn_by);
        CREATE INDEX counted_on_by_other ON counted_on (other);
        CREATE INDEX upload_batches_deleted ON upload_batches (deleted_at)
            WHERE deleted_at IS NOT NULL AND (is_archived = 1 OR published_revision > 0);

        """

    private static let saleColumns = """
        h.sheet, r.row_number, b.reseller, coalesce(s.store, w.named_store) AS store, s.store_type,
        printf('%013d', p.product_ean) AS product_ean, coalesce(c.functional_name, n.named_name, n.named_code) AS product_name,
        date(r.sale_day * 86400, 'unixepoch') AS sale_date, CAST(strftime('%Y', r.sale_day * 86400, 'unixepoch') AS INTEGER) AS year,
        CAST(strftime('%m', r.sale_day * 86400, 'unixepoch') AS INTEGER) AS month, r.quantity, r.quantity < 0 AS is_return,
        r.sales_local / 10000.0 AS sales_local, coalesce(e.currency, b.currency) AS currency, r.sales_eur / 10000.0 AS sales_eur,
        CAST(x.numerator AS REAL) / x.denominator AS rate, x.source AS rate_source, r.order_id, r.country, r.city,
        r.cost_of_goods / 10000.0 AS cost_of_goods, r.fee / 10000.0 AS fee, r.span
        """

    /// `CROSS JOIN` keeps the batches outside: each edition is a range of the rows' keys, which SQLite would not see the other way round.
    private static let saleJoins = """
        upload_batches b CROSS JOIN editions e ON e.batch = b.id
        CROSS JOIN sale_rows r ON r.id BETWEEN e.id << 32 AND (e.id << 32) + 4294967295
        LEFT JOIN edition_sheets h ON h.edition = e.id AND h.number = r.sheet
        LEFT JOIN edition_products p ON p.edition = e.id AND p.number = r.product
        LEFT JOIN product_namings n ON n.id = p.naming
        LEFT JOIN products c ON c.product_ean = printf('%013d', p.product_ean)
        LEFT JOIN edition_stores t ON t.edition = e.id AND t.number = r.store
        LEFT JOIN store_namings w ON w.id = t.naming
        LEFT JOIN stores s ON s.id = t.store_id
        LEFT JOIN edition_rates x ON x.edition = e.id AND x.number = r.rate
        """

    private static let isCurrent = """
        e.booked IS NOT NULL AND r.outcome <= 1
        AND NOT EXISTS (SELECT 1 FROM withdrawn_sales g WHERE g.sale = r.id AND g.returned_by IS NULL)
        """

    /// What analysts read. `final_sales` and `staging_sales` were tables once; what was asked of them is answered still.
    private static let currentViews = """
        CREATE VIEW final_sales AS SELECT r.*, b.id AS batch FROM upload_batches b CROSS JOIN editions e ON e.batch = b.id
            CROSS JOIN sale_rows r ON r.id BETWEEN e.id << 32 AND (e.id << 32) + 4294967295 WHERE \(isCurrent);
        CREATE VIEW staging_sales AS SELECT r.*, b.id AS batch FROM upload_batches b CROSS JOIN editions e ON e.id = b.edition
            CROSS JOIN sale_rows r ON r.id BETWEEN e.id << 32 AND (e.id << 32) + 4294967295 WHERE e.booked IS NULL OR r.outcome > 1;
        CREATE VIEW final_sales_decimal AS SELECT b.batch_id, \(saleColumns) FROM \(saleJoins) WHERE \(isCurrent);
        CREATE VIEW sales AS SELECT * FROM final_sales_decimal;
        CREATE VIEW staging_sales_decimal AS SELECT b.batch_id,
            CASE r.outcome WHEN 2 THEN 'unchanged' WHEN 3 THEN 'repeated' WHEN 4 THEN 'waiting' WHEN 7 THEN 'dismissed'
                WHEN 0 THEN 'new' WHEN 5 THEN 'new' ELSE 'restated' END AS outcome, 0 AS is_final, \(saleColumns)
            FROM \(saleJoins) WHERE e.id = b.edition AND (e.booked IS NULL OR r.outcome > 1);
        CREATE VIEW journal AS SELECT b.batch_id,
            (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') FROM audit_log
                WHERE id = CASE r.booked WHEN 0 THEN e.booked ELSE r.booked END) AS booked_at,
            (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', a.at / 1000.0, 'unixepoch') FROM withdrawn_sales g JOIN audit_log a ON a.id = g.withdrawn_by
                WHERE g.sale = r.id AND g.returned_by IS NULL) AS withdrawn_at, \(saleColumns)
            FROM \(saleJoins) WHERE e.booked IS NOT NULL AND r.outcome <= 1;
        CREATE VIEW upload_batches_decimal AS SELECT batch_id, reseller, filename, upload_mode, status, message, file_size_bytes, file_sha256,
        host, strftime('%Y-%m-%dT%H:%M:%fZ', received_at / 1000.0, 'unixepoch') AS received_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', processing_started_at / 1000.0, 'unixepoch') AS processing_started_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', processing_completed_at / 1000.0, 'unixepoch') AS processing_completed_at,
        rows_processed + rows_failed + rows_unchanged AS rows_total, rows_processed, rows_failed, rows_unchanged, rows_restated, rows_skipped,
        quantity, sales_local / 10000.0 AS sales_local, currency, sales_eur / 10000.0 AS sales_eur,
        date(first_day * 86400, 'unixepoch') AS first_date, date(last_day * 86400, 'unixepoch') AS last_date, attempts
        FROM upload_batches WHERE deleted_at IS NULL;

        """
}
