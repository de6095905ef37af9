/// How a period is written, as a profile states it: `MMMYYYY` for `APR2025`, `MM-YYYY`, `MMM'YY`, `DD_MM_YYYY`, `QQ YYYY`,
/// `MMM-MMM YYYY`, `YYYY-WW`. `MMM` is a month's name in any language, `MM` and `DD` one or two digits, `QQ` is `Q1`, `WW` is `W14`.
/// A blank matches blanks and underscores, all other characters stand for themselves.
package struct PeriodPattern: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case year, shortYear, month, name, day, quarter, week
        case literal(Character)

        var isDigits: Bool { self == .year || self == .shortYear || self == .month || self == .day || self == .week }
    }

    package let text: String
    let tokens: [Token]

    /// Nil where the text names nothing of a period.
    package init?(_ text: String) {
        self.text = text
        let words: [(String, Token)] = [
            ("YYYY", .year), ("YY", .shortYear), ("MMM", .name), ("MM", .month), ("DD", .day), ("QQ", .quarter), ("WW", .week),
        ]
        var tokens: [Token] = []
        var rest = Substring(text)
        while let next = rest.first {
            if let (word, token) = words.first(where: { rest.hasPrefix($0.0) }) {
                tokens.append(token)
                rest = rest.dropFirst(word.count)
            } else {
                tokens.append(.literal(next.lowercased().first ?? next))
                rest = rest.dropFirst()
            }
        }
        let named = tokens.filter { if case .literal = $0 { false } else { true } }
        guard !named.isEmpty, PeriodPattern.isSensible(Set(named)) else { return nil }
        self.tokens = tokens
    }

    /// A day needs its month, a month in digits its year; a month's name or a week may find its year elsewhere.
    private static func isSensible(_ named: Set<Token>) -> Bool {
        let hasYear = named.contains(.year) || named.contains(.shortYear)
        if named.contains(.day) { return hasYear && (named.contains(.month) || named.contains(.name)) }
        return hasYear || named == [.name] || named == [.week]
    }

    /// The whole text as a period.
    func read(_ text: String) -> Period? {
        let characters = Array(Folded.text(text))
        guard let (period, end) = PeriodMatch.match(self, in: characters, at: 0), end == characters.count else { return nil }
        return period
    }

    /// The last period within a text: what names end with is said of them most closely.
    func find(in text: String) -> Period? {
        let characters = Array(Folded.text(text))
        for start in characters.indices.reversed() where starts(characters, at: start) {
            if let (period, end) = PeriodMatch.match(self, in: characters, at: start), ends(characters, at: end) { return period }
        }
        return nil
    }

    private func starts(_ characters: [Character], at start: Int) -> Bool {
        guard start > 0, let first = tokens.first else { return true }
        if first.isDigits { return !characters[start - 1].isNumber }
        return first == .name || first == .quarter ? !characters[start - 1].isLetter : true
    }

    private func ends(_ characters: [Character], at end: Int) -> Bool {
        guard end < characters.count, let last = tokens.last else { return true }
        return last == .name ? !characters[end].isLetter : !characters[end].isNumber
    }
}

extension [PeriodPattern] {
    func read(_ text: String) -> Period? {
        for pattern in self {
            if let period = pattern.read(text) { return period }
        }
        return nil
    }

    func find(in text: String) -> Period? {
        for pattern in self {
            if let period = pattern.find(in: text) { return period }
        }
        return nil
    }

    /// For a sentence: `APR2025` or `2025 04`.
    var wanted: String { map { "\"\($0.text)\"" }.joined(separator: " or ") }
}
