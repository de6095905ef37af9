import Cells

/// What one unit of a currency is worth in EUR, kept as a fraction so that no digit of the published rate is lost.
package struct ExchangeRate: Hashable, Sendable {
    package let currency: String
    package let numerator: Int64
    package let denominator: Int64
    /// Where it came from: `fixed`, `built-in`, `ECB 2025-04-14`, `ECB mean of 2025-04`.
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
