/// What a file's amounts are in, by signs and words.
enum DraftedCurrency {
    private static let words: [String: String] = [
        "eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "pln": "PLN", "zl": "PLN",
        "zloty": "PLN",
        "uah": "UAH", "usd": "USD", "zar": "ZAR", "rand": "ZAR", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "chf": "CHF", "czk": "CZK",
        "huf": "HUF",
    ]
    private static let signs: [Character: String] = ["€": "EUR", "£": "GBP", "₴": "UAH"]

    static func named(in text: String) -> String? {
        text.lazy.compactMap { signs[$0] }.first ?? PlainWords.of(text).lazy.compactMap { words[$0] }.first
    }

    static func isNamed(in text: String) -> Bool { named(in: text) != nil }

    /// The currency of the amounts, and a doubt unless a sign or a header of them tells it.
    static func of(_ layout: DraftedLayout) -> (code: String, doubt: String?) {
        for look in layout.amounts {
            if let named = named(in: look.header) { return (named, nil) }
            let seen = Set(look.values.map { WrittenNumbers.currencies(in: $0) }.filter { !$0.isEmpty })
            if let one = seen.first, let code = one.sorted().first {
                if seen.count > 1 { return (code, "the amounts bear signs of several currencies") }
                return (code, one.count == 1 ? nil : "its sign can stand for \(one.sorted().joined(separator: ", "))")
            }
        }
        for row in layout.sheet.rows.prefix(layout.header) {
            for text in row where text.utf8.count <= 80 {
                if let named = named(in: text) { return (named, "told by a cell above the header") }
            }
        }
        return ("EUR", "the file does not say what its amounts are in")
    }
}
