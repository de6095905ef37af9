extension Migration {
    /// What operators say of rows that failed, and what could be read of those that were malformed.
    static let settledRows = Migration(version: 9, name: "rows settled in place", script: tables + carryOver)

    private static let tables = """
        CREATE TABLE malformed_rows (
            id INTEGER PRIMARY KEY, edition INTEGER AS (id >> 32), standing INTEGER NOT NULL DEFAULT 0, sale INTEGER,
            sheet INTEGER NOT NULL, row_number INTEGER NOT NULL, wrong TEXT NOT NULL, holds_many INTEGER NOT NULL DEFAULT 0,
            named_ean INTEGER, named_code TEXT, named_name TEXT, named_store TEXT, named_online INTEGER, sale_day INTEGER,
            is_monthly INTEGER, quantity INTEGER, sales_local INTEGER, is_priced INTEGER NOT NULL,
            order_id TEXT, country TEXT, city TEXT, cost_of_goods INTEGER, fee INTEGER, span TEXT
        ) STRICT;
        CREATE TABLE settled_rows (
            id INTEGER PRIMARY KEY, batch INTEGER REFERENCES upload_batches, edition INTEGER NOT NULL, sheet TEXT NOT NULL, row_number INTEGER NOT NULL,
            sale INTEGER, malformed INTEGER, said TEXT NOT NULL, field_name TEXT, original_value TEXT, corrected_value TEXT,
            quantity INTEGER, sales_local INTEGER, reason TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES audit_log
        ) STRICT;
        CREATE INDEX settled_rows_by_edition ON settled_rows (edition);
        CREATE INDEX settled_rows_by_batch ON settled_rows (batch) WHERE batch IS NOT NULL;

        """

    /// Of rows that were malformed before, only the errors were kept. Where they tell the rows apart, each can be settled.
    private static let carryOver = """
        INSERT INTO malformed_rows (id, sheet, row_number, wrong, is_priced)
            SELECT (edition << 32) + row_number() OVER (PARTITION BY edition ORDER BY first), sheet, row_number, wrong, 0
            FROM (
                SELECT b.edition, h.number AS sheet, r.row_number, min(r.id) AS first, count(*) OVER (PARTITION BY b.id) AS rows,
                    b.rows_malformed,
                    json_group_array(json_object('column', r.column_name, 'field', r.field_name)) AS wrong
                FROM upload_batches b CROSS JOIN error_reports r ON r.id BETWEEN b.edition << 32 AND (b.edition << 32) + 4294967295
                JOIN edition_sheets h ON h.edition = b.edition AND h.sheet = r.sheet
                WHERE b.edition > 0 AND b.rows_malformed > 0 AND r.cause = 0
                GROUP BY b.id, h.number, r.row_number)
            WHERE rows = rows_malformed;
        """
}
