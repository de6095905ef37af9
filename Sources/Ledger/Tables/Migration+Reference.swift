extension Migration {
    /// Names can end, a product can be another one, and what each record of the reference data was before a deed is kept.
    static let keptReference = Migration(
        version: 8, name: "reference data that ends, and what it was before",
        script: """
            ALTER TABLE products ADD COLUMN ended_from INTEGER;
            ALTER TABLE products ADD COLUMN replaced_by TEXT;
            ALTER TABLE product_reseller_mappings ADD COLUMN ended_from INTEGER;
            ALTER TABLE stores ADD COLUMN ended_from INTEGER;
            ALTER TABLE edition_products ADD COLUMN ended_from INTEGER;
            ALTER TABLE edition_stores ADD COLUMN ended_from INTEGER;
            CREATE TABLE reference_changes (
                deed INTEGER NOT NULL REFERENCES audit_log, kind TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL,
                before TEXT, after TEXT, PRIMARY KEY (deed, kind, owner, name, day)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE undone_deeds (
                deed INTEGER PRIMARY KEY REFERENCES audit_log, undone_by INTEGER NOT NULL REFERENCES audit_log
            ) STRICT;
            """)
}
