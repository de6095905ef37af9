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
