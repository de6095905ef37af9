import Batches

/// What keeps a batch from being approved without an operator.
package enum ApprovalObstacle: Hashable, Sendable {
    case failedRows(Int)
    case restatedSales(Int)
    case disagreeingTotals(Int)
    case noSales
    case manualPolicy

    /// None: the batch is approved at once.
    package static func all(
        policy: ApprovalPolicy, mode: UploadMode, counts: RowCounts, controlTotals: [ControlTotal]
    ) -> [ApprovalObstacle] {
        var found: [ApprovalObstacle] = []
        // A replacing file with a failed row would take sales away that it cannot put back, whatever the policy.
        if counts.failed > 0, policy != .partial || mode == .replace { found.append(.failedRows(counts.failed)) }
        if counts.restated > 0 { found.append(.restatedSales(counts.restated)) }
        let disagreeing = controlTotals.count { !$0.agrees }
        if disagreeing > 0 { found.append(.disagreeingTotals(disagreeing)) }
        if counts.processed == 0, mode == .replace || counts.unchanged == 0 { found.append(.noSales) }
        if policy == .manual { found.append(.manualPolicy) }
        return found
    }
}
