import Batches
import Cells
import Sellout

/// Days, months and moments as the language writes them.
extension Voice {
    /// `31 Aug 2025`, `31.08.2025`, `2025-08-31`
    package func day(_ day: CivilDay) -> String {
        let parts = day.components
        let (dd, mm) = (Voice.twoDigits(parts.day), Voice.twoDigits(parts.month))
        return switch language {
        case .english: "\(parts.day)\u{A0}\(name(ofMonth: parts.month, isShort: true))\u{A0}\(parts.year)"
        case .german, .polish, .estonian, .ukrainian, .latvian: "\(dd).\(mm).\(parts.year)"
        case .spanish, .french: "\(dd)/\(mm)/\(parts.year)"
        case .dutch: "\(dd)-\(mm)-\(parts.year)"
        case .lithuanian: "\(parts.year)-\(mm)-\(dd)"
        }
    }

    /// `May 2025`, `mayo de 2025`, `2025 m. gegužė`
    package func month(_ month: Month) -> String { dated(name(ofMonth: month.month), month.year) }

    private func dated(_ months: String, _ year: Int) -> String {
        switch language {
        case .english, .german, .polish, .dutch, .estonian, .french: "\(months) \(year)"
        case .spanish: "\(months) de \(year)"
        case .ukrainian: "\(months) \(year) р."
        case .lithuanian: "\(year) m. \(months)"
        case .latvian: "\(year). gada \(months)"
        }
    }

    /// `May 2025`, `January – May 2025`, or a single day; nil for none.
    package func period(_ first: CivilDay?, _ last: CivilDay?) -> String? {
        guard let first, let last else { return nil }
        // Monthly figures stand on the first of their month.
        if first == last, first.components.day != 1 { return day(first) }
        let (from, to) = (Month(first), Month(last))
        if from == to { return month(from) }
        guard from.year == to.year else { return "\(month(from)) – \(month(to))" }
        return dated("\(name(ofMonth: from.month)) – \(name(ofMonth: to.month))", from.year)
    }

    /// `21 Nov 2026, 08:59 UTC`
    package func moment(_ moment: Timestamp) -> String {
        let minute = Int(moment.milliseconds / 60_000 - Int64(moment.day.number) * 1440)
        return "\(day(moment.day)), \(Voice.twoDigits(minute / 60)):\(Voice.twoDigits(minute % 60))\u{A0}UTC"
    }

    /// `“SELL OUT”` as the language quotes.
    func quoted(_ text: String) -> String {
        switch language {
        case .english, .dutch: "“\(text)”"
        case .german, .lithuanian, .estonian: "„\(text)“"
        case .polish, .latvian: "„\(text)”"
        case .spanish, .ukrainian: "«\(text)»"
        case .french: "«\u{A0}\(text)\u{A0}»"
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
