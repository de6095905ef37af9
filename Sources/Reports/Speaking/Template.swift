/// What a table's text is made of: `{n} {n:sale|sales} of {text}`.
package enum Template {
    package enum Part: Hashable {
        case text(String)
        case value(String)
        /// One of the forms, as the number of that name wants it; never empty. A form may hold slots itself.
        case choice(String, [String])
    }

    package static func parts(_ template: some StringProtocol) -> [Part] {
        var parts: [Part] = []
        var text = ""
        var slot = ""
        var depth = 0
        for character in template {
            switch (character, depth) {
            case ("{", 0): (parts, text, depth) = (parts + [.text(text)], "", 1)
            case ("}", 1): (parts, slot, depth) = (parts + [part(slot)], "", 0)
            case (_, 0): text.append(character)
            default:
                depth += character == "{" ? 1 : character == "}" ? -1 : 0
                slot.append(character)
            }
        }
        return parts + [.text(text + slot)]
    }

    private static func part(_ slot: String) -> Part {
        guard let colon = slot.firstIndex(of: ":") else { return .value(slot) }
        var forms = [""]
        var depth = 0
        for character in slot[slot.index(after: colon)...] {
            depth += character == "{" ? 1 : character == "}" ? -1 : 0
            if character == "|", depth == 0 { forms.append("") } else { forms[forms.count - 1].append(character) }
        }
        return .choice(String(slot[..<colon]), forms)
    }
}
