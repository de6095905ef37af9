import RetailFit

/// Rankings in the brands' folders.
extension SQLiteLedger {
    package func brandsOwedFit() throws(LedgerFault) -> [Int64] {
        try read { connection throws(LedgerFault) in
            let id = BrandTable.id
            // Two questions, since each has its index: with OR, SQLite would look at every brand.
            let changed = try connection.all(ColumnList(id), from: "brands WHERE published_revision <> revision") {
                row throws(LedgerFault) in try row[id]
            }
            let market = try RetailTaking.version(connection)
            let behind = try connection.all(ColumnList(id), from: "brands WHERE published_market < ?", market) {
                row throws(LedgerFault) in try row[id]
            }
            return Set(changed).union(behind).sorted()
        }
    }

    package func fitAsking(ofBrand id: Int64) throws(LedgerFault) -> FitAsking? {
        try read { connection throws(LedgerFault) in
            let table = BrandTable(connection: connection)
            guard let brand = try table.get(id) else { return nil }
            let revision = try connection.count("SELECT revision FROM brands WHERE id = ?", id)
            return FitAsking(
                brand: brand, revision: revision, choices: try table.choices(of: id).map(\.choice), offers: try table.offers(of: brand))
        }
    }

    package func notePublished(_ fits: [PublishedFit]) throws(LedgerFault) {
        guard !fits.isEmpty else { return }
        try write { connection throws(LedgerFault) in
            for fit in fits {
                try connection.update(
                    BrandTable.publishedRevision(fit.revision), BrandTable.publishedMarket(fit.market), where: "id = ?", fit.brand)
            }
        }
    }
}
