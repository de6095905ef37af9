/// One step from an older ledger file to a newer one. Steps are never changed once released: a mistake is mended by the next.
struct Migration {
    let version: Int
    let name: String
    let script: String

    static let all = [firstTables, analystsViews]

    /// Brings the file to `version`, each step in its own transaction, and leaves one from the future alone.
    static func bring(_ connection: Connection, to version: Int = all.count) throws(LedgerFault) {
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
                let present = try connection.count("SELECT coalesce(max(version), 0) FROM schema_migrations")
                if present > all.count {
                    throw LedgerFault.refused(
                        "This ledger was written by a newer version of Sellout (its schema is \(present), this program knows \(all.count)). "
                            + "Install the newer version again.")
                }
                guard present < step.version else { return }
                try connection.execute(step.script)
                try connection.run(
                    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                    step.version, step.name)
            }
        }
    }
}
