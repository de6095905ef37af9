import Cells
import Sellout
import Texts

/// Batch, layout, rates, and whether every cell is accounted for.
extension BatchPage {
    var smallPrint: HTML {
        let parts: [HTML?] = origin + [reading] + rates.map { "\($0)" as HTML } + [account]
        return "<footer class=\"print\"><p>\(parts.compactMap { $0 }.joined(" · "))</p></footer>\n"
    }

    private var origin: [HTML?] {
        let mode: Phrase =
            switch batch.mode {
            case .append: .addsToBooks
            case .replace: .replacesMonths
            case .replaceAll: .replacesAll
            }
        return [
            "\(voice.say(.batch, batch.id.short))", batch.endedAt.map(moment), "\(voice.size(batch.sizeBytes))", "\(voice.say(mode))",
        ]
    }

    /// By the reseller's own name only.
    private var reading: HTML? {
        guard let detection = batch.detection, detection.profile == batch.reseller else { return nil }
        return "\(voice.say(.readAs, (report.vendorName ?? batch.reseller).cut))"
    }

    private var rates: [String] {
        report.rates.filter { $0.currency != "EUR" }.map { rate in
            "1\u{A0}\(rate.currency) = \(voice.decimal(rate.text))\u{A0}EUR (\(source(rate.source)))"
        }
    }

    /// `ECB 2025-04-14`, `ECB mean of 2025-04`, `built-in`
    private func source(_ source: String) -> String {
        let last = source.split(separator: " ").last.map(String.init) ?? ""
        if let day = CivilDay(last) { return voice.say(.rateOfDay, voice.day(day)) }
        if let month = Month(last) { return voice.say(.rateOfMonth, voice.month(month)) }
        return source == "built-in" ? voice.say(.ownRate) : source
    }

    private var account: HTML? {
        guard batch.state != .failed, batch.counts.total > 0, !report.warnings.contains(where: { Remark($0).leavesCells }) else {
            return nil
        }
        return "\(voice.say(.everyCell))"
    }
}
