import Cells

/// A day as the ECB writes it in the file of the day: `17 April 2025`.
struct WrittenDay {
    let day: CivilDay

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    init?(_ text: String) {
        let parts = Folded.text(text).split(separator: " ")
        guard parts.count == 3, parts[1].utf8.count >= 3, let number = Int(parts[0]), let year = Int(parts[2]),
            let month = WrittenDay.months.firstIndex(where: { $0.hasPrefix(parts[1]) }),
            let day = CivilDay(year: year, month: month + 1, day: number)
        else { return nil }
        self.day = day
    }
}
