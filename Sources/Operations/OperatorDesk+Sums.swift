import Ledger
import Sellout

/// Figures for people, added up.
extension OperatorDesk {
    /// The sales of the books by reseller, month and currency, and by store where `byStore` asks for it.
    package func sums(_ filter: SalesFilter, byStore: Bool = false) throws(Refused) -> [SalesSum] {
        if let reseller = filter.reseller { _ = try known(reseller: reseller) }
        return try ask { () throws(LedgerFault) in try ledger.sums(filter, byStore: byStore) }
    }

    /// Each reseller's last twelve months that have sales, by month and currency.
    package func lastYears() throws(Refused) -> [String: [SalesSum]] {
        var years: [String: [SalesSum]] = [:]
        for (reseller, last) in try ask({ () throws(LedgerFault) in try ledger.lastDays() }) {
            let first = Month(last).moved(by: -11)?.firstDay
            let filter = SalesFilter(reseller: reseller, from: first)
            years[reseller] = try ask { () throws(LedgerFault) in try ledger.sums(filter, byStore: false) }
        }
        return years
    }

    /// What a batch brings, by store and month: booked, or waiting for approval.
    package func sums(broughtBy batch: Batch) throws(Refused) -> [SalesSum] {
        try ask { () throws(LedgerFault) in try ledger.sums(broughtBy: batch.id) }
    }
}
