import Sellout

/// Compares, counts, sums and decides: what a batch's end of reading, a new look at its waiting rows and an operator's approval
/// have in common. All within the caller's transaction.
struct Settlement {
    let connection: Connection
    let terms: Terms
    let deed: Deed

    private var batches: BatchTable { BatchTable(connection: connection) }
    private var taking: Taking { Taking(connection: connection, deed: deed, currency: terms.currency) }

    /// The end of reading.
    func settle(_ batch: inout BatchRow, _ findings: Findings) throws(LedgerFault) {
        batch.take(findings)
        batch.record.currency = terms.currency
        batch.record.endedAt = deed.at
        let before = try SettledBefore(SettlingRows(connection: connection, terms: terms, deed: deed), batch)
        _ = try before.carryOut(&batch)
        var assessed = try assess(&batch)
        // A row that the books have already fails only when it has been compared.
        if try before.carryOut(&batch) { assessed = try assess(&batch) }
        try before.end(batch)
        try batches.move(&batch, to: .stagingComplete, "settle", by: deed)
        try decide(&batch, assessed.comparison)
    }

    /// After failed rows have been resolved again or settled.
    func resettle(_ batch: inout BatchRow) throws(LedgerFault) {
        let assessed = try assess(&batch)
        guard batch.record.state == .partialSuccess else { return try decide(&batch, assessed.comparison) }
        let restated = assessed.sums[.lateRestated]
        // Where nothing has failed any more the batch has come to its end, though it brings nothing more.
        if restated == 0, assessed.takeable > 0 || batch.record.counts.failed == 0 { try taking.take(&batch, replaced: []) }
        try tell(&batch, restated > 0 ? [.restatedSales(restated)] : [])
    }

    /// Nothing else has changed than why its rows wait.
    func tellAgain(_ batch: inout BatchRow) throws(LedgerFault) {
        try tell(&batch, batch.record.state == .stagingComplete ? try obstacles(batch) : [])
    }

    /// False where other figures are restated or replaced now than the last report said: then the batch has a new report and no approval.
    /// By force it is taken as it compares now, whatever the report said and whatever came after it.
    func approve(_ batch: inout BatchRow) throws(LedgerFault) -> Bool {
        let assessed = try assess(&batch)
        if assessed.differsFromReport, !deed.isForced {
            try tell(&batch, try obstacles(batch))
            return false
        }
        let record = batch.record
        guard assessed.takeable > 0 || (record.state == .stagingComplete && record.counts.failed == 0 && record.mode == .append)
        else {
            throw LedgerFault.refused("The batch is \(record.state.rawValue) and has no valid sale to take: \(failedSentence(record))")
        }
        if !deed.isForced { try refuseIfOutdated(record, batch) }
        try taking.take(&batch, replaced: assessed.comparison.replaced)
        try tell(&batch, [])
        return true
    }

    /// Whoever sent a replacing file did not know of what came after it: so many sales.
    private func laterSales(_ batch: BatchRow) throws(LedgerFault) -> Int {
        guard batch.record.mode.replaces, batch.record.state == .stagingComplete else { return 0 }
        return try Replacing(connection: connection, batch: batch).laterSales()
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
        if obstacles.isEmpty { try taking.take(&batch, replaced: comparison.replaced) }
        try tell(&batch, obstacles)
    }

    private func obstacles(_ batch: BatchRow) throws(LedgerFault) -> [ApprovalObstacle] {
        ApprovalObstacle.all(
            policy: terms.approval, mode: batch.record.mode, counts: batch.record.counts, controlTotals: batch.record.controlTotals,
            warnings: batch.record.warnings, laterSales: try laterSales(batch))
    }

    private func assess(_ batch: inout BatchRow) throws(LedgerFault) -> Assessment {
        try WrittenNames(connection: connection).refresh(terms)
        try NamingTables(connection: connection).enterNewStores(batch, terms: terms)
        // A replacing file's rows stand alone; those that come to it later join what others have brought since.
        let compares = !batch.record.mode.replaces || batch.isBooked
        let comparison =
            compares ? try Comparing(connection: connection, batch: batch, isLiving: terms.isLivingDocument).run() : Comparison()
        try CountedOn(connection: connection).note(batch, comparison.countsOn)
        var differs = try RestatedTable(connection: connection).replace(batch, with: comparison.restated)
        if !compares {
            let plan = try Replacing(connection: connection, batch: batch).plan()
            differs = differs || !plan.takesTheSame(as: batch.record.replacement)
            batch.record.replacement = plan
        }
        let sums = try RowSums(of: batch.rows, in: connection)
        batch.waiting = sums[.waiting]
        batch.record.counts = sums.counts(malformed: batch.malformed, skipped: batch.record.counts.skipped)
        batch.record.totals = sums.totals
        batch.record.firstDay = sums.firstDay
        batch.record.lastDay = sums.lastDay
        try warn(&batch, comparison)
        return Assessment(comparison: comparison, sums: sums, takeable: sums.takeable(booked: batch.isBooked), differsFromReport: differs)
    }

    private func warn(_ batch: inout BatchRow, _ comparison: Comparison) throws(LedgerFault) {
        batch.record.warnings.removeAll { LedgerWarning.codes.contains($0.code) }
        let stores = try NamingTables(connection: connection).newStores(of: batch.edition)
        if !stores.isEmpty { batch.record.warnings.append(LedgerWarning.newStores(stores)) }
        if comparison.noLongerListed > 0 { batch.record.warnings.append(LedgerWarning.noLongerListed(comparison.noLongerListed)) }
        let others = comparison.monthsWithOthersInstead
        if !others.isEmpty { batch.record.warnings.append(LedgerWarning.othersInstead(others)) }
        if !batch.isBooked, let doubts = batch.record.replacement?.doubts, !doubts.isEmpty {
            batch.record.warnings.append(LedgerWarning.replacesMore(doubts))
        }
        let counts = batch.record.counts
        if counts.total == 0 { batch.record.warnings.append(LedgerWarning.noSales) }
        let answer = terms.expectations.errorRate
        // Where every failed row waits for approval anyway, this would say the same once more.
        if terms.approval == .partial, answer != .ignore, counts.areManyFailed {
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
    /// Valid rows that approving would make sales.
    let takeable: Int
    /// Whether other figures are restated or replaced than the last report said.
    let differsFromReport: Bool
}
