import Cells

/// A store, product and date whose figures differ from those that the ledger holds.
package struct Restatement: Hashable, Sendable {
    package struct Figures: Hashable, Sendable {
        package var sales: Int
        package var quantity: Int64
        package var amount: Money

        package init(sales: Int, quantity: Int64, amount: Money) {
            self.sales = sales
            self.quantity = quantity
            self.amount = amount
        }

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

    package let store: String
    package let ean: EAN
    package let date: CivilDay
    package let old: Figures
    package let new: Figures

    package init(store: String, ean: EAN, date: CivilDay, old: Figures, new: Figures) {
        self.store = store
        self.ean = ean
        self.date = date
        self.old = old
        self.new = new
    }
}

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

/// What a file says of one store, product, date and order, compared with what the ledger holds of them. Both are bags: the same row
/// twice in a file is two sales.
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
