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

extension Migration {
    /// Questions about audience batches that somebody has saved. They go with their batch.
    static let audienceSegments = Migration(
        version: 15, name: "segments of audience batches",
        script: """
            CREATE TABLE audience_segments (
                id INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL REFERENCES audience_batches, upload_id TEXT NOT NULL,
                owner INTEGER REFERENCES users, name TEXT NOT NULL, question TEXT NOT NULL, saved_at INTEGER NOT NULL, saved_by TEXT NOT NULL
            ) STRICT;
            CREATE INDEX audience_segments_by_batch ON audience_segments (batch, name);
            CREATE INDEX audience_segments_by_upload ON audience_segments (upload_id);
            CREATE INDEX audience_segments_by_owner ON audience_segments (owner);
            CREATE INDEX audience_batches_by_time ON audience_batches (created_at);
            """)
}
