import Reports
import Sellout
import Texts

/// A report as a page on the terminal: what `show` and `check` print.
struct ReportPage {
    private static let errorsShown = 20

    let report: Report

    init(_ report: Report) { self.report = report }

    func print(to output: Output) throws {
        for (title, text) in head + figures + remarks {
            try output.print(title + String(repeating: " ", count: max(1, 12 - title.count)) + Printable.line(text))
        }
        if !report.rowErrors.isEmpty { try errors(output) }
    }

    private var head: [(String, String)] {
        let batch = report.batch
        var lines = [
            ("Batch", batch.id.text), ("File", "\(batch.filename) (\(batch.sizeBytes) bytes, \(batch.mode.rawValue))"),
            ("Reseller", report.vendorName.map { "\(batch.reseller) (\($0))" } ?? batch.reseller), ("Status", batch.state.rawValue),
            ("", report.message), ("Received", batch.receivedAt.description),
        ]
        if let forced = batch.forced { lines.append(("Forced", "\(forced.sentence) (\(forced.at))")) }
        if let refusal = batch.refusal {
            lines.append(("Refused", refusal.type.rawValue))
            if let suggestion = refusal.suggestion { lines.append(("", suggestion)) }
            if let note = refusal.operatorsNote { lines.append(("Operators", note)) }
        }
        if let started = batch.startedAt {
            lines.append(("Read", "\(started) to \(batch.endedAt?.description ?? "-"), try \(batch.attempts)"))
        }
        if let detection = batch.detection {
            lines.append(("Layout", "\(detection.profile), \(detection.confidence.rawValue): \(detection.signs.joined(separator: "; "))"))
        }
        return lines
    }

    private var figures: [(String, String)] {
        let batch = report.batch
        let counts = batch.counts
        var lines: [(String, String)] = []
        if let first = batch.firstDay, let last = batch.lastDay {
            lines.append(("Period", Month(first) == Month(last) ? Month(first).description : "\(Month(first)) to \(Month(last))"))
        }
        lines.append(
            (
                "Rows",
                "\(counts.total): \(counts.processed) processed (\(counts.restated) restated), \(counts.failed) failed, "
                    + "\(counts.unchanged) unchanged; \(counts.skipped) skipped"
            ))
        let local = batch.currency.map { "\(batch.totals.local) \($0), " } ?? ""
        lines.append(("Totals", "quantity \(batch.totals.quantity), \(local)\(batch.totals.euros) EUR"))
        return lines
    }

    private var remarks: [(String, String)] {
        var lines = report.batch.controlTotals.map { total in
            (
                "Control",
                "\(total.scope): file \(text(total.file)), extracted \(text(total.extracted)), \(total.agrees ? "agrees" : "DIFFERS")"
            )
        }
        lines += report.rates.map { ("Rate", "1 \($0.currency) = \($0.text) EUR (\($0.source))") }
        lines += report.batch.skipped.filter { $0.quantity != 0 || $0.amount != 0 }.map { skipped in
            ("Skipped", "\(skipped.rows) \(skipped.reason): quantity \(skipped.quantity), amount \(Money(units: skipped.amount))")
        }
        for warning in report.warnings {
            lines.append(
                (
                    warning.holds ? "Holds" : "Warning",
                    "\(warning.code): \(warning.message)\(warning.count > 1 ? " (\(warning.count) times)" : "")"
                ))
            lines += warning.places.map { ("", [$0.sheet, $0.range, $0.look].filter { !$0.isEmpty }.joined(separator: ", ")) }
        }
        if let replacement = report.batch.replacement {
            lines.append(
                replacement.isTaken
                    ? ("Replaced", "\(replacement.went) sales went, \(replacement.came) came")
                    : ("Replaces", "\(replacement.went) sales would go, \(replacement.came) come"))
            let parts = replacement.parts.filter { $0.old != $0.new }
            lines += parts.prefix(ReportPage.errorsShown).map { part in
                ("", "\(part.month), \(part.store): \(text(part.old)) → \(text(part.new))")
            }
            if parts.count > ReportPage.errorsShown {
                lines.append(("", "and \(parts.count - ReportPage.errorsShown) more; --json lists them"))
            }
        }
        lines += report.restatements.prefix(ReportPage.errorsShown).map { change in
            ("Restated", "\(change.store), \(change.ean), \(change.date): \(text(change.old)) → \(text(change.new))")
        }
        if report.restatements.count > ReportPage.errorsShown {
            lines.append(("", "and \(report.restatements.count - ReportPage.errorsShown) more restated; --json lists them"))
        }
        lines += report.settled.prefix(ReportPage.errorsShown).map { ("Settled", $0.sentence) }
        if report.settled.count > ReportPage.errorsShown {
            lines.append(("", "and \(report.settled.count - ReportPage.errorsShown) more settled; --json lists them"))
        }
        lines += report.errorCounts.map { ("Errors", "\($0.type) \($0.count)") }
        return lines
    }

    private func errors(_ output: Output) throws {
        try output.print("")
        var table = Table([.left("SHEET"), .right("ROW"), .left("COLUMN"), .left("VALUE"), .left("MESSAGE")], none: "", to: output)
        for error in report.rowErrors.prefix(ReportPage.errorsShown) {
            try table.row([error.sheet, String(error.row), error.column ?? "-", error.value ?? "-", error.message])
        }
        try table.end()
        if report.rowErrors.count > ReportPage.errorsShown {
            try output.print("… selloutctl errors \(report.batch.id.short) lists them all.")
        }
    }

    private func text(_ sums: ControlTotal.Sums) -> String {
        let parts = [sums.quantity.map { "quantity \($0)" }, sums.amount.map { "amount \(Money(units: $0))" }].compactMap { $0 }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }

    private func text(_ figures: Restatement.Figures) -> String {
        "\(figures.sales) sales, quantity \(figures.quantity), \(figures.amount)"
    }
}

/// Why a file does or does not fit a reseller, sign by sign: the one asked for, or the likeliest three.
struct SignsPage {
    private let profiles: [ProfileSigns]

    init(_ all: [ProfileSigns], asking reseller: String?) {
        let asked = all.filter { $0.reseller == reseller }
        profiles = asked + all.filter { $0.reseller != reseller && !$0.seen.isEmpty }.prefix(asked.isEmpty ? 3 : 1)
    }

    func print(to output: Output) throws {
        for profile in profiles {
            try output.print("")
            let fits = profile.misfit == nil ? "its layout fits" : "its layout does not fit"
            let all = profile.seen.count + profile.missing.count
            try output.print(Printable.line("\(profile.vendorName): \(profile.seen.count) of \(all) signs, \(fits)"))
            for sign in profile.seen { try output.print(Printable.line("  yes  \(sign)")) }
            for sign in profile.missing { try output.print(Printable.line("  no   \(sign)")) }
            if let misfit = profile.misfit { try output.print(Printable.line("  \(misfit)")) }
        }
    }
}
