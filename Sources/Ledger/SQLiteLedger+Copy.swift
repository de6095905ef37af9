extension SQLiteLedger {
    /// Writes the ledger as it stands at this moment into a new file, beside whoever is writing.
    package func copy(to path: String) throws(LedgerFault) {
        // A connection of its own: VACUUM cannot run where only reading is allowed.
        let copier = try QueuedConnection(path: self.path, label: "ledger.copier", settings: "")
        try copier.sync { connection throws(LedgerFault) in _ = try connection.run("VACUUM INTO ?", path) }
    }
}
