import Cells

/// A store, product and date whose figures differ from those already received.
public struct Restatement: Hashable, Sendable {
    public struct Figures: Hashable, Sendable {
        public var sales: Int
        public var quantity: Int64
        public var amount: Money

        public init(sales: Int, quantity: Int64, amount: Money) {
            self.sales = sales
            self.quantity = quantity
            self.amount = amount
        }
    }

    public let store: String
    public let ean: EAN
    public let date: CivilDay
    public let old: Figures
    public let new: Figures

    public init(store: String, ean: EAN, date: CivilDay, old: Figures, new: Figures) {
        self.store = store
        self.ean = ean
        self.date = date
        self.old = old
        self.new = new
    }
}
