import Sellout
import Texts

/// Five figures at most, and two charts.
extension BatchPage {
    var five: HTML? {
        let counts = batch.counts
        guard counts.total > 0, batch.state != .cancelled else { return nil }
        let isBooked = batch.state.mayBeUndone
        var figures = [
            (voice.number(counts.processed), voice.say(isBooked ? .figureTaken : .figureReady, counts.processed)),
            counts.failed == 0 && counts.unchanged > 0
                ? (voice.number(counts.unchanged), voice.say(.figureKnown, counts.unchanged))
                : (voice.number(counts.failed), voice.say(.figureToLookAt, counts.failed)),
            (voice.number(batch.totals.quantity), voice.say(.figurePieces, Int(clamping: batch.totals.quantity))),
        ]
        if batch.currency != nil {
            figures.append((money(batch.totals.local), voice.period(batch.firstDay, batch.lastDay) ?? voice.say(.inAll)))
        }
        let totals = batch.controlTotals.count
        let agreeing = batch.controlTotals.count(where: \.agrees)
        if totals > 0 {
            let sign = agreeing == totals ? "✓" : "✕"
            figures.append(("\(sign) \(voice.say(.ofAll, agreeing, of: totals))", voice.say(.figureTotals, totals)))
        } else if counts.unchanged > 0, counts.failed > 0 {
            figures.append((voice.number(counts.unchanged), voice.say(.figureKnown, counts.unchanged)))
        }
        return "<dl class=\"five\">\(figures.html { "<div><dt>\($0.1)</dt><dd>\($0.0)</dd></div>" })</dl>\n"
    }

    /// What a cancelled or refused file would have brought tells nobody anything.
    var charts: HTML? {
        guard !report.sums.isEmpty, batch.state != .cancelled, batch.state != .failed else { return nil }
        let charts = [byStore, byMonth].compactMap { $0 }
        return charts.isEmpty ? nil : "<div class=\"charts\">\(charts)</div>\n"
    }

    private var byStore: HTML? {
        let stores = Dictionary(grouping: report.sums, by: \.store).mapValues(sum)
        guard stores.count > 1 else { return nil }
        let bars = Charts.largest(stores.mapKeys(\.cut), text: figure) { voice.say(.moreStores, $0) }
        return "<section><h2>\(voice.say(.byStore))</h2>\(Charts.across(bars))</section>"
    }

    /// The last two years of the file.
    private var byMonth: HTML? {
        let months = Dictionary(grouping: report.sums, by: \.month).mapValues(sum).sorted { $0.key < $1.key }.suffix(24)
        guard months.count > 1 else { return nil }
        let bars = months.map { month, units in
            let name = voice.name(ofMonth: month.month, isShort: true)
            return Charts.Bar(
                label: "\(name) \(month.year)", value: units, text: figure(units), isPresent: month == months.last?.key)
        }
        return """
            <section><h2>\(voice.say(.byMonth))</h2>\(Charts.columns(bars, name: voice.say(.byMonth)))</section>
            """
    }

    private func sum(_ all: [Report.StoreMonth]) -> Int64 { all.reduce(0) { $0 &+ $1.amount.units } }

    /// Cents say nothing beside large amounts.
    private func figure(_ units: Int64) -> String {
        units.magnitude >= 100_000_000 ? voice.wholeMoney(Money(units: units), batch.currency ?? "") : money(Money(units: units))
    }
}

extension Dictionary where Key == String, Value == Int64 {
    /// Names that are one after a cut are put together.
    fileprivate func mapKeys(_ change: (String) -> String) -> [String: Int64] {
        reduce(into: [:]) { $0[change($1.key), default: 0] &+= $1.value }
    }
}
