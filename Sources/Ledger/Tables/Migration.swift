/// One step from an older ledger file to a newer one. Steps are never changed once released: a mistake is mended by the next.
struct Migration {
    let version: Int
    let name: String
    let script: String

    static let all = [
        firstTables, analystsViews, indexes, skippedRows, journal, remembered, headers, keptReference, settledRows, uploads, accounts,
        retailFit, accountLinks, audience, audienceSegments,
    ]

    /// Brings the file to `version`, each step in its own transaction, and leaves one from the future alone. One that is up to
    /// date is only looked at, and waits for no writer.
    static func bring(_ connection: Connection, to version: Int = all.count) throws(LedgerFault) {
        if try connection.count("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')") > 0,
            try present(connection) == version
        {
            return
        }
        try connection.transaction { connection throws(LedgerFault) in
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
                ) STRICT
                """)
        }
        for step in all where step.version <= version {
            try connection.transaction { connection throws(LedgerFault) in
                let present = try present(connection)
                guard present < step.version else { return }
                try connection.execute(step.script)
                try connection.run(
                    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                    step.version, step.name)
            }
        }
    }

    /// The version that the file has.
    private static func present(_ connection: Connection) throws(LedgerFault) -> Int {
        let present = try connection.count("SELECT coalesce(max(version), 0) FROM schema_migrations")
        guard present <= all.count else {
            throw LedgerFault.refused(
                "This ledger was written by a newer version of Sellout (its schema is \(present), this program knows \(all.count)). "
                    + "Install the newer version again.")
        }
        return present
    }
}

extension Migration {
    /// What is unfinished is found among any number of batches that are over: an index of its own holds each kind, and nothing
    /// else. The others are what listings, the standing and comparisons go by.
    static let indexes = Migration(
        version: 3, name: "indexes for listings and for what is unfinished",
        script: """
            CREATE INDEX upload_batches_owing_reports ON upload_batches (received_at) WHERE published_revision < revision;
            CREATE INDEX upload_batches_unarchived ON upload_batches (received_at) WHERE is_archived = 0;
            CREATE INDEX upload_batches_waiting ON upload_batches (reference_version) WHERE rows_waiting > 0;
            CREATE INDEX upload_batches_by_reseller_and_status ON upload_batches (reseller, status, received_at);
            CREATE INDEX upload_batches_by_reseller_and_time ON upload_batches (reseller, received_at);
            CREATE INDEX upload_batches_by_last_day ON upload_batches (reseller, last_day) WHERE last_day IS NOT NULL;
            """)
}

extension Migration {
    /// Which rows of a file are no sales, by reason.
    static let skippedRows = Migration(
        version: 4, name: "rows skipped by reason",
        script: "ALTER TABLE upload_batches ADD COLUMN skipped_rows TEXT NOT NULL DEFAULT '[]';")
}

extension Migration {
    /// Amounts are integers in 1/10 000 of the currency's unit, days count from 1970-01-01, moments are milliseconds since then.
    ///
    /// Rows of a batch are keyed by one number, batch × 2^32 + their number within it: they go in at the table's end, which
    /// SQLite does fastest, and a batch is a range. Foreign keys stand on the small tables only; on rows they cost an eighth more.
    static let firstTables = Migration(version: 1, name: "first tables", script: referenceTables + batchTables + rowTables)

    private static let referenceTables = """
        CREATE TABLE resellers (
            reseller TEXT PRIMARY KEY, vendor_name TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
            currency TEXT NOT NULL DEFAULT '', vat_included INTEGER NOT NULL DEFAULT 0, is_living_document INTEGER NOT NULL DEFAULT 0,
            stores_are_open INTEGER NOT NULL DEFAULT 1, approval TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE products (
            product_ean TEXT PRIMARY KEY, functional_name TEXT NOT NULL, description TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE product_reseller_mappings (
            reseller TEXT NOT NULL, code TEXT NOT NULL, product_ean TEXT NOT NULL, folded_code TEXT NOT NULL,
            PRIMARY KEY (reseller, folded_code)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stores (
            id INTEGER PRIMARY KEY, reseller TEXT NOT NULL, store_code TEXT NOT NULL, store TEXT NOT NULL,
            store_type TEXT NOT NULL CHECK (store_type IN ('physical', 'online')), city TEXT NOT NULL, country TEXT NOT NULL,
            folded_code TEXT NOT NULL, folded_name TEXT NOT NULL, UNIQUE (reseller, folded_code)
        ) STRICT;
        CREATE TABLE list_prices (
            product_ean TEXT NOT NULL, currency TEXT NOT NULL, valid_from INTEGER NOT NULL, price INTEGER NOT NULL,
            PRIMARY KEY (product_ean, currency, valid_from)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fx_rates (
            currency TEXT NOT NULL, rate_day INTEGER NOT NULL, rate_per_euro INTEGER NOT NULL, PRIMARY KEY (currency, rate_day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reference_version (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
        INSERT INTO reference_version VALUES (1, 1);

        """

    private static let batchTables = """
        CREATE TABLE upload_batches (
            id INTEGER PRIMARY KEY AUTOINCREMENT, batch_id TEXT NOT NULL UNIQUE, reseller TEXT NOT NULL REFERENCES resellers,
            filename TEXT NOT NULL, upload_mode TEXT NOT NULL, status TEXT NOT NULL, file_size_bytes INTEGER NOT NULL, file_sha256 TEXT,
            host TEXT NOT NULL, received_at INTEGER NOT NULL, processing_started_at INTEGER, processing_completed_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '', refusal TEXT,
            rows_processed INTEGER NOT NULL DEFAULT 0, rows_failed INTEGER NOT NULL DEFAULT 0, rows_unchanged INTEGER NOT NULL DEFAULT 0,
            rows_restated INTEGER NOT NULL DEFAULT 0, rows_skipped INTEGER NOT NULL DEFAULT 0, quantity INTEGER NOT NULL DEFAULT 0,
            sales_local INTEGER NOT NULL DEFAULT 0, sales_eur INTEGER NOT NULL DEFAULT 0, currency TEXT, first_day INTEGER, last_day INTEGER,
            detection TEXT, control_totals TEXT NOT NULL DEFAULT '[]', warnings TEXT NOT NULL DEFAULT '[]', replacement TEXT,
            revision INTEGER NOT NULL DEFAULT 0, published_revision INTEGER NOT NULL DEFAULT 0, is_archived INTEGER NOT NULL DEFAULT 0,
            rows_staged INTEGER NOT NULL DEFAULT 0, rows_malformed INTEGER NOT NULL DEFAULT 0, rows_waiting INTEGER NOT NULL DEFAULT 0,
            reference_version INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX upload_batches_by_reseller ON upload_batches (reseller, file_sha256);
        CREATE INDEX upload_batches_by_status ON upload_batches (status, received_at);
        CREATE INDEX upload_batches_by_time ON upload_batches (received_at);
        CREATE TABLE audit_log (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, batch_id TEXT,
            from_status TEXT, to_status TEXT, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_log_by_batch ON audit_log (batch_id);

        """

    private static let rowTables = """
        CREATE TABLE batch_sheets (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, number INTEGER NOT NULL, sheet TEXT NOT NULL,
            PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE batch_products (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, number INTEGER NOT NULL, named_ean INTEGER,
            named_code TEXT, named_name TEXT, product_ean INTEGER, PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE batch_stores (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, number INTEGER NOT NULL, named_store TEXT NOT NULL,
            named_online INTEGER NOT NULL, store_id INTEGER REFERENCES stores, is_new INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE batch_rates (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, number INTEGER NOT NULL, currency TEXT NOT NULL,
            numerator INTEGER NOT NULL, denominator INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE staging_sales (
            id INTEGER PRIMARY KEY, batch INTEGER AS (id >> 32), number INTEGER AS (id & 4294967295), outcome INTEGER NOT NULL,
            sheet INTEGER NOT NULL, row_number INTEGER NOT NULL, product INTEGER NOT NULL, store INTEGER NOT NULL, sale_day INTEGER NOT NULL,
            is_monthly INTEGER NOT NULL, quantity INTEGER NOT NULL, sales_local INTEGER, sales_eur INTEGER, rate INTEGER,
            order_id TEXT, country TEXT, city TEXT, cost_of_goods INTEGER, fee INTEGER, span TEXT
        ) STRICT;
        CREATE TABLE final_sales (
            id INTEGER PRIMARY KEY, batch INTEGER AS (id >> 32), number INTEGER AS (id & 4294967295),
            sheet INTEGER NOT NULL, row_number INTEGER NOT NULL, product INTEGER NOT NULL, store INTEGER NOT NULL, sale_day INTEGER NOT NULL,
            is_monthly INTEGER NOT NULL, quantity INTEGER NOT NULL, sales_local INTEGER NOT NULL, sales_eur INTEGER NOT NULL,
            rate INTEGER, order_id TEXT, country TEXT, city TEXT, cost_of_goods INTEGER, fee INTEGER, span TEXT
        ) STRICT;
        CREATE TABLE error_reports (
            id INTEGER PRIMARY KEY, batch INTEGER AS (id >> 32), cause INTEGER NOT NULL, sheet TEXT NOT NULL, row_number INTEGER NOT NULL,
            column_name TEXT, error_type TEXT NOT NULL, error_message TEXT NOT NULL, field_name TEXT, field_value TEXT, suggestion TEXT
        ) STRICT;
        CREATE TABLE restated_sales (
            batch INTEGER NOT NULL REFERENCES upload_batches ON DELETE CASCADE, number INTEGER NOT NULL,
            store_id INTEGER NOT NULL REFERENCES stores, product_ean INTEGER NOT NULL, sale_day INTEGER NOT NULL, order_id TEXT,
            old_sales INTEGER NOT NULL, old_quantity INTEGER NOT NULL, old_sales_local INTEGER NOT NULL,
            new_sales INTEGER NOT NULL, new_quantity INTEGER NOT NULL, new_sales_local INTEGER NOT NULL,
            is_taken INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;
        """
}

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
