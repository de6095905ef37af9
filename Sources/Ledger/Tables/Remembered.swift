/// Where the daemon of a ledger worked last, so that operators need not say where the profiles are.
package struct DaemonsFolders: Hashable, Sendable {
    /// Absolute paths, both.
    package let root: String
    package let profiles: String

    package init(root: String, profiles: String) {
        self.root = root
        self.profiles = profiles
    }
}

/// `remembered`: a few words of the daemon's, by name.
struct Remembered {
    private static let table: StaticString = "remembered"
    private static let name = Column<String>(table, "name")
    private static let value = Column<String>(table, "value")
    private static let root = "root"
    private static let profiles = "profiles"

    let connection: Connection

    func remember(_ folders: DaemonsFolders) throws(LedgerFault) {
        for (name, value) in [(Self.root, folders.root), (Self.profiles, folders.profiles)] {
            try connection.run(
                "INSERT INTO remembered (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
        }
    }

    /// Nil where no daemon has said so yet.
    func folders() throws(LedgerFault) -> DaemonsFolders? {
        guard let root = try word(Self.root), let profiles = try word(Self.profiles) else { return nil }
        return DaemonsFolders(root: root, profiles: profiles)
    }

    private func word(_ name: String) throws(LedgerFault) -> String? {
        try connection.all(Self.value, from: "remembered WHERE name = ?", name).first
    }
}

extension Migration {
    static let remembered = Migration(
        version: 6, name: "what the daemon wants remembered",
        script: "CREATE TABLE remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;")
}
