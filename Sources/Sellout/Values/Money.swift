import Cells

/// An amount in 1/10 000 of its currency's unit. Arithmetic is checked: a result that does not fit is nil, and its row becomes an error.
@frozen package struct Money: Hashable, Sendable {
    package static let places = 4
    package static let zero = Money(units: 0)

    package let units: Int64

    @inlinable package init(units: Int64) { self.units = units }

    /// Rounded half away from zero.
    @inlinable package init?(_ number: DecimalNumber) {
        guard let units = number.units(places: Money.places) else { return nil }
        self.init(units: units)
    }

    @inlinable package func adding(_ other: Money) -> Money? {
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        return overflow ? nil : Money(units: sum)
    }

    @inlinable package func times(_ quantity: Int64) -> Money? {
        let (product, overflow) = units.multipliedReportingOverflow(by: quantity)
        return overflow ? nil : Money(units: product)
    }
}

extension Money: Comparable {
    @inlinable package static func < (one: Money, other: Money) -> Bool { one.units < other.units }
}

extension Money: CustomStringConvertible {
    /// With two places: `-12.50`.
    package var description: String {
        let cents = DecimalNumber(digits: units, exponent: -4).units(places: 2) ?? 0
        let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
