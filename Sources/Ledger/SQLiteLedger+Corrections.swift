import Sellout

extension SQLiteLedger {
    package func mappings(_ filter: ReferenceFilter) throws(LedgerFault) -> [MappingEntry] {
        try read { connection throws(LedgerFault) in try ReferenceListing(connection: connection).mappings(filter) }
    }

    package func stores(_ filter: ReferenceFilter) throws(LedgerFault) -> [StoreEntry] {
        try read { connection throws(LedgerFault) in try ReferenceListing(connection: connection).stores(filter) }
    }

    package func products(_ filter: ReferenceFilter) throws(LedgerFault) -> [Product] {
        try read { connection throws(LedgerFault) in try ReferenceListing(connection: connection).products(filter) }
    }

    package func storeFigures(of reseller: String) throws(LedgerFault) -> [StoreFigures] {
        try read { connection throws(LedgerFault) in try ReferenceListing(connection: connection).figures(of: reseller) }
    }

    package func correct(_ correction: Correction, by deed: Deed) throws(LedgerFault) -> Corrected {
        try write { connection throws(LedgerFault) in try CorrectingReference(connection: connection, deed: deed).carryOut(correction) }
    }
}
