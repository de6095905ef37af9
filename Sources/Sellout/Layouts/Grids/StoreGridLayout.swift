import Cells
import Settings

/// A grid whose groups of columns are stores. It has one row per product, with quantity and amount under each store's header. Stores
/// come and go, so they are read from the headers.
struct StoreGridLayout: SheetLayout {
    let sheets: [NamePattern]
    private let stores: StoreHeaders
    private let columns: FieldHeaders
    private let totals: TotalMarks
    let period: PeriodRule

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        stores = StoreHeaders(node)
        columns = node.node("columns").map { FieldHeaders($0, allowed: Field.naming) } ?? FieldHeaders()
        totals = TotalMarks(node.namePatterns("totals"))
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        if !Field.naming.contains(where: columns.has) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        if period.isEmpty { node.fault("period", "is missing; expected where the sales' period stands") }
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        let grid = try stores.grid(of: sheet)
        let found = columns.columns(in: sheet.folded[grid.headerIndex])
        let missing = Field.naming.filter { columns.has($0) && $0 != .name && found[$0] == nil }
        if !missing.isEmpty || found.isEmpty {
            throw Shortfall(sheet, missing: missing.map { columns.title($0) }, row: sheet.head[grid.headerIndex], seen: 2)
        }
        return StoreGridPlan(grid: grid, product: TableColumns(found), totals: totals)
    }
}

/// Where a store grid's columns are.
struct StoreGridPlan: SheetPlan {
    let grid: StoreGrid
    let product: TableColumns
    let totals: TotalMarks

    var needs: PeriodNeed { .date }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { StoreGridExtraction(self, order) }
}

/// Makes one draft per product and store that has a quantity.
struct StoreGridExtraction: SheetExtraction {
    private let plan: StoreGridPlan
    private let harvest: Harvest
    private let order: SheetOrder
    private let sheet: Int32
    private var figures: RowFigures
    private var products: RowProducts
    private var stores: [Int32] = []
    private var sums: [ControlTotal.Sums]
    private var controls: RowControls
    private var rowsSeen = 0

    init(_ plan: StoreGridPlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
        harvest = order.harvest
        sheet = order.harvest.sheet(order.sheetName)
        figures = RowFigures(order, titles: [:])
        products = RowProducts(columns: plan.product)
        sums = plan.grid.stores.map { _ in ControlTotal.Sums(quantity: 0, amount: 0) }
        controls = RowControls(scope: "\(order.sheetName), columns \(plan.grid.total?.name ?? "")")
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.grid.headerIndex + 1 else { return }
        if stores.isEmpty { for store in plan.grid.stores { stores.append(try harvest.store(store.name)) } }
        figures.beginRow()
        if row.cells.isEmpty { return harvest.skip() }
        if plan.totals.markRow(row, before: plan.grid.firstColumn) { return total(row) }
        guard let product = try product(row) else { return }
        try sales(of: product, row)
    }

    func finish() throws { controls.report(to: harvest) }

    /// The product's number. Nil if the row has no sales; it is then counted, or refused.
    private mutating func product(_ row: Row) throws -> Int32? {
        let key = products.key(row, &figures)
        if plan.product.ean != nil, key.ean == nil {
            // A heading or a product without an EAN is no sale. Digits that are no EAN are a mistake.
            if figures.looksLikeEAN(plan.product.ean, row) { try harvest.refuse(figures.errors) } else { harvest.skip() }
            return nil
        }
        if key.isEmpty {
            harvest.skip()
            return nil
        }
        return try harvest.product(key) { products.naming(key) }
    }

    private mutating func sales(of product: Int32, _ row: Row) throws {
        var found = ControlTotal.Sums(quantity: 0, amount: 0)
        var isEmpty = true
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            switch store.read(row, &figures, harvest) {
            case .none: continue
            case .wrong: try harvest.refuse(figures.errors)
            case .sale(let quantity, let amount):
                guard let date = order.period?.date else { continue }
                found.add(quantity, amount)
                sums[place].add(quantity, amount)
                try harvest.take(
                    Draft(
                        sheet: sheet, row: Int32(clamping: row.number), product: product, store: stores[place], date: date,
                        quantity: quantity, amount: amount, details: order.period?.details))
            }
            isEmpty = false
        }
        if isEmpty { harvest.skip() }
        if let total = plan.grid.total {
            controls.add(row: row.number, file: figures.statedSums(quantity: total.quantity, amount: total.amount, row), extracted: found)
        }
    }

    private func total(_ row: Row) {
        harvest.skip()
        guard plan.totals.isOfAll(row) else { return }
        plan.grid.control(row, extracted: sums, figures, harvest)
    }
}
