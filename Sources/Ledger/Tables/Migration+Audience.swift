extension Migration {
    /// Audience batches, and their records in blocks: one row for each block keeps fifty thousand records one short transaction. A block's
    /// key is batch × 2^32 + its number within it. Nobody's batch is one that came as a file.
    static let audience = Migration(
        version: 14, name: "audience batches",
        script: """
            CREATE TABLE audience_batches (
                id INTEGER PRIMARY KEY AUTOINCREMENT, upload_id TEXT NOT NULL UNIQUE, owner INTEGER REFERENCES users, name TEXT NOT NULL,
                fields TEXT NOT NULL, record_count INTEGER NOT NULL, created_at INTEGER NOT NULL, source TEXT NOT NULL
            ) STRICT;
            CREATE INDEX audience_batches_by_owner ON audience_batches (owner, id);
            CREATE TABLE audience_blocks (
                id INTEGER PRIMARY KEY, record_count INTEGER NOT NULL, records BLOB NOT NULL
            ) STRICT;
            """)
}
