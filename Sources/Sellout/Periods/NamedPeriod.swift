import Cells

/// A period that the name of a file, or of a sheet, states. The sales must be of that time.
struct NamedPeriod: Sendable {
    let period: Period
    /// For a sentence: `the file's name`.
    let place: String
    let sheet: String

    /// As people write periods into names, the most telling first.
    private static let patterns = [
        "DD-MM-YYYY", "DD_MM_YYYY", "DD.MM.YYYY", "YYYY-MM-DD", "MMMYYYY", "MMM YYYY", "MMM-YYYY", "YYYY MMM", "YYYY-MMM", "MMM'YY",
        "QQ YYYY",
        "QQ-YYYY", "YYYY QQ", "YYYY-QQ", "YYYY MM", "YYYY-MM", "MM-YYYY", "MM YYYY", "MM.YYYY", "YYYY-WW", "YYYY WW", "WW YYYY", "YYYY",
    ].compactMap(PeriodPattern.init)

    init?(inFileName glimpse: Glimpse) {
        guard let period = NamedPeriod.patterns.find(in: FileStem.of(glimpse.fileName)) else { return nil }
        (self.period, place, sheet) = (period, "the file's name", "")
    }

    init?(inSheetName name: String) {
        guard let period = NamedPeriod.patterns.find(in: name) else { return nil }
        (self.period, place, sheet) = (period, "the name of the sheet \"\(name)\"", name)
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
