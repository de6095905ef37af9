import Cells

/// One store's columns in a grid.
struct StoreColumns: Sendable {
    let name: String
    let quantity: Int
    let amount: Int?

    /// What a row holds in a store's columns.
    enum Content {
        case none
        case sale(quantity: Int64, amount: Money?)
        /// `figures` keeps the errors.
        case wrong
    }

    /// An empty, dashed or zero quantity is no sale. Money without pieces is worth a warning.
    func read(_ row: Row, _ figures: inout RowFigures, _ harvest: Harvest) -> Content {
        let before = figures.errors.count
        guard let quantity = figures.quantity(quantity, row, required: false), quantity != 0 else {
            guard figures.errors.count == before else { return .wrong }
            if let amount = figures.stated(amount, row), amount.digits != 0 {
                harvest.doubt(
                    "AMOUNT_WITHOUT_QUANTITY", "amounts without a quantity are no sales; the first is at \(name) in row \(row.number)",
                    Warning.Place(sheet: figures.sheetName, range: "row \(row.number)", look: "\(amount) at \(name)"))
            }
            return .none
        }
        let money = amount == nil ? nil : figures.amount(.amount, amount, row)
        guard figures.errors.count == before else { return .wrong }
        if let money, quantity < 0 && money.units > 0 || quantity > 0 && money.units < 0 {
            harvest.doubt(
                "SIGNS_DIFFER",
                "row \(row.number) of the sheet \"\(figures.sheetName)\" has a quantity and an amount of different signs at \(name)",
                Warning.Place(
                    sheet: figures.sheetName, range: "row \(row.number)", look: "quantity \(quantity), amount \(money) at \(name)"))
        }
        return .sale(quantity: quantity, amount: money)
    }
}

extension StoreColumns {
    /// What can be read of a sale that is wrong.
    func parts(of product: ProductNaming, _ row: Row, _ figures: RowFigures, _ harvest: Harvest, _ period: Period?) -> SaleParts {
        SaleParts(
            product: product, store: harvest.naming(ofStore: name), date: period?.date, quantity: figures.stated(quantity, row)?.whole,
            amount: figures.stated(amount, row).flatMap { Money($0) }, isPriced: amount == nil, details: period?.details ?? SaleDetails())
    }

    var columns: [Int] { [quantity] + (amount.map { [$0] } ?? []) }

    /// What a column of sums says; nil where it says nothing.
    func sum(_ row: Row, at place: Int, _ figures: RowFigures) -> GridChecks.Figure? {
        let stated = figures.statedSums(quantity: quantity, amount: amount, row)
        return stated.quantity.map { GridChecks.Figure(place: place, quantity: $0, amount: stated.amount.map { Money(units: $0) }) }
    }
}

/// The columns of a grid of stores.
struct StoreGrid: Sendable {
    /// The place of the row with the measures among the sheet's rows, from 0.
    let headerIndex: Int
    /// The number of the row with the stores' names.
    let nameRow: Int
    let stores: [StoreColumns]
    /// The file's own sums over all stores.
    let total: StoreColumns?
    /// Its sums over some of them: `Lithuania Total`.
    let subtotals: [StoreColumns]
    /// Whether the profile knows total columns.
    let hasTotals: Bool
    /// All columns under a header that is a store, a total, or neither: as the profile says.
    let known: [Int]
    let firstColumn: Int

    /// A header that is merged over two stores' columns has hidden the name of the second.
    func doubtMergedNames(_ order: SheetOrder) throws {
        for merged in try order.merged.columns(inRow: nameRow) {
            let covered = stores.filter { merged.contains($0.quantity) }
            guard covered.count > 1 else { continue }
            let place = "\(ColumnName.text(merged.lowerBound))\(nameRow):\(ColumnName.text(merged.upperBound))\(nameRow)"
            order.harvest.doubt(
                "HEADER_MERGED",
                "the header \(place) of the sheet \"\(order.sheetName)\" is merged over the columns of two stores, \"\(covered[0].name)\" and another",
                Warning.Place(
                    sheet: order.sheetName, range: place, look: covered.map { "\"\($0.name)\"" }.joined(separator: ", ")))
        }
    }

    /// Those that a sale is read from.
    var figures: [Int] { stores.flatMap(\.columns) }

    /// What a total row says, store by store.
    func stated(_ row: Row, _ figures: RowFigures) -> [ControlTotal.Sums] {
        stores.map { figures.statedSums(quantity: $0.quantity, amount: $0.amount, row) }
    }

    /// Compares what a total row says with what was extracted.
    func control(_ stated: [ControlTotal.Sums], extracted sums: [ControlTotal.Sums], _ harvest: Harvest) {
        for (place, stated) in stated.enumerated() where !stated.isEmpty {
            harvest.control(.compare("store \(stores[place].name)", file: stated, extracted: sums[place]))
        }
    }
}
