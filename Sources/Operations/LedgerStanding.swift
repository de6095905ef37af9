import Ledger
import Reports
import Sellout

/// How things stand, as far as the ledger knows: also with the daemon stopped.
package struct LedgerStanding: Sendable {
    package struct Reseller: Sendable {
        package let name: String
        package let vendorName: String?
        package fileprivate(set) var batches: [BatchState: Int] = [:]
        package fileprivate(set) var last: BatchRecord?
    }

    /// How many of its last batches are shown.
    package static let answersShown = 10

    package fileprivate(set) var batches: [BatchState: Int] = [:]
    /// Rows that wait for a mapping.
    package let waitingRows: Int
    package let owedReports: Int
    package fileprivate(set) var lastAnswers: [Report] = []
    /// By name; those without a profile too, where batches of theirs are there.
    package fileprivate(set) var resellers: [Reseller] = []

    package var waitingForApproval: Int { batches[.stagingComplete] ?? 0 }
}

extension OperatorDesk {
    package func standing() throws(Refused) -> LedgerStanding {
        let all = try ask { () throws(LedgerFault) in try ledger.batches(BatchFilter(limit: 10_000_000)) }
        let rows = try unmapped().reduce(0) { $0 + $1.rows }
        let owed = try ask { () throws(LedgerFault) in try ledger.owingReports() }.count
        var standing = LedgerStanding(waitingRows: rows, owedReports: owed)
        var resellers = terms.mapValues { LedgerStanding.Reseller(name: $0.reseller, vendorName: $0.vendorName) }
        for batch in all {
            standing.batches[batch.state, default: 0] += 1
            var reseller = resellers[batch.reseller] ?? LedgerStanding.Reseller(name: batch.reseller, vendorName: nil)
            reseller.batches[batch.state, default: 0] += 1
            if reseller.last == nil { reseller.last = batch }
            resellers[batch.reseller] = reseller
        }
        standing.resellers = resellers.values.sorted { $0.name < $1.name }
        standing.lastAnswers = all.lazy.filter(\.state.isOver).prefix(LedgerStanding.answersShown).map(summary)
        return standing
    }
}
