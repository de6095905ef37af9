import Cells

/// How a period is written, as a profile says it: `MMMYYYY` for `APR2025`, `MM-YYYY`, `MMM'YY`, `DD_MM_YYYY`, `QQ YYYY`,
/// `MMM-MMM YYYY`, `YYYY-WW`. `MMM` is a month's name in any language, `MM` and `DD` are one or two digits, `QQ` is `Q1`, `WW` is `W14`.
/// A blank stands for blanks and underscores, all other characters for themselves.
struct PeriodPattern: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case year, shortYear, month, name, day, quarter, week
        case literal(Character)

        var isDigits: Bool { self == .year || self == .shortYear || self == .month || self == .day || self == .week }
    }

    let text: String
    let tokens: [Token]

    /// Nil if the text does not make up a period.
    init?(_ text: String) {
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

    /// A day needs its month, and a month in digits its year. A month's name and a week may get their year from elsewhere.
    private static func isSensible(_ named: Set<Token>) -> Bool {
        let hasYear = named.contains(.year) || named.contains(.shortYear)
        if named.contains(.day) { return hasYear && (named.contains(.month) || named.contains(.name)) }
        return hasYear || named == [.name] || named == [.week]
    }

    /// As a person would write such a period.
    var example: String {
        var months = ["Apr", "Jan"]
        return tokens.map { token in
            switch token {
            case .year: "2025"
            case .shortYear: "25"
            case .month: "04"
            case .name: months.popLast() ?? "Apr"
            case .day: "30"
            case .quarter: "Q1"
            case .week: "W14"
            case .literal(let character): String(character)
            }
        }.joined()
    }

    /// The period that the whole text is.
    func read(_ text: String) -> Period? {
        let characters = Array(Folded.text(text))
        guard let (period, end) = PeriodMatch.match(self, in: characters, at: 0), end == characters.count else { return nil }
        return period
    }

    /// The last period within the text: the end of a name says most about it.
    func find(in text: String) -> Period? {
        let characters = Array(Folded.text(text))
        for start in characters.indices.reversed() where starts(characters, at: start) {
            if let (period, end) = PeriodMatch.match(self, in: characters, at: start), ends(characters, at: end) { return period }
        }
        return nil
    }

    /// The first period within the text.
    func first(in text: String) -> Period? {
        let characters = Array(Folded.text(text))
        for start in characters.indices where starts(characters, at: start) {
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

    /// `Jan or Jan 2025`
    var examples: String { map(\.example).joined(separator: " or ") }

    /// For a sentence: `APR2025` or `2025 04`.
    var wanted: String { map { "\"\($0.example)\"" }.joined(separator: " or ") }
}

/// A pattern laid over a text at one place: what its parts say, and the period that they make.
private struct PeriodMatch {
    private var year: Int?
    private var months: [Int] = []
    private var day: Int?
    private var quarter: Int?
    private var week: Int?

    /// The period that begins at `start`, and where it ends.
    static func match(_ pattern: PeriodPattern, in text: [Character], at start: Int) -> (Period, Int)? {
        var match = PeriodMatch()
        var place = start
        for token in pattern.tokens {
            guard let next = match.take(token, text, place) else { return nil }
            place = next
        }
        return match.period(String(text[start..<place]).uppercased()).map { ($0, place) }
    }

    private mutating func take(_ token: PeriodPattern.Token, _ text: [Character], _ place: Int) -> Int? {
        switch token {
        case .year:
            guard let (value, end) = digits(text, place, 4...4) else { return nil }
            return keep(value, &year, end)
        case .shortYear:
            guard let (value, end) = digits(text, place, 2...2) else { return nil }
            return keep(2000 + value, &year, end)
        case .month:
            guard let (value, end) = digits(text, place, 1...2), (1...12).contains(value) else { return nil }
            months.append(value)
            return end
        case .name: return name(text, place)
        case .day:
            guard let (value, end) = digits(text, place, 1...2) else { return nil }
            return keep(value, &day, end)
        case .quarter:
            guard place + 1 < text.count, text[place] == "q", let (value, end) = digits(text, place + 1, 1...1), (1...4).contains(value)
            else {
                return nil
            }
            return keep(value, &quarter, end)
        case .week:
            var start = place
            while start < text.count, start - place < 5, text[start].isLetter || text[start] == " " { start += 1 }
            guard ["", "w", "wk", "week", "kw"].contains(String(text[place..<start].filter { $0 != " " })) else { return nil }
            guard let (value, end) = digits(text, start, 1...2), (1...53).contains(value) else { return nil }
            return keep(value, &week, end)
        case .literal(let character): return literal(character, text, place)
        }
    }

    private func keep(_ value: Int, _ part: inout Int?, _ end: Int) -> Int? {
        guard part == nil || part == value else { return nil }
        part = value
        return end
    }

    private func digits(_ text: [Character], _ place: Int, _ width: ClosedRange<Int>) -> (Int, Int)? {
        var (value, end) = (0, place)
        while end < text.count, end - place < width.upperBound, text[end].isASCII, let digit = text[end].wholeNumberValue {
            value = value * 10 + digit
            end += 1
        }
        return end - place >= width.lowerBound ? (value, end) : nil
    }

    private mutating func name(_ text: [Character], _ place: Int) -> Int? {
        var end = place
        while end < text.count, text[end].isLetter { end += 1 }
        guard let month = MonthName.number(String(text[place..<end])) else { return nil }
        months.append(month)
        return end < text.count && text[end] == "." ? end + 1 : end
    }

    private func literal(_ character: Character, _ text: [Character], _ place: Int) -> Int? {
        func skipping(_ characters: Set<Character>, from start: Int) -> Int {
            var end = start
            while end < text.count, characters.contains(text[end]) { end += 1 }
            return end
        }
        switch character {
        case " ":
            let end = skipping([" ", "_"], from: place)
            return end > place ? end : nil
        case "-":
            let dash = skipping([" "], from: place)
            guard dash < text.count, ["-", "–", "—", "−"].contains(text[dash]) else { return nil }
            return skipping([" "], from: dash + 1)
        case "'":
            return place < text.count && ["'", "’", "‘", "`", "´"].contains(text[place]) ? place + 1 : nil
        default:
            return place < text.count && text[place] == character ? place + 1 : nil
        }
    }

    private func period(_ text: String) -> Period? {
        if let year, !(1990...2100).contains(year) { return nil }
        guard let year else {
            if let week { return .weekOfYear(week, text: text) }
            return months.count == 1 ? .monthOfYear(months[0]) : nil
        }
        if let week { return CivilDay(mondayOfWeek: week, year: year).map { .week(monday: $0, text: text) } }
        if let quarter, let first = Month(year: year, month: quarter * 3 - 2) {
            return Month(year: year, month: quarter * 3).map { .span(first: first, last: $0, text: text) }
        }
        guard let month = months.last else { return .year(year) }
        if let day { return CivilDay(year: year, month: month, day: day).map { .day($0) } }
        guard let last = Month(year: year, month: month) else { return nil }
        if months.count == 1 { return .month(last) }
        // Only the last month counts: a span such as Nov-Jan began in the year before.
        guard let began = months.first, let first = Month(year: began > month ? year - 1 : year, month: began) else { return nil }
        return .span(first: first, last: last, text: text)
    }
}
