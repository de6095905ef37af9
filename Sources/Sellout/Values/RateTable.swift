import Cells

/// The rates that have been given for one currency, and the built-in one that holds until then.
package struct RateTable: Sendable {
    /// One published day: so much of the currency for one EUR, in 1/100 000 000.
    package struct Published: Hashable, Sendable {
        package let day: CivilDay
        package let perEuro: Int64

        package init(day: CivilDay, perEuro: Int64) {
            self.day = day
            self.perEuro = perEuro
        }
    }

    static let builtIn: [String: (numerator: Int64, denominator: Int64)] = [
        "GBP": (117, 100), "PLN": (23, 100), "ZAR": (5, 100), "UAH": (24, 1000),
    ]
    static let scale: Int64 = 100_000_000

    private let currency: String
    private let published: [Published]

    package init(currency: String, published: [Published]) {
        self.currency = currency
        self.published = published.filter { $0.perEuro > 0 }.sorted { $0.day < $1.day }
    }

    /// The rate of the sale's day, for a monthly figure the mean of the month's days; the last day before it where there is none,
    /// the built-in one where nothing has been given. Nil where there is no rate at all.
    package func rate(for date: SaleDate) -> ExchangeRate? {
        if currency == "EUR" { return .euro }
        if date.isMonthly, let mean = mean(of: Month(date.day)) { return mean }
        guard let last = published.last(where: { $0.day <= date.day }) else { return builtIn }
        return ExchangeRate(currency: currency, numerator: RateTable.scale, denominator: last.perEuro, source: "ECB \(last.day)")
    }

    private func mean(of month: Month) -> ExchangeRate? {
        let days = published.filter { $0.day >= month.firstDay && $0.day <= month.lastDay }
        var sum: Int64 = 0
        for day in days {
            let (next, overflow) = sum.addingReportingOverflow(day.perEuro)
            if overflow { return nil }
            sum = next
        }
        guard sum > 0 else { return nil }
        return ExchangeRate(
            currency: currency, numerator: RateTable.scale * Int64(days.count), denominator: sum, source: "ECB mean of \(month)")
    }

    private var builtIn: ExchangeRate? {
        RateTable.builtIn[currency].map {
            ExchangeRate(currency: currency, numerator: $0.numerator, denominator: $0.denominator, source: "built-in")
        }
    }
}
