import Sellout

/// Compares, counts, sums and decides: what a batch's end of reading, a new look at its waiting rows and an operator's approval
/// have in common. All within the caller's transaction.
struct Settling {
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
        if assessed.tally.takeable > 0, assessed.tally[.restated] == 0 {
            try Taking(connection: connection, deed: deed).take(&batch, replaced: [])
        }
        try tell(&batch, assessed.tally[.restated] > 0 ? [.restatedSales(assessed.tally[.restated])] : [])
    }

    /// False where other figures are restated now than the last report said: then the batch has a new report and no approval.
    func approve(_ batch: inout BatchRow) throws(LedgerFault) -> Bool {
        let assessed = try assess(&batch)
        if assessed.restatedOthers {
            try tell(&batch, obstacles(batch))
            return false
        }
        let record = batch.record
        guard assessed.tally.takeable > 0 || (record.state == .stagingComplete && record.counts.failed == 0 && record.mode == .append)
        else {
            throw LedgerFault.refused("The batch is \(record.state.rawValue) and has no valid sale to take: \(failedSentence(record))")
        }
        try refuseIfOutdated(record, batch)
        try Taking(connection: connection, deed: deed).take(&batch, replaced: assessed.comparison.replaced)
        try tell(&batch, [])
        return true
    }

    /// Whoever sent a replacing file did not know of what came after it.
    private func refuseIfOutdated(_ record: BatchRecord, _ batch: BatchRow) throws(LedgerFault) {
        guard record.mode == .replace, record.state == .stagingComplete else { return }
        let later = try FinalTable(connection: connection).count(of: record.reseller, after: batch)
        guard later > 0 else { return }
        let those = OutcomeMessage.number(later, "sale")
        throw LedgerFault.refused(
            "The batch is \(record.state.rawValue), and \(those) of files that came after it would be replaced too. Cancel it, and have it sent again if it still holds."
        )
    }

    private func failedSentence(_ record: BatchRecord) -> String {
        record.counts.failed == 0
            ? "the file names none." : "\(OutcomeMessage.number(record.counts.failed, "row")) wait or need correction."
    }

    private func decide(_ batch: inout BatchRow, _ comparison: Comparison) throws(LedgerFault) {
        let obstacles = obstacles(batch)
        if obstacles.isEmpty { try Taking(connection: connection, deed: deed).take(&batch, replaced: comparison.replaced) }
        try tell(&batch, obstacles)
    }

    private func obstacles(_ batch: BatchRow) -> [ApprovalObstacle] {
        ApprovalObstacle.all(
            policy: terms.approval, mode: batch.record.mode, counts: batch.record.counts, controlTotals: batch.record.controlTotals)
    }

    private func assess(_ batch: inout BatchRow) throws(LedgerFault) -> Assessment {
        let namings = NamingTables(connection: connection)
        try namings.enterNewStores(batch, terms: terms)
        // A replacing file's rows stand alone; those that come to it later join what others have brought since.
        let compares = batch.record.mode == .append || batch.record.state == .partialSuccess
        let comparison =
            compares ? try Comparing(connection: connection, batch: batch, isLiving: terms.isLivingDocument).run() : Comparison()
        let restatedOthers = try RestatedTable(connection: connection).replace(batch, with: comparison.restated)
        let tally = try StagingTable(connection: connection).tally(batch.rows)
        batch.waiting = tally[.waiting]
        batch.record.counts = tally.counts(malformed: batch.malformed, skipped: batch.record.counts.skipped)
        batch.record.totals = tally.totals
        batch.record.firstDay = tally.firstDay
        batch.record.lastDay = tally.lastDay
        try warn(&batch, comparison)
        return Assessment(comparison: comparison, tally: tally, restatedOthers: restatedOthers)
    }

    private func warn(_ batch: inout BatchRow, _ comparison: Comparison) throws(LedgerFault) {
        batch.record.warnings.removeAll { LedgerWarning.codes.contains($0.code) }
        let stores = try NamingTables(connection: connection).newStores(of: batch.number)
        if !stores.isEmpty { batch.record.warnings.append(LedgerWarning.newStores(stores)) }
        if comparison.noLongerListed > 0 { batch.record.warnings.append(LedgerWarning.noLongerListed(comparison.noLongerListed)) }
        if batch.record.counts.total == 0 { batch.record.warnings.append(LedgerWarning.noSales) }
    }

    /// The report reads differently from now on.
    private func tell(_ batch: inout BatchRow, _ obstacles: [ApprovalObstacle]) throws(LedgerFault) {
        let message = OutcomeMessage(record: batch.record, errorCounts: try ErrorTable(connection: connection).counts(batch.rows))
        batch.record.message = obstacles.isEmpty ? message.taken : message.waits(for: obstacles)
        batch.record.revision += 1
        try batches.save(batch)
    }
}

/// What a batch's rows come to, before anything is decided.
struct Assessment {
    let comparison: Comparison
    let tally: Tally
    /// Whether other figures are restated than the last report said.
    let restatedOthers: Bool
}

/// Warnings that the ledger itself gives, anew at each look.
enum LedgerWarning {
    static let codes: Set<String> = ["NEW_STORE", "NO_LONGER_LISTED", "NO_SALES"]

    static func newStores(_ names: [String]) -> Warning {
        let shown = names.prefix(20).joined(separator: ", ")
        let more = names.count > 20 ? " and \(names.count - 20) more" : ""
        return Warning("NEW_STORE", "New stores: \(shown)\(more).", count: names.count)
    }

    static func noLongerListed(_ count: Int) -> Warning {
        Warning(
            "NO_LONGER_LISTED", "Sales received before are no longer in the file, in months that it covers. They stay as they are.",
            count: count)
    }

    static let noSales = Warning("NO_SALES", "No sale was found in the file.")
}
