import Ledger
import Reports
import Sellout

/// Twelve months of a reseller, up to the last one that has sales.
struct SalesYear {
    let months: [Month]
    let sums: [SalesSum]

    init(_ sums: [SalesSum]) {
        self.sums = sums
        months = sums.map(\.month).max()?.yearUpToThis ?? []
    }

    var spark: HTML {
        let values = months.map { month in sums.filter { $0.month == month }.reduce(0) { $0 &+ $1.totals.euros.units } }
        return Charts.spark(values, name: "Twelve months up to \(months.last.map(Moments.month) ?? "")")
    }
}
