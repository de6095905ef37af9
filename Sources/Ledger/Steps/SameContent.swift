import Sellout

/// Whether a file's content came before. What counts is content whose effect is in the books, or is about to be; what was only seen once
/// may come again.
struct SameContent {
    enum Holder {
        /// Its outcome is awaited.
        case runs(BatchRow)
        case isInTheBooks(BatchRow)
    }

    let connection: Connection
    let batch: BatchRow

    func holder() throws(LedgerFault) -> Holder? {
        guard let sha256 = batch.record.sha256 else { return nil }
        let batches = BatchTable(connection: connection)
        let holders = try batches.holders(of: sha256, reseller: batch.record.reseller, except: batch.number)
        if let running = holders.first(where: { $0.record.state == .processing }) { return .runs(running) }
        for holder in holders where try isInTheBooks(holder) { return .isInTheBooks(holder) }
        return nil
    }

    /// Replacing with what has been replaced since is no repetition: only what would change nothing is one.
    private func isInTheBooks(_ holder: BatchRow) throws(LedgerFault) -> Bool {
        if holder.record.state == .stagingComplete { return true }
        guard batch.record.mode.replaces else { return try Journal(connection: connection).holds(holder) }
        guard holder.record.state == .completed else { return false }
        return try Replacing(connection: connection, batch: batch).wouldOnlyTake(holder)
    }
}
