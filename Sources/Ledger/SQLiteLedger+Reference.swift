import Sellout

/// Reference data.
extension SQLiteLedger {
    package func catalogue(for terms: Terms) throws(LedgerFault) -> Catalogue {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).catalogue(for: terms) }
    }

    package func referenceVersion() throws(LedgerFault) -> Int {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).version() }
    }

    package func take(_ data: ReferenceData, after: TakenReference?, by deed: Deed) throws(LedgerFault) -> TakenReference {
        try write { connection throws(LedgerFault) in
            let recorded = ReferenceDeed(connection, "import \(data.kind.rawValue)", by: deed, line: after?.line)
            try ReferenceTables(connection: connection).take(data, by: recorded)
            let (new, changed) = (recorded.new + (after?.change.new ?? 0), recorded.changed + (after?.change.changed ?? 0))
            let unchanged = data.count - recorded.new - recorded.changed + (after?.change.unchanged ?? 0)
            try recorded.end("\(new) new, \(changed) changed, \(unchanged) unchanged")
            return TakenReference(ReferenceChange(new: new, changed: changed, unchanged: unchanged), line: recorded.line)
        }
    }

    package func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        try read { connection throws(LedgerFault) in try UnknownNames(connection: connection).products(reseller: reseller) }
    }

    package func unknownStores(reseller: String?) throws(LedgerFault) -> [UnknownStore] {
        try read { connection throws(LedgerFault) in try UnknownNames(connection: connection).stores(reseller: reseller) }
    }

    package func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).mappings(reseller: reseller) }
    }

    package func products() throws(LedgerFault) -> [Product] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).products() }
    }

    package func note(resellers: [Terms], newMayUpload: Bool) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            for terms in resellers { try ResellerTable(connection: connection).note(terms, mayUpload: newMayUpload, at: .now()) }
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
