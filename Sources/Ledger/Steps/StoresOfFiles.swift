import Sellout

/// Stores that nobody knew before a file named them: when no file in the books or on its way names them any more, they go again.
struct StoresOfFiles {
    let connection: Connection

    /// Those that the batch's readings named.
    func brought(by batch: BatchRow) throws(LedgerFault) -> [Int64] {
        try connection.all(
            StoreTable.id,
            from: """
                stores WHERE from_file = 1 AND id IN (
                    SELECT store_id FROM edition_stores JOIN editions ON editions.id = edition_stores.edition WHERE editions.batch = ?)
                """, batch.number)
    }

    /// When the batch has left them. What withdrawn rows said of them stays: the name as the file writes it.
    func forget(_ stores: [Int64], leftBy batch: BatchRow) throws(LedgerFault) {
        for store in stores {
            let named = try connection.count(
                """
                SELECT EXISTS (SELECT 1 FROM edition_stores JOIN editions ON editions.id = edition_stores.edition
                    JOIN upload_batches ON upload_batches.id = editions.batch
                    WHERE store_id = ?1 AND upload_batches.id <> ?2 AND status NOT IN ('cancelled', 'failed'))
                OR EXISTS (SELECT 1 FROM restated_sales WHERE store_id = ?1) OR EXISTS (SELECT 1 FROM stores WHERE merged_into = ?1)
                """, store, batch.number)
            guard named == 0 else { continue }
            try connection.run("UPDATE edition_stores SET store_id = NULL, is_new = 0 WHERE store_id = ?", store)
            try connection.run("UPDATE store_namings SET means_store = NULL WHERE means_store = ?", store)
            try connection.run("DELETE FROM stores WHERE id = ?", store)
        }
    }
}
