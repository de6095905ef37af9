import Sellout

/// Reference data.
extension SQLiteLedger {
    package func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).catalogue(for: terms) }
    }

    package func referenceVersion() throws(LedgerFault) -> Int {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).version() }
    }

    package func take(_ data: ReferenceData, by deed: Deed) throws(LedgerFault) -> ReferenceChange {
        try write { connection throws(LedgerFault) in
            let tables = ReferenceTables(connection: connection)
            let change = try tables.take(data)
            guard change.new + change.changed > 0 else { return change }
            try tables.raiseVersion()
            let figures = "\(change.new) new, \(change.changed) changed, \(change.unchanged) unchanged"
            try AuditLog(connection: connection).enter(
                Deed(actor: deed.actor, reason: deed.reason.isEmpty ? figures : "\(deed.reason) (\(figures))", at: deed.at),
                "import \(data.kind.rawValue)")
            return change
        }
    }

    package func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        try read { connection throws(LedgerFault) in try UnmappedProducts(connection: connection).list(reseller: reseller) }
    }

    package func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).mappings(reseller: reseller) }
    }

    package func products() throws(LedgerFault) -> [Product] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).products() }
    }

    package func note(resellers: [Terms]) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            for terms in resellers { try ResellerTable(connection: connection).note(terms) }
        }
    }

    package func notedResellers() throws(LedgerFault) -> [Terms] {
        try read { connection throws(LedgerFault) in try ResellerTable(connection: connection).noted() }
    }
}

/// Where the daemon works.
extension SQLiteLedger {
    package func remember(_ folders: DaemonsFolders) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in try Remembered(connection: connection).remember(folders) }
    }

    /// Of a ledger that is there, and that this changes nothing of: an older one is left as it is, and remembers nothing.
    package static func daemonsFolders(ofLedgerAt path: String) throws(LedgerFault) -> DaemonsFolders? {
        let connection = try Connection(path: path, for: .reading)
        try connection.execute("PRAGMA query_only = ON")
        guard try connection.count("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'remembered')") > 0 else { return nil }
        return try Remembered(connection: connection).folders()
    }
}
