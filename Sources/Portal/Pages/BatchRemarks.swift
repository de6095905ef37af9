import Batches
import Ledger
import Reports
import Sellout

/// What else is to be said of a batch: doubts that hold it, what it replaces, what it restates, what was settled by hand.
struct BatchRemarks {
    private static let shown = 20

    private let report: Report
    private let desk: PageDesk

    init(_ report: Report, _ desk: PageDesk) {
        self.report = report
        self.desk = desk
    }

    var html: HTML { "\(doubts)\(totals)\(replacement)\(restatements)\(settled)\(notes)" }

    private var doubts: HTML? {
        let holding = report.warnings.filter(\.holds)
        guard !holding.isEmpty else { return nil }
        return "<h2>What looks wrong</h2>\(holding.html { "<section class=\"card waits group\">\(warning($0))</section>" })"
    }

    private func warning(_ warning: Warning) -> HTML {
        let places = warning.places.html { place in
            "<li>\([place.sheet, place.range].filter { !$0.isEmpty }.joined(separator: ", ")) <code>\(place.look)</code></li>"
        }
        let times = warning.count > 1 ? " (\(Figures.count(warning.count)) times)" : ""
        return
            "<p class=\"plain\">\(Words.plain(warning.message).capitalizedFirst)\(times)</p>\(warning.places.isEmpty ? .nothing : "<ul>\(places)</ul>" as HTML)"
    }

    /// Only those that do not agree: the others are one of the five figures.
    private var totals: HTML? {
        let disagreeing = report.batch.controlTotals.filter { !$0.agrees }
        guard !disagreeing.isEmpty else { return nil }
        let lines = disagreeing.prefix(BatchRemarks.shown).html { total in
            """
            <tr><td class="head" data-label="Total of">\(total.scope)</td><td class="n" data-label="The file says">\(sums(total.file))</td>\
            <td class="n" data-label="Its rows say">\(sums(total.extracted))</td></tr>
            """
        }
        return """
            <h2>Totals that do not agree</h2><table><thead><tr><th>Total of</th><th class="n">The file says</th><th class="n">Its rows say</th></tr>\
            </thead><tbody>\(lines)</tbody></table>
            """
    }

    private func sums(_ sums: ControlTotal.Sums) -> String {
        let amount = sums.amount.map { Figures.money(Money(units: $0), report.batch.currency ?? "") }
        return [sums.quantity.map { "\(Figures.count($0)) pieces" }, amount].compactMap { $0 }.joined(separator: ", ")
    }

    private var replacement: HTML? {
        guard let replacement = report.batch.replacement else { return nil }
        let isToCome = !replacement.isTaken && report.batch.state == .stagingComplete
        guard isToCome || replacement.isTaken else { return nil }
        let parts = replacement.parts.filter { $0.old != $0.new }
        let lines = parts.prefix(BatchRemarks.shown).html { part in
            """
            <tr><td class="head" data-label="Month">\(Moments.month(part.month))</td><td data-label="Store">\(part.store)</td>\
            <td class="n" data-label="Goes">\(figures(part.old))</td><td class="n" data-label="Comes">\(figures(part.new))</td></tr>
            """
        }
        let (goes, comes) = isToCome ? ("Takes away", "brings") : ("Took away", "brought")
        let more: HTML? =
            parts.count > BatchRemarks.shown ? "<p class=\"soft\">And \(Figures.count(parts.count - BatchRemarks.shown)) more.</p>" : nil
        return """
            <h2>\(goes) \(Figures.count(replacement.went, "sale")), \(comes) \(Figures.count(replacement.came))</h2>
            <table><thead><tr><th>Month</th><th>Store</th><th class="n">Goes</th><th class="n">Comes</th></tr></thead><tbody>\(lines)</tbody></table>\(more)
            """
    }

    private var restatements: HTML? {
        let all = report.restatements
        guard !all.isEmpty else { return nil }
        let lines = all.prefix(BatchRemarks.shown).html { one in
            """
            <tr><td class="head" data-label="Store">\(one.store)</td><td data-label="Product"><code>\(one.ean.description)</code></td>\
            <td class="w" data-label="Day">\(Moments.day(one.date))</td><td class="n" data-label="Was">\(figures(one.old))</td>\
            <td class="n" data-label="Is">\(figures(one.new))</td></tr>
            """
        }
        let more: HTML? =
            all.count > BatchRemarks.shown ? "<p class=\"soft\">And \(Figures.count(all.count - BatchRemarks.shown)) more.</p>" : nil
        return """
            <h2>\(Figures.count(all.count, "figure")) \(all.count == 1 ? "differs" : "differ") from what came before</h2>
            <table><thead><tr><th>Store</th><th>Product</th><th>Day</th><th class="n">Was</th><th class="n">Is</th></tr></thead><tbody>\(lines)</tbody></table>\(more)
            """
    }

    private func figures(_ figures: Restatement.Figures) -> String {
        figures.sales == 0 ? "–" : "\(Figures.count(figures.quantity)) for \(Figures.money(figures.amount, report.batch.currency ?? ""))"
    }

    private var settled: HTML? {
        guard !report.settled.isEmpty else { return nil }
        let lines = report.settled.prefix(BatchRemarks.shown).html { "<li>\($0.sentence)</li>" }
        let rest = report.settled.count - BatchRemarks.shown
        return
            "<h2>Settled by hand</h2><ul>\(lines)\(rest > 0 ? "<li class=\"soft\">and \(Figures.count(rest)) more</li>" as HTML : .nothing)</ul>"
    }

    private var notes: HTML? {
        let others = report.warnings.filter { !$0.holds }
        guard !others.isEmpty else { return nil }
        return "<h2>To know</h2><ul>\(others.html { "<li>\(warning($0))</li>" })</ul>"
    }
}
