import Cells

/// Makes one draft per product and store that has a quantity.
struct StoreGridExtraction: SheetExtraction {
    private let plan: StoreGridPlan
    private let harvest: Harvest
    private let order: SheetOrder
    private let sheet: Int32
    private var figures: RowFigures
    private var codes = TextTable()
    private var names = TextTable()
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
        guard let key = try product(row) else { return }
        try sales(of: key, row)
    }

    func finish() throws { controls.report(to: harvest) }

    /// The product's number; nil where the row is no product's, which is then counted.
    private mutating func product(_ row: Row) throws -> Int32? {
        let ean = figures.ean(plan.product.ean, row)
        if plan.product.ean != nil, ean == nil {
            // A heading or a product without EAN is no sale; digits that are no EAN are somebody's mistake.
            if figures.looksLikeEAN(plan.product.ean, row) { try harvest.refuse(figures.errors) } else { harvest.skip() }
            return nil
        }
        let code = codes.number(of: plan.product.code.flatMap { row.cell(column: $0) }, in: row)
        let name = names.number(of: plan.product.name.flatMap { row.cell(column: $0) }, in: row)
        if ean == nil, code == TextTable.none, name == TextTable.none {
            harvest.skip()
            return nil
        }
        return try harvest.product(ProductKey(ean: ean, code: code, name: name)) {
            ProductNaming(ean: ean, code: codes.text(code), name: names.text(name))
        }
    }

    private mutating func sales(of product: Int32, _ row: Row) throws {
        var found = ControlTotal.Sums(quantity: 0, amount: 0)
        var isEmpty = true
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            switch GridCell.read(store, row, &figures, harvest) {
            case .none: continue
            case .wrong: try harvest.refuse(figures.errors)
            case .sale(let quantity, let amount):
                guard let date = order.period?.date else { continue }
                found.add(quantity, amount)
                sums[place].add(quantity, amount)
                try harvest.take(
                    Draft(
                        sheet: sheet, row: Int32(clamping: row.number), product: product, store: stores[place], date: date,
                        quantity: quantity,
                        amount: amount, details: order.period?.span.map { SaleDetails(span: $0) }))
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
        for (store, sums) in zip(plan.grid.stores, sums) {
            let stated = figures.statedSums(quantity: store.quantity, amount: store.amount, row)
            if stated.quantity != nil || stated.amount != nil {
                harvest.control(.compare("store \(store.name)", file: stated, extracted: sums))
            }
        }
    }
}
