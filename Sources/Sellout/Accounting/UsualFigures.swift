import Cells
import Foundation

/// What one batch came to, as later ones are compared with it.
package struct BatchFigures: Hashable, Sendable {
    package let sales: Int
    package let quantity: Int64
    package let amount: Money

    package init(sales: Int, quantity: Int64, amount: Money) {
        self.sales = sales
        self.quantity = quantity
        self.amount = amount
    }

    /// Averages say something of many sales only, and where returns do not cancel most of them out.
    private var isTelling: Bool { sales >= 5 && Double(quantity) >= Double(sales) / 2 && amount.units > 0 }
    fileprivate var price: Double? { isTelling ? Double(amount.units) / Double(quantity) : nil }
    fileprivate var pieces: Double? { isTelling ? Double(quantity) / Double(sales) : nil }
    fileprivate var total: Double? { Double(amount.units) }
}

/// What a reseller's last batches came to: one that is far from all of them is worth a look.
package struct UsualFigures {
    /// So many batches are looked at, the newest first.
    package static let most = 12
    /// Fewer say nothing of what is usual.
    private static let fewest = 4
    /// How far from the middle a figure may be: so many times the usual distance, and so many times the middle itself.
    private static let spreads = 6.0
    private static let times = 4.0

    private let earlier: [BatchFigures]
    private let expectations: Expectations

    package init(_ earlier: [BatchFigures], _ expectations: Expectations) {
        self.earlier = Array(earlier.prefix(UsualFigures.most))
        self.expectations = expectations
    }

    /// The codes of all that `remarks` can say.
    package static let codes: Set<String> = ["UNUSUAL_PRICE", "UNUSUAL_QUANTITY", "UNUSUAL_TOTAL"]

    package func remarks(on batch: BatchFigures) -> [Warning] {
        guard batch.sales > 0, earlier.count >= UsualFigures.fewest else { return [] }
        return [
            remark("UNUSUAL_PRICE", expectations.usual, "The average price of a piece", batch, \.price, isMoney: true),
            remark("UNUSUAL_QUANTITY", expectations.usual, "The average quantity of a sale", batch, \.pieces, isMoney: false),
            remark("UNUSUAL_TOTAL", expectations.usual, "The sum of the sales", batch, \.total, isMoney: true),
        ].compactMap { $0 }
    }

    private func remark(
        _ code: String, _ answer: Expectations.Answer, _ what: String, _ batch: BatchFigures, _ figure: (BatchFigures) -> Double?,
        isMoney: Bool
    ) -> Warning? {
        guard answer != .ignore, let now = figure(batch) else { return nil }
        let usual = earlier.compactMap(figure)
        guard usual.count >= UsualFigures.fewest else { return nil }
        let middle = UsualFigures.median(usual)
        let distance = abs(now - middle)
        // 1.4826 times the median distance is the standard deviation where figures are spread as usual.
        let spread = 1.4826 * UsualFigures.median(usual.map { abs($0 - middle) })
        let isFar = abs(now) > abs(middle) * UsualFigures.times || abs(now) * UsualFigures.times < abs(middle) || now * middle < 0
        guard middle != 0, isFar, distance > UsualFigures.spreads * spread else { return nil }
        return Warning(
            code, "\(what) is \(text(now, isMoney)); in the last \(usual.count) files it was about \(text(middle, isMoney)).",
            holds: answer == .hold)
    }

    private static func median(_ figures: [Double]) -> Double {
        let sorted = figures.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private func text(_ figure: Double, _ isMoney: Bool) -> String {
        guard isMoney else { return String(format: "%.1f", figure) }
        return Int64(exactly: figure.rounded()).map { Money(units: $0).description } ?? "more than can be"
    }
}
