import Cells

/// Reads a store's figures in one row of a grid.
enum GridCell {
    enum Figures {
        case none
        case sale(quantity: Int64, amount: Money?)
        /// Its errors are kept in the figures.
        case wrong
    }

    /// An empty, dashed or zero quantity is no sale; money without pieces is told.
    static func read(_ store: StoreColumns.Store, _ row: Row, _ figures: inout RowFigures, _ harvest: Harvest) -> Figures {
        let before = figures.errors.count
        guard let quantity = figures.quantity(store.quantity, row, required: false), quantity != 0 else {
            guard figures.errors.count == before else { return .wrong }
            if let amount = figures.stated(store.amount, row), amount.digits != 0 {
                harvest.warn(
                    "AMOUNT_WITHOUT_QUANTITY",
                    "amounts without a quantity, which are no sales; the first is at \(store.name) in row \(row.number)")
            }
            return .none
        }
        let amount = store.amount == nil ? nil : figures.amount(.amount, store.amount, row)
        guard figures.errors.count == before else { return .wrong }
        return .sale(quantity: quantity, amount: amount)
    }
}
