import Cells

/// A period that the name of a file, or of a sheet, states. The sales must be of that time.
struct NamedPeriod: Sendable {
    let period: Period
    /// For a sentence: `the file's name`.
    let place: String
    let sheetName: String

    /// As people write periods into names, the most telling first.
    private static let patterns = [
        "DD-MM-YYYY", "DD_MM_YYYY", "DD.MM.YYYY", "YYYY-MM-DD", "MMMYYYY", "MMM YYYY", "MMM-YYYY", "YYYY MMM", "YYYY-MMM", "MMM'YY",
        "QQ YYYY",
        "QQ-YYYY", "YYYY QQ", "YYYY-QQ", "YYYY MM", "YYYY-MM", "MM-YYYY", "MM YYYY", "MM.YYYY", "YYYY-WW", "YYYY WW", "WW YYYY", "YYYY",
    ].compactMap(PeriodPattern.init)

    init?(inFileName glimpse: Glimpse) {
        guard let period = NamedPeriod.find(in: FileStem.of(glimpse.fileName)) else { return nil }
        (self.period, place, sheetName) = (period, "the file's name", "")
    }

    init?(inSheetName name: String) {
        guard let period = NamedPeriod.find(in: name) else { return nil }
        (self.period, place, sheetName) = (period, "the name of the sheet \"\(name)\"", name)
    }

    /// A span of days that a line above the header states: `Period: 01.01.2025 - 31.03.2025`. Its year is the sales'; its days are
    /// often left as they were when a month is added.
    init?(above sheet: Glimpse.Sheet, _ conventions: Conventions) {
        for row in sheet.head.prefix(NamedPeriod.preambleRows) {
            let texts = row.filter { !$0.isEmpty }
            guard texts.count == 1, let text = texts.first else { continue }
            let days = text.split { !($0.isNumber || ".-/".contains($0)) }.compactMap { word in
                let bytes = Array(word.utf8)
                return conventions.dates.read(bytes.span)
            }
            guard days.count == 2, days[0] <= days[1] else { continue }
            (period, place, sheetName) = (
                .year(days[1].components.year), "\"\(text.trimmedLine)\" above the header of the sheet \"\(sheet.name)\"", sheet.name
            )
            return
        }
        return nil
    }

    private static let preambleRows = 12

    /// A name with two days in it speaks of a span, and figures up to a day are no month's.
    static func doubts(inFileName glimpse: Glimpse, sheets: [Glimpse.Sheet]) -> [Warning] {
        let stem = FileStem.of(glimpse.fileName)
        var warnings: [Warning] = []
        let days = patterns.prefix(dayPatterns).compactMap { pattern in
            pattern.find(in: stem).flatMap { last in
                pattern.first(in: stem).flatMap { first in first == last ? nil : (first, last) }
            }
        }
        if let (first, last) = days.first {
            warnings.append(
                Warning(
                    "PERIODS_DIFFER", "the file's name states two days, \(first.words) and \(last.words)", holds: true,
                    places: [Warning.Place(sheet: "", range: "the file's name", look: "\(first.words) and \(last.words)")]))
        }
        let texts =
            [("the file's name", stem)]
            + sheets.flatMap { sheet in
                [("the name of the sheet", sheet.name)] + sheet.head.prefix(3).joined().map { ("the sheet \"\(sheet.name)\"", $0) }
            }
        if let (place, text) = texts.first(where: { isCumulated($0.1) }) {
            warnings.append(
                Warning(
                    "CUMULATED_FIGURES", "\(place) says \"\(text.trimmedLine)\": figures of a year up to now are no month's", holds: true,
                    places: [Warning.Place(sheet: sheets.first?.name ?? "", range: "", look: "\"\(text.trimmedLine)\"")]))
        }
        return warnings
    }

    /// How many of the patterns are days.
    private static let dayPatterns = 4

    /// A period and such a word: `2025 YTD`. A header that says only `YTD` is a column's.
    private static func isCumulated(_ text: String) -> Bool {
        guard text.utf8.count < 100, text.contains(where: \.isNumber) else { return false }
        let words = PlainWords.of(text)
        return words.contains { ["ytd", "cumulative", "cumulated", "kumuliert", "narastajaco", "acumulado", "cumul"].contains($0) }
    }

    /// Two digits behind a year are a week only where a letter says so: `2024-25` is a business year.
    private static func find(in name: String) -> Period? {
        guard let period = patterns.find(in: name) else { return nil }
        if case .week(_, let text) = period, !text.contains(where: \.isLetter) { return nil }
        return period
    }

    /// A report of one day speaks of the weeks before it: of so many days at the most.
    private static let longestReport: Int32 = 62

    /// Why the sales of these days contradict the name; nil if they do not. A growing document begins earlier.
    func contradiction(_ sold: ClosedRange<CivilDay>, isLiving: Bool) -> String? {
        guard let named = period.days else { return nil }
        let (first, last) = (sold.lowerBound, sold.upperBound)
        if case .day(let day) = period {
            let fits = last <= day && day.number - last.number <= NamedPeriod.longestReport
            return fits ? nil : "\(place) states \(day), and the last sale is of \(last)"
        }
        // Of a span only the last month is known.
        let mayBeginEarlier = isLiving || period.span != nil
        if !named.contains(last) { return "\(place) states \(period.words), and the last sale is of \(last)" }
        if !mayBeginEarlier, !named.contains(first) { return "\(place) states \(period.words), and the first sale is of \(first)" }
        return nil
    }
}
