import Batches
import Cells
import Sellout

/// `sale_keys`: sales by day and by the names of product and store, so that a few are found among many. Filled when nobody waits for it:
/// beside the rows it would make booking them twice as slow.
struct SaleKeys {
    /// So many rows in one transaction at the most.
    static let piece: Int64 = 50_000

    let connection: Connection

    private static let columns = """
        INSERT OR IGNORE INTO sale_keys (sale_day, product, store, sale)
        SELECT sale_rows.sale_day, edition_products.naming, edition_stores.naming, sale_rows.id FROM sale_rows
        JOIN edition_products ON edition_products.edition = ?1 AND edition_products.number = sale_rows.product
        JOIN edition_stores ON edition_stores.edition = ?1 AND edition_stores.number = sale_rows.store
        """

    /// Rows that became sales after the rest of their edition.
    func take(bookedBy entry: Int64, in edition: Int64) throws(LedgerFault) {
        let rows = RowRange(edition)
        try connection.run(
            "\(Self.columns) WHERE sale_rows.id BETWEEN ?2 AND ?3 AND sale_rows.booked = ?4", edition, rows.first, rows.last, entry)
    }

    /// The next piece of what a batch has booked; true where nothing is left. Those of a living document are not asked for.
    func takePiece(ofBatch batch: BatchID) throws(LedgerFault) -> Bool {
        let edition = try connection.all(
            EditionTable.id,
            from: """
                upload_batches JOIN editions ON editions.batch = upload_batches.id JOIN resellers USING (reseller)
                WHERE batch_id = ? AND booked IS NOT NULL AND next_unindexed IS NOT NULL AND is_living_document = 0
                ORDER BY editions.id LIMIT 1
                """, batch
        ).first
        guard let edition else { return true }
        return try takePiece(of: edition)
    }

    /// The next piece of an edition; true where that was the last one.
    func takePiece(of edition: Int64) throws(LedgerFault) -> Bool {
        let rows = RowRange(edition)
        guard let next = try next(of: edition) else { return true }
        let last = next + Self.piece - 1
        try connection.run(
            """
            \(Self.columns) WHERE sale_rows.id BETWEEN ?2 AND ?3 AND sale_rows.outcome <= 1
            ORDER BY sale_rows.sale_day, edition_products.naming, edition_stores.naming
            """, edition, rows.first + next, rows.first + last)
        let more = try connection.count(
            "SELECT EXISTS (SELECT 1 FROM sale_rows WHERE id BETWEEN ? AND ?)", rows.first + last + 1, rows.last)
        try connection.update(EditionTable.nextUnindexed(more > 0 ? last + 1 : nil), where: "id = ?", edition)
        return more == 0
    }

    private func next(of edition: Int64) throws(LedgerFault) -> Int64? {
        try connection.all(EditionTable.nextUnindexed, from: "editions WHERE id = ?", edition).first.flatMap { $0 }
    }

    /// Of all editions in which sales of these days may stand.
    func complete(of reseller: String, from first: CivilDay, to last: CivilDay) throws(LedgerFault) {
        let editions = try connection.all(
            EditionTable.id,
            from: """
                upload_batches CROSS JOIN editions ON editions.batch = upload_batches.id WHERE reseller = ? AND last_day >= ?
                AND first_day <= ? AND booked IS NOT NULL AND next_unindexed IS NOT NULL
                """, reseller, first, last)
        for edition in editions {
            while try !takePiece(of: edition) {}
        }
    }
}
