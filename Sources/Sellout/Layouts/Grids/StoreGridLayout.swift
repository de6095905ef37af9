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
        return StoreGridPlan(grid: grid, header: sheet.head[grid.headerIndex], product: TableColumns(found), totals: totals)
    }
}

/// Where a store grid's columns are.
struct StoreGridPlan: SheetPlan {
    let grid: StoreGrid
    /// The row with the measures.
    let header: [String]
    let product: TableColumns
    let totals: TotalMarks

    var needs: PeriodNeed { .date }

    var fields: [Int: Field] { product.fields }

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
    private var account: SheetAccount
    private var above: RowAbove
    private var checks: GridChecks
    private var sold: [GridChecks.Figure] = []
    private var rowsSeen = 0
    private var totalOnTop: [ControlTotal.Sums] = []

    init(_ plan: StoreGridPlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
        harvest = order.harvest
        sheet = order.harvest.sheet(order.sheetName)
        figures = RowFigures(order, titles: [:])
        products = RowProducts(columns: plan.product)
        sums = plan.grid.stores.map { _ in ControlTotal.Sums(quantity: 0, amount: 0) }
        controls = RowControls(scope: "\(order.sheetName), columns \(plan.grid.total?.name ?? "")")
        account = SheetAccount(
            order, header: plan.header, known: plan.product.all + plan.grid.known, figures: plan.product.ean.map { [$0] } ?? [])
        above = RowAbove(order)
        checks = GridChecks(
            order, names: (plan.grid.stores + plan.grid.subtotals).map(\.name),
            letters: (plan.grid.stores + plan.grid.subtotals).map(\.quantity),
            noun: "store")
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.grid.headerIndex + 1 else {
            if rowsSeen <= plan.grid.headerIndex { account.takeAbove(row) }
            return
        }
        account.take(row)
        if stores.isEmpty { for store in plan.grid.stores { stores.append(try harvest.store(store.name)) } }
        figures.beginRow()
        if plan.totals.markRow(row, before: plan.grid.firstColumn), !figures.hasEAN(plan.product.ean, row) { return try namedTotal(row) }
        if row.hasUncalculated { try order.refuseUncalculated(in: plan.product.all + plan.grid.figures, row) }
        let key = try above.product(products.key(row, &figures), plan.product, row, isGrid: true)
        let isProduct = plan.product.ean == nil ? !key.isEmpty : key.ean != nil
        // Digits that are no EAN are a mistake. A heading, or a product without an EAN, is no sale.
        if !isProduct, figures.looksLikeEAN(plan.product.ean, row) {
            let parts = SaleParts(date: order.period?.date)
            return try harvest.refuse(figures.errors, MalformedRow(figures.errors, sheet: sheet, parts, holdsMany: true))
        }
        try read(row, of: isProduct ? products.naming(key) : nil)
        if checks.isSum(sold, isProduct: isProduct) {
            if isProduct { checks.doubt(sumIn: row) }
            return total(row)
        }
        guard isProduct else { return try skipWithoutProduct(row) }
        try sell(try harvest.product(key) { products.naming(key) }, row)
    }

    func finish() throws {
        try plan.grid.doubtMergedNames(order)
        plan.grid.control(totalOnTop, extracted: sums, harvest)
        account.report(to: harvest)
        controls.report(to: harvest)
        checks.report(sold: plan.grid.stores.count, expected: plan.grid.hasTotals && plan.grid.total == nil)
    }

    /// What the row holds under each store. What cannot be read is an error of that store's sale only, where the row sells a product.
    private mutating func read(_ row: Row, of product: ProductNaming?) throws {
        sold.removeAll(keepingCapacity: true)
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            switch store.read(row, &figures, harvest) {
            case .none: continue
            case .wrong:
                guard let product else { continue }
                let parts = store.parts(of: product, row, figures, harvest, order.period)
                try harvest.refuse(figures.errors, MalformedRow(figures.errors, sheet: sheet, parts))
            case .sale(let quantity, let amount): sold.append(GridChecks.Figure(place: place, quantity: quantity, amount: amount))
            }
        }
    }

    private func skipWithoutProduct(_ row: Row) throws {
        if order.isHeader(row, plan.header, plan.grid.figures) { return order.headerAgain(row, afterSales: checks.hasSales) }
        var skipped = ControlTotal.Sums(quantity: 0, amount: 0)
        for figure in sold { skipped.add(figure.quantity, figure.amount) }
        harvest.skip(.withoutProduct, quantity: skipped.quantity ?? 0, amount: skipped.amount ?? 0, at: order.place(row))
    }

    private mutating func sell(_ product: Int32, _ row: Row) throws {
        guard let date = order.period?.date else { return }
        var found = ControlTotal.Sums(quantity: 0, amount: 0)
        for figure in sold {
            found.add(figure.quantity, figure.amount)
            sums[figure.place].add(figure.quantity, figure.amount)
            try harvest.take(
                Draft(
                    sheet: sheet, row: Int32(clamping: row.number), product: product, store: stores[figure.place], date: date,
                    quantity: figure.quantity, amount: figure.amount, details: order.period?.details))
        }
        checks.take(sold, of: product, number: row.number)
        if sold.isEmpty { harvest.skip(.nothingSold) }
        for (place, subtotal) in plan.grid.subtotals.enumerated() {
            if let figure = subtotal.sum(row, at: plan.grid.stores.count + place, figures) { checks.takeSum(figure, number: row.number) }
        }
        if let total = plan.grid.total {
            order.doubtUnreadable(totals: total.columns, row)
            if let figure = total.sum(row, at: 0, figures) { checks.takeGrandTotal(figure, number: row.number) }
            controls.add(row: row.number, file: figures.statedSums(quantity: total.quantity, amount: total.amount, row), extracted: found)
        }
    }

    private mutating func namedTotal(_ row: Row) throws {
        guard !plan.totals.isOfAll(row) else { return total(row) }
        try read(row, of: nil)
        harvest.skip(.total)
        checks.judge(partTotal: row, sold)
    }

    /// The sum of all, by its name or by its figures. On top of the rows it is compared when they have been read.
    private mutating func total(_ row: Row) {
        harvest.skip(.total)
        order.doubtUnreadable(totals: plan.grid.figures, row)
        let stated = plan.grid.stated(row, figures)
        if checks.hasSales { plan.grid.control(stated, extracted: sums, harvest) } else { totalOnTop = stated }
        checks.sawTotal(row)
    }
}
