import Glibc

/// A ledger's file as who changes nothing finds it: not brought up to date, and perhaps another user's.
struct ReadableLedger {
    let path: String

    /// Throws a sentence that says what is missing where this program cannot read it as it is.
    func open() throws(LedgerFault) -> Writer {
        do throws(LedgerFault) {
            let opened = try Writer(refusing: path)
            try opened.connection.sync(check)
            return opened
        } catch {
            guard case .surroundings = error, lacksLog else { throw error }
            throw .surroundings(
                "The ledger at \(path) cannot be read from here: the files ledger.db-wal and ledger.db-shm beside it are not there or not "
                    + "readable, and its folder lets you make none. Start selloutd, or read it as the daemon's user or with sudo.")
        }
    }

    private func check(_ connection: Connection) throws(LedgerFault) {
        try LedgerFile.refuseForeign(connection, path)
        let known = Migration.all.count
        let found = try version(connection)
        guard found > 0 else {
            throw .refused("The ledger at \(path) is still empty. Start selloutd once, or import something.")
        }
        guard found >= known else {
            throw .refused(
                "The ledger at \(path) is of an older version (its schema is \(found), this program reads \(known)). Start selloutd, or "
                    + "run a command that changes something: either brings it up to date.")
        }
        guard found == known else {
            throw .refused(
                "The ledger at \(path) was written by a newer version of Sellout (its schema is \(found), this program reads \(known)). "
                    + "Install the newer version again.")
        }
    }

    private func version(_ connection: Connection) throws(LedgerFault) -> Int {
        guard try connection.count("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations')") > 0 else { return 0 }
        return try connection.count("SELECT coalesce(max(version), 0) FROM schema_migrations")
    }

    /// https://sqlite.org/wal.html#read_only_databases: "the -shm and -wal files already exists and are readable", or "there is write
    /// permission on the directory".
    private var lacksLog: Bool {
        ["-wal", "-shm"].contains { unsafe access(path + $0, R_OK) != 0 }
    }
}
