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
        let times = warning.count > 1 ? " \(voice.say(.times, warning.count))" : ""
        let places = warning.places.isEmpty ? HTML.nothing : "<ul>\(warning.places.html(item))</ul>"
        guard voice.language != .english else {
            let sentence = PlainWords.of(warning.message).cut(600).capitalizedFirst
            return "<p class=\"plain\">\(sentence)\(times)</p>\(places)"
        }
        // Names of stores are the same in every language.
        let names = "New stores: "
        let more: HTML =
            warning.message.hasPrefix(names)
            ? "<p class=\"detail\">\(String(warning.message.dropFirst(names.count)).cut(600))</p>" : detail(warning.message)
        return "<p class=\"plain\">\(voice.say(Remark(warning)))\(times)</p>\(more)\(places)"
    }

    private func item(_ place: Warning.Place) -> HTML {
        let sheet: HTML? = place.sheet.isEmpty ? nil : "<bdi>\(voice.say(.sheet, voice.quoted(place.sheet.cut)))</bdi>"
        let range: HTML? = place.range.isEmpty ? nil : "<bdi>\(self.range(place.range))</bdi>"
        let look: HTML? = place.look.isEmpty ? nil : "<code>\(place.look.cut)</code>"
        return "<li>\([[sheet, range].compactMap { $0 }.joined(", "), look ?? .nothing].filter { !$0.isEmpty }.joined(" "))</li>"
    }

    /// `J2:J40`, and `row 17` in the reader's own words.
    func range(_ range: String) -> String {
        guard range.hasPrefix("row "), let row = Int(range.dropFirst(4)) else { return range.cut }
        return voice.say(.rowNumber, row)
    }
}
