import Sellout

/// Compares, counts, sums and decides: what a batch's end of reading, a new look at its waiting rows and an operator's approval
/// have in common. All within the caller's transaction.
struct Settlement {
    let connection: Connection
    let terms: Terms
    let deed: Deed

    private var batches: BatchTable { BatchTable(connection: connection) }

    /// The end of reading.
    func settle(_ batch: inout BatchRow, _ findings: Findings) throws(LedgerFault) {
        batch.take(findings)
        batch.record.currency = terms.currency
        batch.record.endedAt = deed.at
        let assessed = try assess(&batch)
        try batches.move(&batch, to: .stagingComplete, "settle", by: deed)
        try decide(&batch, assessed.comparison)
    }

    /// After waiting rows have been resolved again.
    func resettle(_ batch: inout BatchRow) throws(LedgerFault) {
        let assessed = try assess(&batch)
        guard batch.record.state == .partialSuccess else { return try decide(&batch, assessed.comparison) }
        if assessed.sums.takeable > 0, assessed.sums[.restated] == 0 {
            try Taking(connection: connection, deed: deed).take(&batch, replaced: [])
        }
        try tell(&batch, assessed.sums[.restated] > 0 ? [.restatedSales(assessed.sums[.restated])] : [])
    }

    /// False where other figures are restated now than the last report said: then the batch has a new report and no approval.
    func approve(_ batch: inout BatchRow) throws(LedgerFault) -> Bool {
        let assessed = try assess(&batch)
        if assessed.restatedOthers {
            try tell(&batch, try obstacles(batch))
            return false
        }
        let record = batch.record
        guard assessed.sums.takeable > 0 || (record.state == .stagingComplete && record.counts.failed == 0 && record.mode == .append)
        else {
            throw LedgerFault.refused("The batch is \(record.state.rawValue) and has no valid sale to take: \(failedSentence(record))")
        }
        try refuseIfOutdated(record, batch)
        try Taking(connection: connection, deed: deed).take(&batch, replaced: assessed.comparison.replaced)
        try tell(&batch, [])
        return true
    }

    /// Whoever sent a replacing file did not know of what came after it: so many sales.
    private func laterSales(_ batch: BatchRow) throws(LedgerFault) -> Int {
        guard batch.record.mode == .replace, batch.record.state == .stagingComplete else { return 0 }
        return try FinalTable(connection: connection).count(of: batch.record.reseller, after: batch)
    }

    private func refuseIfOutdated(_ record: Batch, _ batch: BatchRow) throws(LedgerFault) {
        let later = try laterSales(batch)
        guard later > 0 else { return }
        let those = OutcomeMessage.number(later, "sale")
        throw LedgerFault.refused(
            "The batch is \(record.state.rawValue), and \(those) of files that came after it would be replaced too. Cancel it, and have it sent again if it still holds."
        )
    }

    private func failedSentence(_ record: Batch) -> String {
        record.counts.failed == 0
            ? "the file names none." : "\(OutcomeMessage.number(record.counts.failed, "row")) wait or need correction."
    }

    private func decide(_ batch: inout BatchRow, _ comparison: Comparison) throws(LedgerFault) {
        let obstacles = try obstacles(batch)
        if obstacles.isEmpty { try Taking(connection: connection, deed: deed).take(&batch, replaced: comparison.replaced) }
        try tell(&batch, obstacles)
    }

    private func obstacles(_ batch: BatchRow) throws(LedgerFault) -> [ApprovalObstacle] {
        ApprovalObstacle.all(
            policy: terms.approval, mode: batch.record.mode, counts: batch.record.counts, controlTotals: batch.record.controlTotals,
            warnings: batch.record.warnings, laterSales: try laterSales(batch))
    }

    private func assess(_ batch: inout BatchRow) throws(LedgerFault) -> Assessment {
        let namings = NamingTables(connection: connection)
        try namings.enterNewStores(batch, terms: terms)
        // A replacing file's rows stand alone; those that come to it later join what others have brought since.
        let compares = batch.record.mode == .append || batch.record.state == .partialSuccess
        let comparison =
            compares ? try Comparing(connection: connection, batch: batch, isLiving: terms.isLivingDocument).run() : Comparison()
        let restatedOthers = try RestatedTable(connection: connection).replace(batch, with: comparison.restated)
        let sums = try RowSums(of: batch.rows, in: connection)
        batch.waiting = sums[.waiting]
        batch.record.counts = sums.counts(malformed: batch.malformed, skipped: batch.record.counts.skipped)
        batch.record.totals = sums.totals
        batch.record.firstDay = sums.firstDay
        batch.record.lastDay = sums.lastDay
        try warn(&batch, comparison)
        return Assessment(comparison: comparison, sums: sums, restatedOthers: restatedOthers)
    }

    private func warn(_ batch: inout BatchRow, _ comparison: Comparison) throws(LedgerFault) {
        batch.record.warnings.removeAll { LedgerWarning.codes.contains($0.code) }
        let stores = try NamingTables(connection: connection).newStores(of: batch.number)
        if !stores.isEmpty { batch.record.warnings.append(LedgerWarning.newStores(stores)) }
        if comparison.noLongerListed > 0 { batch.record.warnings.append(LedgerWarning.noLongerListed(comparison.noLongerListed)) }
        let counts = batch.record.counts
        if counts.total == 0 { batch.record.warnings.append(LedgerWarning.noSales) }
        let answer = terms.expectations.errorRate
        // Where every failed row waits for approval anyway, this would say the same once more.
        if terms.approval == .partial, answer != .ignore, LedgerWarning.areManyErrors(counts) {
            batch.record.warnings.append(LedgerWarning.manyErrors(counts, holds: answer == .hold))
        }
        let figures = BatchFigures(sales: counts.processed, quantity: batch.record.totals.quantity, amount: batch.record.totals.local)
        batch.record.warnings += UsualFigures(try batches.figures(before: batch), terms.expectations).remarks(on: figures)
    }

    /// The report reads differently from now on.
    private func tell(_ batch: inout BatchRow, _ obstacles: [ApprovalObstacle]) throws(LedgerFault) {
        let kinds = batch.record.counts.failed == 0 ? [] : try ErrorTable(connection: connection).counts(batch.rows)
        let message = OutcomeMessage(record: batch.record, errorCounts: kinds)
        batch.record.message = obstacles.isEmpty ? message.taken : message.waits(for: obstacles)
        batch.record.revision += 1
        try batches.save(batch)
    }
}

/// What a batch's rows come to, before anything is decided.
private struct Assessment {
    let comparison: Comparison
    let sums: RowSums
    /// Whether other figures are restated than the last report said.
    let restatedOthers: Bool
}

/// Makes a batch's valid rows final, in the caller's transaction: `approved`, the sales over, and on to where it ends.
private struct Taking {
    let connection: Connection
    let deed: Deed

    /// `replaced`: the final sales whose place restated rows take.
    func take(_ batch: inout BatchRow, replaced: [Int64]) throws(LedgerFault) {
        let batches = BatchTable(connection: connection)
        let isFirst = batch.record.state == .stagingComplete
        try batches.move(&batch, to: .approved, "approve", by: deed)
        let went = batch.record.mode == .replace && isFirst ? try removeAll(of: batch.record.reseller) : nil
        let final = FinalTable(connection: connection)
        try final.remove(replaced)
        let came = try final.insertStaged(batch.rows)
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
        try AuditLog(connection: connection).enter(Deed(actor: deed.actor, reason: reason, at: deed.at), action, batch: batch.record.id)
    }

    /// Rows that are final and stay staged beside those that failed.
    private func markFinal(_ rows: RowRange) throws(LedgerFault) {
        try connection.run(
            "UPDATE staging_sales SET outcome = outcome + ? WHERE \(RowRange.within(StagingTable.table)) AND outcome <= ?",
            RowOutcome.finalStep, rows, RowOutcome.restated)
    }

    private func removeAll(of reseller: String) throws(LedgerFault) -> Int {
        var went = 0
        for number in try connection.all(BatchTable.number, from: "upload_batches WHERE reseller = ?", reseller) {
            went += try FinalTable(connection: connection).remove(RowRange(batch: number))
        }
        return went
    }
}
