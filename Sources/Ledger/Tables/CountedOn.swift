import Sellout

/// `counted_on`: which batches a batch found its sales in when it was compared last, or took sales away from. Who takes one of those
/// back has to look at this one too.
struct CountedOn {
    let connection: Connection

    /// What a look at the batch's rows found. Of a batch that is booked already, what its sales counted on stays.
    func note(_ batch: BatchRow, _ editions: Set<Int64>) throws(LedgerFault) {
        if !batch.isBooked { try drop(batch) }
        for edition in editions {
            try connection.run(
                "INSERT OR IGNORE INTO counted_on (batch, other) SELECT ?1, batch FROM editions WHERE id = ?2 AND batch <> ?1",
                batch.number,
                edition)
        }
    }

    /// Those whose sales the line of the audit log has withdrawn.
    func add(_ batch: BatchRow, withdrawnBy entry: Int64) throws(LedgerFault) {
        try connection.run(
            """
            INSERT OR IGNORE INTO counted_on (batch, other) SELECT DISTINCT ?1, editions.batch
            FROM withdrawn_sales JOIN editions ON editions.id = withdrawn_sales.sale >> 32
            WHERE withdrawn_by = ?2 AND editions.batch <> ?1
            """, batch.number, entry)
    }

    func drop(_ batch: BatchRow) throws(LedgerFault) { try connection.run("DELETE FROM counted_on WHERE batch = ?", batch.number) }

    /// The batches in the books that counted on this one, and those that counted on them, the one that was booked last first. Deleted
    /// ones too: their sales stand.
    func dependents(of batch: BatchRow) throws(LedgerFault) -> [BatchRow] {
        let numbers = try connection.all(
            BatchTable.number,
            from: """
                upload_batches WHERE status IN ('completed', 'partial_success') AND id <> ?1 AND id IN (
                    WITH RECURSIVE found (batch) AS (
                        SELECT ?1 UNION SELECT counted_on.batch FROM found JOIN counted_on ON counted_on.other = found.batch
                        JOIN upload_batches b ON b.id = counted_on.batch WHERE b.status IN ('completed', 'partial_success'))
                    SELECT batch FROM found)
                ORDER BY (SELECT max(booked) FROM editions WHERE editions.batch = upload_batches.id) DESC, id DESC
                """, batch.number)
        var found: [BatchRow] = []
        for number in numbers {
            if let dependent = try BatchTable(connection: connection).get(number: number) { found.append(dependent) }
        }
        return found
    }
}
