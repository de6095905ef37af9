import Batches
import Ledger
import Operations
import Reports
import Sellout

/// Five figures of a batch at most, and two charts.
struct BatchFigures {
    private let batch: Batch
    private let desk: PageDesk

    init(_ report: Report, _ desk: PageDesk) {
        batch = report.batch
        self.desk = desk
    }

    var five: HTML? {
        guard batch.counts.total > 0 else { return nil }
        let counts = batch.counts
        let isBooked = batch.state.mayBeUndone
        var figures: [(value: String, name: String)] = [
            (Figures.count(counts.processed), isBooked ? "sales taken in" : "sales ready"),
            counts.failed == 0 && counts.unchanged > 0
                ? (Figures.count(counts.unchanged), "known already")
                : (Figures.count(counts.failed), counts.failed == 1 ? "row to look at" : "rows to look at"),
            (Figures.count(batch.totals.quantity), "pieces"),
        ]
        if let currency = batch.currency {
            figures.append((Figures.money(batch.totals.local, currency), Moments.period(batch.firstDay, batch.lastDay) ?? "in all"))
        }
        let totals = batch.controlTotals
        if !totals.isEmpty {
            let agreeing = totals.count(where: \.agrees)
            figures.append(("\(agreeing == totals.count ? "✓" : "✕") \(agreeing) of \(totals.count)", "totals agree"))
        } else if counts.unchanged > 0, counts.failed > 0 {
            figures.append((Figures.count(counts.unchanged), "known already"))
        }
        return "<dl class=\"five\">\(figures.html { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" })</dl>"
    }

    var charts: HTML? {
        get throws(Refused) {
            guard batch.counts.processed > 0, let currency = batch.currency else { return nil }
            let brought = try desk.desk.sums(broughtBy: batch).filter { $0.currency == currency }
            let charts = [byStore(brought, currency), try byMonth(brought, currency)].compactMap { $0 }
            return charts.isEmpty ? nil : "<div class=\"charts\">\(charts)</div>"
        }
    }

    private func byStore(_ brought: [SalesSum], _ currency: String) -> HTML? {
        let stores = Dictionary(grouping: brought) { $0.store ?? "" }.mapValues { $0.reduce(0) { $0 &+ $1.totals.local.units } }
        guard stores.count > 1 else { return nil }
        let bars = Charts.largest(stores, text: { figure($0, currency) }, more: { "\($0) more" })
        return "<section><h2>By store</h2>\(Charts.across(bars))</section>"
    }

    /// The reseller's months up to the last one that the file names.
    private func byMonth(_ brought: [SalesSum], _ currency: String) throws(Refused) -> HTML? {
        guard let last = batch.lastDay else { return nil }
        let months = Month(last).yearUpToThis
        var booked = try desk.desk.sums(SalesFilter(reseller: batch.reseller, from: months.first?.firstDay, to: Month(last).lastDay))
            .filter { $0.currency == currency }
        if !batch.state.mayBeUndone { booked += brought }
        let values = months.map { month in booked.filter { $0.month == month }.reduce(0) { $0 &+ $1.totals.local.units } }
        guard values.count(where: { $0 != 0 }) > 1 else { return nil }
        let bars = zip(months, values).map { month, units in
            Charts.Bar(
                label: Moments.shortMonth(month), value: units, text: Figures.wholeMoney(Money(units: units), currency),
                isPresent: month == Month(last))
        }
        return "<section><h2>The last twelve months</h2>\(Charts.columns(bars, name: "Sales by month"))</section>"
    }

    /// Cents say nothing beside large amounts.
    private func figure(_ units: Int64, _ currency: String) -> String {
        let money = Money(units: units)
        return units.magnitude >= 100_000_000 ? Figures.wholeMoney(money, currency) : Figures.money(money, currency)
    }
}
