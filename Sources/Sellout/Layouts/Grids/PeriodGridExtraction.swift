import Cells

/// Makes one draft per product and period that has a quantity.
struct PeriodGridExtraction: SheetExtraction {
    private let plan: PeriodGridPlan
    private let harvest: Harvest
    private let storeName: String
    private let sheet: Int32
    /// The columns of the grid with the dates they stand for.
    private let columns: [(column: Int, date: SaleDate)]
    private var figures: RowFigures
    private var codes = TextTable()
    private var names = TextTable()
    private var controls: RowControls
    private var sums = ControlTotal.Sums(quantity: 0)
    private var columnSums: [Int64]
    private var rowsSeen = 0

    init(_ plan: PeriodGridPlan, _ order: SheetOrder) {
        self.plan = plan
        harvest = order.harvest
        storeName = plan.layout.store ?? order.conventions.vendorName
        sheet = order.harvest.sheet(order.sheetName)
        let year = order.period?.year
        columns = plan.periods.compactMap { column, period in
            if let date = period.date { return (column, date) }
            guard case .monthOfYear(let month) = period, let year, let dated = Month(year: year, month: month) else { return nil }
            return (column, .month(dated))
        }
        figures = RowFigures(order, titles: Dictionary(uniqueKeysWithValues: columns.map { ($0.column, Month($0.date.day).description) }))
        controls = RowControls(scope: "\(order.sheetName), column \(plan.layout.total?.text ?? "")")
        columnSums = columns.map { _ in 0 }
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1 else { return }
        figures.beginRow()
        if row.cells.isEmpty { return harvest.skip() }
        if plan.layout.totals.markRow(row, before: columns.first?.column ?? 0) { return total(row) }
        let ean = figures.ean(plan.product.ean, row)
        let code = codes.number(of: plan.product.code.flatMap { row.cell(column: $0) }, in: row)
        let name = names.number(of: plan.product.name.flatMap { row.cell(column: $0) }, in: row)
        if ean == nil, figures.errors.isEmpty, code == TextTable.none, name == TextTable.none { return harvest.skip() }
        let quantities = columns.enumerated().compactMap { place, column in
            figures.quantity(column.column, row, required: false).map { (place: place, quantity: $0) }
        }.filter { $0.quantity != 0 }
        if quantities.isEmpty, figures.errors.isEmpty { return harvest.skip() }
        let amounts = amounts(quantities.map(\.quantity), row)
        // A share cannot be right while one of the quantities is not.
        guard figures.errors.isEmpty else { return try harvest.refuse(figures.errors) }
        let product = try harvest.product(ProductKey(ean: ean, code: code, name: name)) {
            ProductNaming(ean: ean, code: codes.text(code), name: names.text(name))
        }
        try sales(of: product, quantities, amounts, row)
    }

    private mutating func sales(of product: Int32, _ quantities: [(place: Int, quantity: Int64)], _ amounts: [Money?], _ row: Row) throws {
        let store = try harvest.store(storeName)
        var found = ControlTotal.Sums(quantity: 0)
        for ((place, quantity), amount) in zip(quantities, amounts) {
            found.add(quantity, amount)
            columnSums[place] &+= quantity
            try harvest.take(
                Draft(
                    sheet: sheet, row: Int32(clamping: row.number), product: product, store: store, date: columns[place].date,
                    quantity: quantity, amount: amount))
        }
        sums.add(found)
        controls.add(row: row.number, file: figures.statedSums(quantity: plan.total, amount: nil, row), extracted: found)
    }

    /// The shares of the row's total; nil amounts are list price × quantity.
    private mutating func amounts(_ quantities: [Int64], _ row: Row) -> [Money?] {
        guard let column = plan.amount else { return quantities.map { _ in nil } }
        guard let total = figures.amount(.amount, column, row) else { return [] }
        if let shares = SharedOut.shares(of: total, by: quantities) { return shares }
        figures.wrong(
            .invalidPrice, .amount, column, row, "The quantities come to 0, but the amount is \(total): it cannot be shared out.",
            "Give the amount of each month.")
        return []
    }

    func finish() throws { controls.report(to: harvest) }

    private func total(_ row: Row) {
        harvest.skip()
        guard plan.layout.totals.isOfAll(row) else { return }
        for (place, column) in columns.enumerated() {
            let stated = figures.statedSums(quantity: column.column, amount: nil, row)
            guard stated.quantity != nil else { continue }
            harvest.control(.compare("\(Month(column.date.day))", file: stated, extracted: ControlTotal.Sums(quantity: columnSums[place])))
        }
        let stated = figures.statedSums(quantity: plan.total, amount: plan.amount, row)
        if stated.quantity != nil || stated.amount != nil { harvest.control(.compare("total", file: stated, extracted: sums)) }
    }
}
