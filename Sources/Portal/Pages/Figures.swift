import Batches
import Cells
import Sellout

/// How numbers are written for people. Money never breaks between sign and figure.
enum Figures {
    /// `122,000`
    static func count(_ number: Int) -> String { (number < 0 ? "−" : "") + grouped(String(number.magnitude), by: ",") }

    static func count(_ number: Int64) -> String { (number < 0 ? "−" : "") + grouped(String(number.magnitude), by: ",") }

    /// `1 sale`, `214 sales`
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `€ 1.076,03`
    static func money(_ amount: Money, _ currency: String) -> String {
        let (whole, cents) = parts(amount)
        return "\(amount.units < 0 ? "−" : "")\(sign(currency))\u{A0}\(grouped(String(whole), by: ".")),\(cents < 10 ? "0" : "")\(cents)"
    }

    /// `€ 1.076`: for charts and lists, where cents say nothing.
    static func wholeMoney(_ amount: Money, _ currency: String) -> String {
        let (whole, cents) = parts(amount)
        let rounded = cents >= 50 ? whole + 1 : whole
        return "\(amount.units < 0 && rounded > 0 ? "−" : "")\(sign(currency))\u{A0}\(grouped(String(rounded), by: "."))"
    }

    /// `+€ 202,48`: a figure as it comes into the books, or as it is taken from them. A return has a sign of its own.
    static func change(_ figure: String, isTaken: Bool) -> String {
        let isNegative = figure.hasPrefix("−")
        return (isNegative == isTaken ? "+" : "−") + (isNegative ? String(figure.dropFirst()) : figure)
    }

    /// `8,4 MB`
    static func size(_ bytes: Int64) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(max(0, bytes)), 0)
        while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        guard unit > 0 else { return "\(bytes)\u{A0}bytes" }
        let tenths = Int((value * 10).rounded())
        return tenths >= 100 ? "\((tenths + 5) / 10)\u{A0}\(units[unit])" : "\(tenths / 10),\(tenths % 10)\u{A0}\(units[unit])"
    }

    private static func parts(_ amount: Money) -> (whole: UInt64, cents: UInt64) {
        let cents = DecimalNumber(digits: amount.units, exponent: -4).units(places: 2) ?? 0
        return (cents.magnitude / 100, cents.magnitude % 100)
    }

    private static func sign(_ currency: String) -> String { ["EUR": "€", "GBP": "£", "USD": "$"][currency] ?? currency }

    private static func grouped(_ digits: String, by separator: Character) -> String {
        var text = digits
        var place = digits.utf8.count - 3
        while place > 0 {
            text.insert(separator, at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        return text
    }
}

/// How moments, days and months are written for people.
enum Moments {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `2 min ago` up to a day, then `3 Apr`. The exact time stands beside it for screen readers, on hover, and for the script,
    /// which shows it in the reader's own zone.
    static func time(_ moment: Timestamp, now: Timestamp) -> HTML {
        "<time datetime=\"\(moment.description)\" title=\"\(exact(moment))\">\(relative(moment, now: now))</time>"
    }

    /// `21 Nov 2026, 08:59`
    static func exactTime(_ moment: Timestamp) -> HTML {
        "<time datetime=\"\(moment.description)\" data-exact title=\"\(exact(moment))\">\(exact(moment))</time>"
    }

    /// `21 Nov 2026, 08:59 UTC`
    static func exact(_ moment: Timestamp) -> String {
        let minute = moment.milliseconds / 60_000 - Int64(moment.day.number) * 1440
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day(moment.day)), \(two(minute / 60)):\(two(minute % 60)) UTC"
    }

    static func relative(_ moment: Timestamp, now: Timestamp) -> String {
        let seconds = moment.age(at: now).components.seconds
        switch seconds {
        case ..<0: return exact(moment)
        case ..<60: return "just now"
        case ..<3600: return "\(seconds / 60) min ago"
        case ..<86_400: return "\(seconds / 3600) h ago"
        default: return moment.day.components.year == now.day.components.year ? shortDay(moment.day) : day(moment.day)
        }
    }

    /// `31 Aug 2025`
    static func day(_ day: CivilDay) -> String { "\(shortDay(day)) \(day.components.year)" }

    /// `31 Aug`
    static func shortDay(_ day: CivilDay) -> String { "\(day.components.day) \(name(day.components.month))" }

    /// `May 2025`
    static func month(_ month: Month) -> String { "\(name(month.month)) \(month.year)" }

    static func shortMonth(_ month: Month) -> String { name(month.month) }

    /// `May 2025`, `Jan to May 2025`, `Nov 2024 to Feb 2025`, or a single day.
    static func period(_ first: CivilDay?, _ last: CivilDay?) -> String? {
        guard let first, let last else { return nil }
        let (from, to) = (Month(first), Month(last))
        // Monthly figures stand on the first of their month.
        if first == last, first.components.day != 1 { return day(first) }
        if from == to { return month(from) }
        return from.year == to.year ? "\(name(from.month)) to \(month(to))" : "\(month(from)) to \(month(to))"
    }

    private static func name(_ month: Int) -> String { months.indices.contains(month - 1) ? months[month - 1] : "" }

    /// `12 days`, `3 h`
    static func span(seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds)) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}

extension Month {
    /// Twelve months, of which this is the last.
    var yearUpToThis: [Month] { (0..<12).reversed().compactMap { moved(by: -$0) } }
}
