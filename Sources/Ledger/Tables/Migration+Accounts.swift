extension Migration {
    /// Who may sign in. Numbers and UUIDs are never used again. E-mail addresses are kept in lower case.
    static let accounts = Migration(
        version: 11, name: "accounts",
        script: """
            CREATE TABLE users (
                id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
                password_hash TEXT, role TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL, phone TEXT,
                is_active INTEGER NOT NULL DEFAULT 1, reseller TEXT, company_id INTEGER, company_type TEXT, tenant TEXT NOT NULL,
                created_at INTEGER NOT NULL, token_epoch INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            """)

    /// The links by which passwords are set without the old one: hashes only, and one for each user at most.
    static let accountLinks = Migration(
        version: 13, name: "reset links and invitations",
        script: """
            CREATE TABLE account_links (
                user INTEGER PRIMARY KEY REFERENCES users, hash TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, until INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX users_by_company ON users (company_id, company_type) WHERE company_id IS NOT NULL;
            """)
}
