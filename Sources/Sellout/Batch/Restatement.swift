import Cells

/// A store, product and date whose figures differ from those already received.
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
