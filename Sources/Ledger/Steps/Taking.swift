import Sellout

/// Makes a batch's valid rows final, in the caller's transaction: `approved`, the sales over, and on to where it ends.
struct Taking {
    let connection: Connection
    let deed: Deed

    /// `replaced`: the final sales whose place restated rows take.
    func take(_ batch: inout BatchRow, replaced: [Int64]) throws(LedgerFault) {
        let batches = BatchTable(connection: connection)
        let isFirst = batch.record.state == .stagingComplete
        try batches.move(&batch, to: .approved, "approve", by: deed)
        let went = batch.record.mode == .replace && isFirst ? try removeAll(of: batch.record.reseller) : nil
        for id in replaced { try connection.run("DELETE FROM final_sales WHERE id = ?", id) }
        let came = try insert(batch.rows)
        if let went { batch.record.replacement = Replacement(went: went, came: came) }
        let restated = try RestatedTable(connection: connection).markTaken(batch)
        if restated > 0 {
            try note(batch, "restate", "\(restated) figures restated: \(replaced.count) earlier sales gave way. See restated_sales.")
        }
        if let went { try note(batch, "replace", "\(went) sales went, \(came) came.") }
        let isWhole = batch.record.counts.failed == 0
        try batches.move(&batch, to: isWhole ? .completed : .partialSuccess, "complete", by: deed)
        if !isWhole {
            try markFinal(batch.rows)
        } else if batch.record.isArchived {
            try StagingTable(connection: connection).drop(batch.rows)
        }
    }

    private func note(_ batch: BatchRow, _ action: String, _ reason: String) throws(LedgerFault) {
        try AuditTable(connection: connection).enter(Deed(actor: deed.actor, reason: reason, at: deed.at), action, batch: batch.record.id)
    }

    private func insert(_ rows: RowRange) throws(LedgerFault) -> Int {
        let columns = """
            id, sheet, row_number, product, store, sale_day, is_monthly, quantity, sales_local, sales_eur, rate, order_id, country, city,
            cost_of_goods, fee, span
            """
        return try connection.run(
            "INSERT INTO final_sales (\(columns)) SELECT \(columns) FROM staging_sales WHERE id BETWEEN ? AND ? AND outcome <= ? ORDER BY id",
            rows.first, rows.last, RowOutcome.restated.rawValue)
    }

    /// Rows that are final and stay staged beside those that failed.
    private func markFinal(_ rows: RowRange) throws(LedgerFault) {
        try connection.run(
            "UPDATE staging_sales SET outcome = outcome + ? WHERE id BETWEEN ? AND ? AND outcome <= ?", RowOutcome.finalStep, rows.first,
            rows.last, RowOutcome.restated.rawValue)
    }

    private func removeAll(of reseller: String) throws(LedgerFault) -> Int {
        var went = 0
        let numbers = try connection.all("SELECT id FROM upload_batches WHERE reseller = ?", reseller) { row throws(LedgerFault) in
            row.int64(0)
        }
        for number in numbers { went += try FinalTable(connection: connection).remove(RowRange(batch: number)) }
        return went
    }
}
