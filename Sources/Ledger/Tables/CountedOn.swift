import Sellout

/// `counted_on`: which batches a batch found its sales in when it was compared last, or took sales away from. Who takes one of those
/// back has to look at this one too.
struct CountedOn {
    let connection: Connection

    /// What a look at the batch's rows found, in the place of what an earlier look found. What its sales in the books counted on stays.
    func note(_ batch: BatchRow, _ editions: Set<Int64>) throws(LedgerFault) {
        try connection.run("DELETE FROM counted_on WHERE batch = ? AND is_booked = 0", batch.number)
        for edition in editions {
            try connection.run(
                """
                INSERT OR IGNORE INTO counted_on (batch, other, is_booked) SELECT ?1, batch, 0 FROM editions WHERE id = ?2 AND batch <> ?1
                """, batch.number, edition)
        }
    }

    /// It is booked by that line of the audit log: what was found counts, and those whose sales the line has withdrawn.
    func book(_ batch: BatchRow, by entry: Int64) throws(LedgerFault) {
        try connection.run(
            "INSERT OR IGNORE INTO counted_on (batch, other, is_booked) SELECT batch, other, 1 FROM counted_on WHERE batch = ?",
            batch.number)
        try connection.run(
            """
            INSERT OR IGNORE INTO counted_on (batch, other, is_booked) SELECT DISTINCT ?1, editions.batch, 1
            FROM withdrawn_sales JOIN editions ON editions.id = withdrawn_sales.sale >> 32
            WHERE withdrawn_by = ?2 AND editions.batch <> ?1
            """, batch.number, entry)
    }

    func drop(_ batch: BatchRow) throws(LedgerFault) { try connection.run("DELETE FROM counted_on WHERE batch = ?", batch.number) }
}
