import Batches
import Cells
import Sellout

/// The books added up, for people who look at figures and not at rows.
package protocol SumsBook: Sendable {
    /// The sales of the books by reseller, month and currency, and by store where `byStore` asks for it.
    func sums(_ filter: SalesFilter, byStore: Bool) throws(LedgerFault) -> [SalesSum]

    /// Up to which day the books have sales, by reseller.
    func lastDays() throws(LedgerFault) -> [String: CivilDay]

    /// What a batch brings, booked or still waiting for approval, by store and month. Rows that failed are not among it.
    func sums(broughtBy id: BatchID) throws(LedgerFault) -> [SalesSum]
}

/// Sales that have reseller, month, store and currency in common.
package struct SalesSum: Hashable, Sendable {
    package let reseller: String
    package let month: Month
    /// Nil where stores were not asked for.
    package let store: String?
    package let currency: String
    package let sales: Int
    package let totals: SalesTotals

    package init(reseller: String, month: Month, store: String? = nil, currency: String, sales: Int, totals: SalesTotals) {
        self.reseller = reseller
        self.month = month
        self.store = store
        self.currency = currency
        self.sales = sales
        self.totals = totals
    }
}
