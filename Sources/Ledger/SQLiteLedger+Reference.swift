import Sellout

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
            try AuditTable(connection: connection).enter(
                Deed(actor: deed.actor, reason: deed.reason.isEmpty ? figures : "\(deed.reason) (\(figures))", at: deed.at),
                "import \(data.kind.rawValue)")
            return change
        }
    }

    package func unmapped(reseller: String?) throws(LedgerFault) -> [UnmappedProduct] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).unmapped(reseller: reseller) }
    }

    package func mappings(reseller: String?) throws(LedgerFault) -> [ProductMapping] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).mappings(reseller: reseller) }
    }

    package func products() throws(LedgerFault) -> [Product] {
        try read { connection throws(LedgerFault) in try ReferenceTables(connection: connection).products() }
    }

    package func note(resellers: [Terms]) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            for terms in resellers {
                try connection.run(
                    """
                    INSERT INTO resellers (reseller, vendor_name, country, currency, vat_included, is_living_document, stores_are_open, approval)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (reseller) DO UPDATE SET vendor_name = ?2, country = ?3,
                        currency = ?4, vat_included = ?5, is_living_document = ?6, stores_are_open = ?7, approval = ?8
                    """, terms.reseller, terms.vendorName, terms.country, terms.currency, terms.vatIncluded, terms.isLivingDocument,
                    terms.storesAreOpen, terms.approval.rawValue)
            }
        }
    }

    package func notedResellers() throws(LedgerFault) -> [Terms] {
        try read { connection throws(LedgerFault) in
            try connection.all(
                """
                SELECT reseller, vendor_name, country, currency, vat_included, is_living_document, stores_are_open, approval FROM resellers
                WHERE currency <> '' ORDER BY reseller
                """
            ) { row throws(LedgerFault) in
                Terms(
                    reseller: row.text(0), vendorName: row.text(1), country: row.text(2), currency: row.text(3),
                    vatIncluded: row.int(4) != 0,
                    isLivingDocument: row.int(5) != 0, storesAreOpen: row.int(6) != 0,
                    approval: ApprovalPolicy(rawValue: row.text(7)) ?? .manual)
            }
        }
    }
}
