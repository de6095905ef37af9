extension Migration {
    /// Who sent a batch, who a reseller is and whether its files are taken, and how many batches are in which state.
    static let uploads = Migration(version: 10, name: "uploads and governance", script: uploaders + resellers + counts)

    private static let uploaders = """
        ALTER TABLE upload_batches ADD COLUMN uploader TEXT;
        ALTER TABLE upload_batches ADD COLUMN forced TEXT;
        CREATE INDEX upload_batches_by_uploader ON upload_batches (uploader, received_at, status, reseller, deleted_at)
            WHERE uploader IS NOT NULL;
        ALTER TABLE audit_log ADD COLUMN reseller TEXT;
        CREATE INDEX withdrawn_sales_by_return ON withdrawn_sales (returned_by) WHERE returned_by IS NOT NULL;
        CREATE INDEX audit_log_by_reseller ON audit_log (reseller) WHERE reseller IS NOT NULL;

        """

    /// A random UUID as RFC 9562 has it: the version stands in digit 14, the variant in the upper bits of digit 19.
    private static let randomUUID = """
        lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
            || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
        """

    private static let resellers = """
        ALTER TABLE resellers ADD COLUMN uuid TEXT;
        ALTER TABLE resellers ADD COLUMN created_at INTEGER;
        ALTER TABLE resellers ADD COLUMN name TEXT;
        ALTER TABLE resellers ADD COLUMN said_country TEXT;
        ALTER TABLE resellers ADD COLUMN said_currency TEXT;
        ALTER TABLE resellers ADD COLUMN owner_name TEXT;
        ALTER TABLE resellers ADD COLUMN owner_email TEXT;
        ALTER TABLE resellers ADD COLUMN is_active INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE resellers ADD COLUMN can_bulk_upload INTEGER;
        ALTER TABLE resellers ADD COLUMN permission_reason TEXT;
        ALTER TABLE resellers ADD COLUMN forbidden_after INTEGER NOT NULL DEFAULT 0;
        UPDATE resellers SET uuid = \(randomUUID), can_bulk_upload = 1, created_at = coalesce(
            (SELECT min(received_at) FROM upload_batches WHERE upload_batches.reseller = resellers.reseller), strftime('%s', 'now') * 1000);
        CREATE UNIQUE INDEX resellers_by_uuid ON resellers (uuid);

        """

    /// Counting a hundred thousand batches for each page of a listing takes longer than reading the page. Triggers keep the counts, so
    /// that no step can forget them. OR IGNORE is said by the statement outside too, and would overrule any other word here.
    private static let counts = """
        CREATE TABLE batch_counts (
            reseller TEXT NOT NULL, status TEXT NOT NULL, batches INTEGER NOT NULL, PRIMARY KEY (reseller, status)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO batch_counts SELECT reseller, status, count(*) FROM upload_batches WHERE deleted_at IS NULL GROUP BY reseller, status;
        CREATE TRIGGER batch_comes AFTER INSERT ON upload_batches WHEN NEW.deleted_at IS NULL BEGIN
            INSERT OR IGNORE INTO batch_counts VALUES (NEW.reseller, NEW.status, 0);
            UPDATE batch_counts SET batches = batches + 1 WHERE reseller = NEW.reseller AND status = NEW.status;
        END;
        CREATE TRIGGER batch_moves AFTER UPDATE OF reseller, status, deleted_at ON upload_batches
        WHEN OLD.reseller <> NEW.reseller OR OLD.status <> NEW.status OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL) BEGIN
            UPDATE batch_counts SET batches = batches - 1
                WHERE OLD.deleted_at IS NULL AND reseller = OLD.reseller AND status = OLD.status;
            INSERT OR IGNORE INTO batch_counts SELECT NEW.reseller, NEW.status, 0 WHERE NEW.deleted_at IS NULL;
            UPDATE batch_counts SET batches = batches + 1
                WHERE NEW.deleted_at IS NULL AND reseller = NEW.reseller AND status = NEW.status;
        END;
        CREATE TRIGGER batch_goes AFTER DELETE ON upload_batches WHEN OLD.deleted_at IS NULL BEGIN
            UPDATE batch_counts SET batches = batches - 1 WHERE reseller = OLD.reseller AND status = OLD.status;
        END;
        """
}
