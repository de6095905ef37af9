/// One sale's figures, as they are compared.
package struct SaleFigures: Hashable, Comparable, Sendable {
    package let quantity: Int64
    package let amount: Money

    package init(quantity: Int64, amount: Money) {
        self.quantity = quantity
        self.amount = amount
    }

    package static func < (one: SaleFigures, other: SaleFigures) -> Bool {
        (one.quantity, one.amount) < (other.quantity, other.amount)
    }
}

/// What a file says of one store, product, date and order, beside what the ledger holds of the same: both as bags, since the
/// second identical row in a file is another sale.
package enum BagComparison: Sendable {
    case new
    case unchanged
    /// Other figures: the file's whole bag takes the place of the ledger's.
    case restated
    /// The ledger has it and the file does not name it.
    case noLongerListed

    package init(file: [SaleFigures], ledger: [SaleFigures]) {
        if ledger.isEmpty {
            self = .new
        } else if file.isEmpty {
            self = .noLongerListed
        } else {
            self = file.count == ledger.count && file.sorted() == ledger.sorted() ? .unchanged : .restated
        }
    }
}

extension Restatement.Figures {
    /// Nil where the sums do not fit.
    package init?(_ bag: [SaleFigures]) {
        var quantity: Int64 = 0
        var amount = Money.zero
        for sale in bag {
            let (sum, overflow) = quantity.addingReportingOverflow(sale.quantity)
            guard !overflow, let total = amount.adding(sale.amount) else { return nil }
            quantity = sum
            amount = total
        }
        self.init(sales: bag.count, quantity: quantity, amount: amount)
    }
}
