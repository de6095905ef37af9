import Cells

/// What one unit of a currency is worth in EUR. It is kept as a fraction, so that no digit of the published rate is lost.
package struct ExchangeRate: Hashable, Sendable {
    package let currency: String
    package let numerator: Int64
    package let denominator: Int64
    /// Where the rate came from: `fixed`, `built-in`, `ECB 2025-04-14`, `ECB mean of 2025-04`.
    package let source: String

    package init(currency: String, numerator: Int64, denominator: Int64, source: String) {
        self.currency = currency
        self.numerator = numerator
        self.denominator = max(1, denominator)
        self.source = source
    }

    package static let euro = ExchangeRate(currency: "EUR", numerator: 1, denominator: 1, source: "fixed")

    /// Rounded half away from zero to the cent.
    package func euros(for amount: Money) -> Money? {
        // 1/10 000 → cents divides by 100; 128 bits hold every product of two 64-bit factors.
        let product = Int128(amount.units) * Int128(numerator)
        let divisor = Int128(denominator) * 100
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
        let cents = quotient + (remainder * 2 >= divisor.magnitude ? 1 : 0)
        guard let units = Int64(exactly: Int128(cents) * 100) else { return nil }
        return Money(units: product < 0 ? -units : units)
    }

    /// The rate as a decimal with eight places at most: `1.17`.
    package var text: String {
        let scaled = Int128(numerator) * 1_000_000_00 / Int128(denominator)
        return Int64(exactly: scaled).map { DecimalNumber(digits: $0, exponent: -8).description } ?? "\(numerator)/\(denominator)"
    }
}

/// The rates given for one currency, and the built-in rate that holds until one is given.
package struct RateTable: Sendable {
    /// What one EUR cost on one day, in 1/100 000 000 of the currency.
    package struct Fixing: Hashable, Sendable {
        package let day: CivilDay
        package let perEuro: Int64

        package init(day: CivilDay, perEuro: Int64) {
            self.day = day
            self.perEuro = perEuro
        }
    }

    private static let builtIn: [String: (numerator: Int64, denominator: Int64)] = [
        "GBP": (117, 100), "PLN": (23, 100), "ZAR": (5, 100), "UAH": (24, 1000),
    ]
    private static let scale: Int64 = 100_000_000

    private let currency: String
    private let fixings: [Fixing]

    package init(currency: String, fixings: [Fixing]) {
        self.currency = currency
        self.fixings = fixings.filter { $0.perEuro > 0 }.sorted { $0.day < $1.day }
    }

    /// For a sale on a day the rate of that day, for a monthly figure the mean of its month. Where there is none: the last rate
    /// before, then the built-in one, then nil.
    package func rate(for date: SaleDate) -> ExchangeRate? {
        if currency == "EUR" { return .euro }
        if date.isMonthly, let mean = mean(of: Month(date.day)) { return mean }
        guard let last = fixings.last(where: { $0.day <= date.day }) else { return builtIn }
        return ExchangeRate(currency: currency, numerator: RateTable.scale, denominator: last.perEuro, source: "ECB \(last.day)")
    }

    private func mean(of month: Month) -> ExchangeRate? {
        let days = fixings.filter { $0.day >= month.firstDay && $0.day <= month.lastDay }
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
