import Cells

/// Shares a total out by quantity, in whole cents, so that the shares add up to the total.
enum SharedOut {
    /// Nil if the quantities come to nothing. Each share is the difference of two rounded running sums, so that another period at the
    /// same price does not change the earlier shares.
    static func shares(of total: Money, by quantities: [Int64]) -> [Money]? {
        let sum = quantities.reduce(Int128(0)) { $0 + Int128($1) }
        if sum == 0 { return total == .zero ? quantities.map { _ in .zero } : nil }
        var shares: [Money] = []
        var running: Int128 = 0
        var given: Int128 = 0
        for (place, quantity) in quantities.enumerated() {
            running += Int128(quantity)
            let due = place == quantities.count - 1 ? Int128(total.units) : cents(Int128(total.units) * running, sum)
            guard let share = Int64(exactly: due - given) else { return nil }
            shares.append(Money(units: share))
            given = due
        }
        return shares
    }

    /// `product` ÷ `divisor` in 1/10 000, rounded half away from zero to whole cents.
    private static func cents(_ product: Int128, _ divisor: Int128) -> Int128 {
        let isNegative = (product < 0) != (divisor < 0)
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude * 100)
        let rounded = Int128(quotient) + (remainder * 2 >= divisor.magnitude * 100 ? 1 : 0)
        return (isNegative ? -rounded : rounded) * 100
    }
}
