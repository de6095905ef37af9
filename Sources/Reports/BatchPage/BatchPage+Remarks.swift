import Sellout
import Texts

/// What is doubted in the file and keeps it waiting, and what is only to be known.
extension BatchPage {
    var remarks: HTML? {
        guard batch.state != .cancelled else { return nil }
        let doubts = report.warnings.filter(\.holds)
        let notes = report.warnings.filter { !$0.holds }
        return "\(section(.looksWrong, doubts, "card waits"))\(section(.toKnow, notes, "card"))"
    }

    private func section(_ title: Phrase, _ warnings: [Warning], _ look: HTML) -> HTML? {
        guard !warnings.isEmpty else { return nil }
        return "<h2>\(voice.say(title))</h2>\n\(warnings.html { "<section class=\"\(look)\">\(body($0))</section>\n" })"
    }

    private func body(_ warning: Warning) -> HTML {
        let names = "New stores: "
        let areNamed = warning.message.hasPrefix(names)
        let times = warning.count > 1 && !areNamed ? " \(voice.say(.times, warning.count))" : ""
        let places = warning.places.isEmpty ? HTML.nothing : "<ul>\(warning.places.html(item))</ul>"
        guard voice.language != .english else {
            let sentence = PlainWords.of(warning.message).cut(600).capitalizedFirst
            return "<p class=\"plain\">\(sentence)\(times)</p>\(places)"
        }
        let remark = Remark(warning)
        let more: HTML =
            switch remark {
            // Its places say it all.
            case .layoutChanged: .nothing
            // Names of stores are the same in every language.
            case .newStores where areNamed: "<p class=\"detail\">\(String(warning.message.dropFirst(names.count)).cut(600))</p>"
            default: detail(warning.message)
            }
        return "<p class=\"plain\">\(voice.say(remark))\(times)</p>\(more)\(places)"
    }

    private func item(_ place: Warning.Place) -> HTML {
        let sheet: HTML? = place.sheet.isEmpty ? nil : "<bdi>\(voice.say(.sheet, voice.quoted(place.sheet.cut)))</bdi>"
        let range: HTML? = place.range.isEmpty ? nil : "<bdi>\(self.range(place.range))</bdi>"
        let look: HTML? = place.look.isEmpty ? nil : self.look(place.look)
        return "<li>\([[sheet, range].compactMap { $0 }.joined(", "), look ?? .nothing].filter { !$0.isEmpty }.joined(" "))</li>"
    }

    /// What stands there is the file's; what the ledger says beside it is English.
    private func look(_ look: String) -> HTML {
        guard voice.language != .english else { return "<code>\(look.cut)</code>" }
        if look == "the columns stand in another order" { return "\(voice.say(.otherOrder))" }
        for (end, phrase) in [("\" is missing", QuotingPhrase.columnMissing), ("\" is new", .columnNew)] {
            let start = "the column \""
            guard look.hasPrefix(start), look.hasSuffix(end), look.count >= start.count + end.count else { continue }
            return "\(voice.say(phrase, voice.quoted(String(look.dropFirst(start.count).dropLast(end.count)).cut)))"
        }
        return "<code lang=\"en\">\(look.cut)</code>"
    }

    /// `J2:J40`, and `row 17` in the reader's own words.
    func range(_ range: String) -> String {
        guard range.hasPrefix("row "), let row = Int(range.dropFirst(4)) else { return range.cut }
        return voice.say(.rowNumber, row)
    }
}
