import Cells

/// What a column of an unknown sheet probably holds, by its values.
struct ColumnLook {
    /// From 0.
    let column: Int
    /// On one line; empty where the sheet leaves it out.
    let header: String
    /// What the rows of sales hold, blanks and dashes as empty texts.
    let cells: [String]
    /// `cells` without the empty ones.
    let values: [String]
    /// `cells` as numbers in 1/10 000.
    let units: [Int64?]
    let distinct: Int

    init(column: Int, header: String, cells: [String], numbers: WrittenNumbers) {
        self.column = column
        self.header = header
        self.cells = cells
        values = cells.filter { !$0.isEmpty }
        units = cells.map { $0.isEmpty ? nil : numbers.units($0) }
        distinct = Set(values.map(Folded.text)).count
    }

    func most(_ holds: (String) -> Bool) -> Bool { !values.isEmpty && values.count(where: holds) * 10 >= values.count * 8 }

    var areEANs: Bool { !values.isEmpty && values.count { EAN(Folded.text($0)) != nil } * 10 >= values.count * 6 }

    var areNumbers: Bool { !values.isEmpty && units.count { $0 != nil } * 10 >= values.count * 8 && !areEANs }

    var areWhole: Bool { areNumbers && units.compactMap { $0 }.allSatisfy { $0 % 10_000 == 0 } }

    var isAllZero: Bool { units.allSatisfy { $0 ?? 0 == 0 } }

    var areYears: Bool { most { text in Int(text).map { (1990...2100).contains($0) } ?? false } }

    var areMonths: Bool { most { text in Int(text).map { (1...12).contains($0) } ?? (MonthName.number(text) != nil) } }

    var areMonthNumbers: Bool { most { text in Int(text).map { (1...12).contains($0) } ?? false } }

    var areDates: Bool { DateOrder.allCases.contains { order in most { WrittenTime.day($0, order) != nil } } }

    /// Dates or periods, and both in one column: `2025-04-07` beside `2025-W16`.
    var areTimes: Bool { most { isDay($0) || WrittenTime.patterns(for: [$0]).read == 1 } }

    /// Those of the values that are no dates.
    var periods: [String] { values.filter { !isDay($0) } }

    /// Whether every date is the first of its month, as spreadsheet programs write a month.
    var areFirstDays: Bool { most { text in DateOrder.allCases.contains { WrittenTime.day(text, $0)?.components.day == 1 } } }

    private func isDay(_ text: String) -> Bool { DateOrder.allCases.contains { WrittenTime.day(text, $0) != nil } }

    /// One word with a digit in it, or a number that is long enough to be an article's.
    var areCodes: Bool {
        most { text in
            text.utf8.count >= 3 && text.utf8.count <= 40 && !text.contains(where: \.isWhitespace) && text.contains(where: \.isNumber)
                && (text.contains(where: \.isLetter) || text.allSatisfy(\.isNumber) && text.count >= 5)
        }
    }

    /// Words, and not figures.
    var areTexts: Bool { most { text in text.contains(where: \.isLetter) } && !areDates }

    var averageLength: Int { values.isEmpty ? 0 : values.reduce(0) { $0 + $1.count } / values.count }

    /// Texts such as `86033481 - rainbow rose`.
    var haveLeadingNumbers: Bool {
        most { text in
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            guard digits.count >= 5, let next = text.dropFirst(digits.count).first(where: { !$0.isWhitespace }) else { return false }
            return !next.isLetter && !next.isNumber
        }
    }

    /// How a layout's `columns` names it. A header that an earlier column bears too would find that one.
    func name(in headers: [String]) -> String {
        let folded = Folded.text(header)
        let isUsable = !folded.isEmpty && folded.utf8.count <= 200 && !folded.hasPrefix("column ") && header.contains(where: \.isLetter)
        if isUsable, headers.firstIndex(where: { Folded.text($0) == folded }) == column { return header }
        return "column \(ColumnName.text(column))"
    }
}
