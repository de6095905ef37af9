import Cells

/// A price or a margin in units of 10^-15, so that sums of what a sheet has computed stay exact.
package struct Exact: Hashable, Sendable {
    /// Above this nobody means a price.
    package static let largest: Int128 = 1_000_000_000
    static let one: Int128 = 1_000_000_000_000_000
    private static let places = 15

    let units: Int128

    /// Places behind the fifteenth are rounded. Nil for what lies above the largest, or below its negative.
    package init?(_ number: DecimalNumber) {
        guard number.digits != 0 else {
            units = 0
            return
        }
        var shift = Int(number.exponent) + Exact.places
        // 10^9 with fifteen places has 25 digits; what is shifted further than that is too large, or nothing.
        guard shift <= 25 else { return nil }
        var units = Int128(number.digits)
        while shift > 0 {
            units *= 10
            shift -= 1
        }
        while shift < -1, units != 0 {
            units /= 10
            shift += 1
        }
        if shift < 0 { units = (units + (units < 0 ? -5 : 5)) / 10 }
        guard units.magnitude <= (Exact.largest * Exact.one).magnitude else { return nil }
        self.units = units
    }
}

/// Many of them, for their mean.
package struct ExactSum: Hashable, Sendable {
    package private(set) var units: Int128 = 0
    package private(set) var count = 0

    package init() {}

    // 10^9 of the largest still fit: nothing can overflow.
    package mutating func add(_ number: Exact) {
        units &+= number.units
        count &+= 1
    }

    package mutating func add(_ other: ExactSum) {
        units &+= other.units
        count &+= other.count
    }

    /// With at most two places, as a person reads it.
    package var meanWords: String {
        guard count > 0 else { return "-" }
        let hundredths = (units / Int128(count) + Exact.one / 200) / (Exact.one / 100)
        return DecimalNumber(digits: Int64(clamping: hundredths), exponent: -2).description
    }
}
