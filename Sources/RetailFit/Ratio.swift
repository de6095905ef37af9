/// An exact fraction, not below zero: a score at the border of a band is never a matter of binary rounding.
package struct Ratio: Hashable, Sendable {
    package let numerator: Int128
    package let denominator: Int128

    /// Nil for what is no fraction, or is below zero.
    package init?(_ numerator: Int128, over denominator: Int128) {
        guard numerator >= 0, denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    package init(whole: Int) {
        numerator = Int128(max(whole, 0))
        denominator = 1
    }

    /// The part before the point.
    package var roundedDown: Int { Int(clamping: numerator / denominator) }

    /// Nil where it does not fit.
    func times(_ factor: Int128) -> Ratio? {
        let (product, overflow) = numerator.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Ratio(product, over: denominator)
    }

    /// What is behind the point.
    private var rest: Int128 { numerator % denominator }

    /// The sum of both, rounded down. It needs no common denominator, which might not fit.
    static func sumRoundedDown(_ one: Ratio, _ other: Ratio) -> Int128 {
        let whole = one.numerator / one.denominator + other.numerator / other.denominator
        // Both rests make a whole where one reaches what the other lacks.
        let lacking = one.denominator - one.rest
        return isLess(other.rest, other.denominator, lacking, one.denominator) ? whole : whole + 1
    }

    /// a/b < c/d, by Euclid: whole parts first, then the rests upside down.
    private static func isLess(_ a: Int128, _ b: Int128, _ c: Int128, _ d: Int128) -> Bool {
        var (a, b, c, d) = (a, b, c, d)
        var isTurned = false
        while true {
            let (left, right) = (a / b, c / d)
            if left != right { return (left < right) != isTurned }
            (a, c) = (a % b, c % d)
            if a == 0 || c == 0 { return isTurned ? a != 0 && c == 0 : a == 0 && c != 0 }
            (a, b, c, d) = (b, a, d, c)
            isTurned.toggle()
        }
    }
}
