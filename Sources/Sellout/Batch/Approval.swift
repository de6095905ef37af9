import Batches

/// When a batch is approved without an operator.
package enum ApprovalPolicy: String, CaseIterable, Sendable {
    /// If no row failed, no figure was restated, all control totals agree, and nothing about the file is in doubt.
    case clean
    /// Valid rows are taken although others failed. Restated figures, disagreeing totals and doubts still wait.
    case partial
    /// Never.
    case manual
}

/// What keeps a batch from being approved without an operator.
package enum ApprovalObstacle: Hashable, Sendable {
    case failedRows(Int)
    case restatedSales(Int)
    case disagreeingTotals(Int)
    case noSales
    /// Something in the file is not as it should be: what the warnings say that hold it.
    case doubts([String])
    /// A replacing file that was taken up late would take away what came after it.
    case laterSales(Int)
    case manualPolicy

    /// If there is none, the batch is approved at once.
    package static func all(
        policy: ApprovalPolicy, mode: UploadMode, counts: RowCounts, controlTotals: [ControlTotal], warnings: [Warning] = [],
        laterSales: Int = 0
    ) -> [ApprovalObstacle] {
        var found: [ApprovalObstacle] = []
        // Whatever the policy: a replacing file with a failed row would take away sales that it cannot put back.
        if counts.failed > 0, policy != .partial || mode.replaces { found.append(.failedRows(counts.failed)) }
        if counts.restated > 0 { found.append(.restatedSales(counts.restated)) }
        let disagreeing = controlTotals.count { !$0.agrees }
        if disagreeing > 0 { found.append(.disagreeingTotals(disagreeing)) }
        let doubts = warnings.filter(\.holds).map(\.message)
        if !doubts.isEmpty { found.append(.doubts(doubts)) }
        if counts.processed == 0, mode.replaces || counts.unchanged == 0 { found.append(.noSales) }
        if laterSales > 0 { found.append(.laterSales(laterSales)) }
        if policy == .manual { found.append(.manualPolicy) }
        return found
    }
}
