import Cells

/// How a column's or a header's texts write time.
enum WrittenTime {
    /// The most specific first, because the first one that reads a text is taken.
    private static let ofMonths = [
        "MMM-MMM YYYY", "MMM YYYY", "YYYY MMM", "MMM-YYYY", "MMM'YY", "MMM-YY", "MMM YY", "MMM.YYYY", "MMMYYYY", "QQ YYYY", "QQ-YYYY",
        "QQ/YYYY", "YYYY QQ", "YYYY-QQ", "YYYY-MM", "YYYY/MM", "YYYY.MM", "YYYY MM", "MM/YYYY", "MM.YYYY", "MM-YYYY", "MM YYYY", "YYYYMM",
        "MMM",
    ].compactMap(PeriodPattern.init)
    private static let ofWeeks = ["YYYY-WW", "YYYY WW", "YYYY/WW", "YYYYWW", "WW YYYY", "WW/YYYY", "WW-YYYY", "WW.YYYY", "WW"].compactMap(
        PeriodPattern.init)
    private static let ofDays = ["DD.MM.YYYY", "DD/MM/YYYY", "DD-MM-YYYY", "YYYY-MM-DD", "MM/DD/YYYY", "DD.MM.YY", "DD MMM YYYY"]
        .compactMap(PeriodPattern.init)

    /// The patterns that read these texts, each as soon as a text needs it; `read` counts the texts that one reads.
    static func patterns(for texts: [String], days: Bool = false) -> (patterns: [PeriodPattern], read: Int) {
        let candidates = (days ? ofDays : []) + ofMonths + ofWeeks
        var chosen: [PeriodPattern] = []
        var read = 0
        for text in texts where text.utf8.count <= 40 && (text.contains(where: \.isNumber) || MonthName.number(text) != nil) {
            if chosen.read(text) != nil {
                read += 1
            } else if let pattern = candidates.first(where: { suits($0, text) }) {
                chosen.append(pattern)
                read += 1
            }
        }
        return (chosen, read)
    }

    /// A bare number is no week, and a date's first half no month.
    private static func suits(_ pattern: PeriodPattern, _ text: String) -> Bool {
        if pattern.tokens.contains(.week), !text.contains(where: \.isLetter) { return false }
        guard let period = pattern.read(text) else { return false }
        return period.year.map { RowFigures.years.contains($0) } ?? true
    }

    static func day(_ text: String, _ order: DateOrder) -> CivilDay? {
        let bytes = Array(text.utf8)
        guard let day = order.read(bytes.span), RowFigures.years.contains(day.components.year) else { return nil }
        return day
    }

    /// The order in which most of the dates can be read, and a doubt where another reads as many. `months` are what a month column
    /// says of the same rows.
    static func order(of texts: [String], months: [Int?] = []) -> (order: DateOrder, doubt: String?) {
        func count(_ order: DateOrder) -> (read: Int, agree: Int) {
            let days = texts.map { day($0, order) }
            let agree = zip(days, months).count { day, month in day != nil && day?.components.month == month }
            return (days.count { $0 != nil }, agree)
        }
        let counts = DateOrder.allCases.map { (order: $0, count: count($0)) }
        let best = counts.max { ($0.count.read, $0.count.agree) < ($1.count.read, $1.count.agree) }
        guard let best, best.count.read > 0 else { return (.dayFirst, nil) }
        // What begins with its year is read in any order.
        if counts.allSatisfy({ $0.count.read == best.count.read }) { return (.yearFirst, nil) }
        let equal = counts.filter { $0.count == best.count }
        guard equal.count > 1 else { return (best.order, nil) }
        return (.dayFirst, "every date can be read with the day or with the month first")
    }
}
