import Sellout
import Texts

/// What stood before beside what stands now: totals, replaced and restated figures, settled rows, rows that are no sales.
extension BatchPage {
    private static let most = 100

    var tables: HTML { "\(totals)\(replacement)\(restatements)\(settled)\(skipped)" }

    private func table<Row>(
        _ title: String, heads: [(Phrase, isFigure: Bool)], _ rows: [Row], _ cells: (Row) -> HTML
    ) -> HTML? {
        guard !rows.isEmpty else { return nil }
        let left = rows.count - Self.most
        return """
            <h2>\(title)</h2>
            <table><thead><tr>\(heads.html { $0.isFigure ? "<th class=\"n\">\(voice.say($0.0))</th>" : "<th>\(voice.say($0.0))</th>" })</tr></thead>
            <tbody>\(rows.prefix(Self.most).html { "<tr>\(cells($0))</tr>\n" })</tbody></table>
            \(left > 0 ? "<p class=\"soft\">\(voice.say(.andMore, left))</p>\n" : .nothing)
            """
    }

    /// Those that do not agree come first.
    private var totals: HTML? {
        let all = batch.controlTotals.filter { !$0.agrees } + batch.controlTotals.filter(\.agrees)
        let heads: [(Phrase, Bool)] = [(.totalOf, false), (.fileSays, true), (.rowsSay, true), (.agreement, false)]
        return table(voice.say(.totals), heads: heads, all) { total in
            let mark: HTML =
                total.agrees
                ? "<span class=\"state good\"><span aria-hidden=\"true\">✓</span> \(voice.say(.agrees))</span>"
                : "<span class=\"state bad\"><span aria-hidden=\"true\">✕</span> \(voice.say(.differs))</span>"
            return """
                \(cell(.totalOf, "\(scope(total.scope))"))\(figure(.fileSays, sums(total.file)))\
                \(figure(.rowsSay, sums(total.extracted)))\(cell(.agreement, mark))
                """
        }
    }

    /// `Sales, row 17`, without the English words that only tell where on the sheet the total stands.
    private func scope(_ scope: String) -> String {
        if scope == "file" { return voice.say(.wholeFile) }
        if let month = Month(scope) { return voice.month(month) }
        guard voice.language != .english, let comma = scope.lastIndex(of: ",") else { return scope.cut }
        let (sheet, rest) = (scope[..<comma], scope[scope.index(after: comma)...].drop { $0 == " " })
        for word in ["columns ", "column "] where rest.hasPrefix(word) { return "\(sheet), \(rest.dropFirst(word.count))".cut }
        return rest == "size rows" ? String(sheet).cut : "\(sheet), \(range(String(rest)))".cut
    }

    private func sums(_ sums: ControlTotal.Sums) -> String {
        let pieces = sums.quantity.map { voice.say(.piecesSold, Int(clamping: $0)) }
        return [pieces, sums.amount.map { money(Money(units: $0)) }].compactMap { $0 }.joined(separator: ", ")
    }

    private var replacement: HTML? {
        guard let replacement = batch.replacement, replacement.isTaken || batch.state == .stagingComplete else { return nil }
        let title = voice.say(replacement.isTaken ? .tookAway : .takesAway, replacement.went, of: replacement.came)
        let heads: [(Phrase, Bool)] = [(.month, false), (.store, false), (.goes, true), (.comes, true)]
        return table(title, heads: heads, replacement.parts.filter { $0.old != $0.new }) { part in
            """
            \(cell(.month, "\(voice.month(part.month))"))\(cell(.store, "\(part.store.cut)"))\
            \(figure(.goes, figures(part.old)))\(figure(.comes, figures(part.new)))
            """
        }
    }

    private var restatements: HTML? {
        let heads: [(Phrase, Bool)] = [(.store, false), (.product, false), (.day, false), (.was, true), (.isNow, true)]
        return table(voice.say(.restated, report.restatements.count), heads: heads, report.restatements) { one in
            """
            \(cell(.store, "\(one.store.cut)"))\(cell(.product, "<code>\(one.ean.description)</code>"))\
            \(cell(.day, "\(voice.day(one.date))"))\(figure(.was, figures(one.old)))\(figure(.isNow, figures(one.new)))
            """
        }
    }

    private func figures(_ figures: Restatement.Figures) -> String {
        figures.sales == 0 ? "–" : "\(voice.say(.piecesSold, Int(clamping: figures.quantity))), \(money(figures.amount))"
    }

    private var settled: HTML? {
        let heads: [(Phrase, Bool)] = [(.place, false), (.was, false), (.isNow, false), (.reason, false)]
        return table(voice.say(.settledByHand), heads: heads, report.settled) { row in
            let sheet: HTML? = row.sheet.isEmpty ? nil : "<br><span class=\"soft small\">\(row.sheet.cut)</span>"
            let now: HTML = row.corrected.map { "<code>\($0.cut)</code>" } ?? "\(voice.say(.dismissed))"
            return """
                \(cell(.place, "\(voice.say(.rowNumber, row.row))\(sheet)"))\
                \(cell(.was, row.original.map { "<code>\($0.cut)</code>" } ?? .nothing))\(cell(.isNow, now))\
                \(cell(.reason, "\(row.reason.cut)"))
                """
        }
    }

    private var skipped: HTML? {
        let heads: [(Phrase, Bool)] = [(.reason, false), (.rows, true), (.pieces, true), (.amount, true)]
        return table(voice.say(.skippedRows), heads: heads, batch.skipped.filter { $0.rows > 0 }) { rows in
            let places = rows.places.map { range($0.range) }.filter { !$0.isEmpty }
            let at: HTML? = places.isEmpty ? nil : "<br><span class=\"soft small\">\(places.joined(separator: ", "))</span>"
            return """
                \(cell(.reason, "\(voice.skipReason(rows.reason).cut)\(at)"))\(figure(.rows, voice.number(rows.rows)))\
                \(figure(.pieces, rows.quantity == 0 ? "–" : voice.number(rows.quantity)))\
                \(figure(.amount, rows.amount == 0 ? "–" : money(Money(units: rows.amount))))
                """
        }
    }
}
