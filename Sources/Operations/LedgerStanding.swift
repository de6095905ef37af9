import Ledger
import Reports
import Sellout

/// How things stand, as far as the ledger knows: also with the daemon stopped.
package struct LedgerStanding: Sendable {
    package struct Reseller: Sendable {
        package let name: String
        package let vendorName: String?
        package fileprivate(set) var batches: [BatchState: Int] = [:]
        package fileprivate(set) var last: Batch?
        package fileprivate(set) var freshness = Freshness.unknown
    }

    /// How many of its last batches are shown.
    package static let answersShown = 10

    package fileprivate(set) var batches: [BatchState: Int] = [:]
    /// Rows that wait for a product, a store, a price or a rate.
    package let waitingRows: Int
    package let owedReports: Int
    package fileprivate(set) var lastAnswers: [Report] = []
    /// By name; those without a profile too, where batches of theirs are there.
    package fileprivate(set) var resellers: [Reseller] = []

    package var waitingForApproval: Int { batches[.stagingComplete] ?? 0 }

    /// Those whose file is awaited, the longest first.
    package var late: [Reseller] {
        resellers.filter { $0.freshness.daysLate > 0 }.sorted { $0.freshness.daysLate > $1.freshness.daysLate }
    }
}

extension OperatorDesk {
    package func standing() throws(Refused) -> LedgerStanding {
        let counts = try ask { () throws(LedgerFault) in try ledger.counts(last: LedgerStanding.answersShown) }
        var resellers = terms.mapValues { LedgerStanding.Reseller(name: $0.reseller, vendorName: $0.vendorName) }
        for (name, counted) in counts.resellers {
            resellers[name, default: LedgerStanding.Reseller(name: name, vendorName: nil)].batches = counted.batches
            resellers[name]?.last = counted.last
        }
        let today = clock().day
        let arrivals = try ask { () throws(LedgerFault) in try ledger.arrivals(since: Freshness.lookback(from: today)) }
        for (name, files) in arrivals { resellers[name]?.freshness = Freshness(of: files, on: today) }
        var standing = LedgerStanding(waitingRows: counts.waitingRows, owedReports: counts.owedReports)
        for reseller in resellers.values { standing.batches.merge(reseller.batches, uniquingKeysWith: +) }
        standing.resellers = resellers.values.sorted { $0.name < $1.name }
        standing.lastAnswers = counts.lastOver.map(summary)
        return standing
    }
}
