import Cells

/// Makes one draft per product and period that has a quantity.
struct PeriodGridExtraction: SheetExtraction {
    private let plan: PeriodGridPlan
    private let harvest: Harvest
    private let order: SheetOrder
    private let storeName: String
    private let sheet: Int32
    /// The grid's columns, and the date of each.
    private let columns: [(column: Int, date: SaleDate, details: SaleDetails?)]
    private var figures: RowFigures
    private var products: RowProducts
    private var controls: RowControls
    private var sums = ControlTotal.Sums(quantity: 0)
    private var columnSums: [Int64]
    private var account: SheetAccount
    private var above: RowAbove
    private var checks: GridChecks
    private var rowsSeen = 0
    private var totalOnTop: StatedRow?

    init(_ plan: PeriodGridPlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
        harvest = order.harvest
        storeName = plan.layout.store ?? order.conventions.vendorName
        sheet = order.harvest.sheet(order.sheetName)
        columns = plan.periods.compactMap { column, written in
            let period = written.completed(year: order.period?.year)
            return period.date.map { (column, $0, period.details) }
        }
        let months = columns.map { Month($0.date.day).description }
        figures = RowFigures(order, titles: Dictionary(uniqueKeysWithValues: zip(columns.map(\.column), months)))
        products = RowProducts(columns: plan.product)
        controls = RowControls(scope: "\(order.sheetName), column \(plan.layout.total?.text ?? "")")
        columnSums = columns.map { _ in 0 }
        account = SheetAccount(order, header: plan.header, known: plan.known, figures: columns.map(\.column))
        above = RowAbove(order)
        checks = GridChecks(order, names: months, letters: columns.map(\.column), noun: "period")
        inOrder()
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1 else {
            if rowsSeen <= plan.headerIndex { account.takeAbove(row) }
            return
        }
        account.take(row)
        figures.beginRow()
        if plan.layout.totals.markRow(row, before: columns.first?.column ?? 0) { return namedTotal(row) }
        if row.hasUncalculated { try order.refuseUncalculated(in: plan.sold, row) }
        if order.isHeader(row, plan.header, columns.map(\.column)) { return order.headerAgain(row, afterSales: checks.hasSales) }
        let key = try above.product(products.key(row, &figures), plan.product, row, isGrid: true)
        let quantities = columns.enumerated().compactMap { place, column in
            figures.quantity(column.column, row, required: false).map { GridChecks.Figure(place: place, quantity: $0, amount: nil) }
        }.filter { $0.quantity != 0 }
        if quantities.isEmpty, figures.errors.isEmpty { return empty(row) }
        if checks.isSum(quantities, isProduct: true) {
            checks.doubt(sumIn: row)
            return total(row)
        }
        if key.isEmpty, figures.errors.isEmpty {
            let (field, column) = plan.product.naming
            figures.wrong(.missingRequiredField, field, column, row, "The row names no product.", "Fill in the product.")
        }
        let amounts = amounts(quantities.map(\.quantity), row)
        // While one of the quantities is wrong, every share of the amount is.
        guard figures.errors.isEmpty else {
            let parts = SaleParts(product: key.isEmpty ? nil : products.naming(key), store: harvest.naming(ofStore: storeName))
            return try harvest.refuse(figures.errors, MalformedRow(figures.errors, sheet: sheet, parts, holdsMany: true))
        }
        let product = try harvest.product(key) { products.naming(key) }
        try sales(of: product, quantities, amounts, row)
    }

    private mutating func sales(of product: Int32, _ quantities: [GridChecks.Figure], _ amounts: [Money?], _ row: Row) throws {
        let store = try harvest.store(storeName)
        var found = ControlTotal.Sums(quantity: 0)
        for (figure, amount) in zip(quantities, amounts) {
            found.add(figure.quantity, amount)
            columnSums[figure.place] &+= figure.quantity
            if let amount, figure.quantity < 0 && amount.units > 0 || figure.quantity > 0 && amount.units < 0 {
                harvest.doubt(
                    "SIGNS_DIFFER",
                    "row \(row.number) of the sheet \"\(order.sheetName)\" has a quantity and an amount of different signs",
                    order.place(row: row.number, "quantity \(figure.quantity), amount \(amount)"))
            }
            try harvest.take(
                Draft(
                    sheet: sheet, row: Int32(clamping: row.number), product: product, store: store, date: columns[figure.place].date,
                    quantity: figure.quantity, amount: amount, details: columns[figure.place].details))
        }
        checks.take(quantities, of: product, number: row.number)
        sums.add(found)
        if let total = plan.total { order.doubtUnreadable(totals: [total], row) }
        let stated = figures.statedSums(quantity: plan.total, amount: nil, row)
        if let pieces = stated.quantity {
            checks.takeGrandTotal(GridChecks.Figure(place: 0, quantity: pieces, amount: nil), number: row.number)
        }
        controls.add(row: row.number, file: stated, extracted: found)
    }

    /// A row without pieces sells nothing. Where it has money, or a total of pieces, something is missing.
    private func empty(_ row: Row) {
        let amount = figures.stated(plan.amount, row)
        let total = figures.stated(plan.total, row)
        guard amount?.digits ?? 0 != 0 || total?.digits ?? 0 != 0 else { return harvest.skip(.nothingSold) }
        harvest.skip(.nothingSold, quantity: total?.whole ?? 0, amount: amount.flatMap { Money($0) }?.units ?? 0)
        harvest.doubt(
            "AMOUNT_WITHOUT_QUANTITY",
            "row \(row.number) of the sheet \"\(order.sheetName)\" has a total, and no quantity in any period",
            order.place(row: row.number, "total \(total?.description ?? "-"), amount \(amount?.description ?? "-")"))
    }

    /// Each quantity's share of the row's amount; nil means the list price × quantity.
    private mutating func amounts(_ quantities: [Int64], _ row: Row) -> [Money?] {
        guard let column = plan.amount else { return quantities.map { _ in nil } }
        guard let total = figures.amount(.amount, column, row) else { return [] }
        if let shares = SharedOut.shares(of: total, by: quantities) { return shares }
        figures.wrong(
            .invalidPrice, .amount, column, row, "The quantities come to 0, but the amount is \(total): it cannot be shared out.",
            "Give the amount of each month.")
        return []
    }

    func finish() throws {
        if let totalOnTop { control(totalOnTop) }
        account.report(to: harvest)
        controls.report(to: harvest)
        checks.report(sold: columns.count, expected: false)
    }

    /// Two headers that changed places would book their months wrongly, and no sum would tell.
    private func inOrder() {
        for (one, next) in zip(columns, columns.dropFirst()) where next.date.day <= one.date.day {
            harvest.doubt(
                "PERIODS_OUT_OF_ORDER",
                "the columns of the sheet \"\(order.sheetName)\" are not in the order of time: \(title(next.column)) comes behind \(title(one.column))",
                Warning.Place(sheet: order.sheetName, range: title(next.column), look: Month(next.date.day).description))
        }
    }

    private func title(_ column: Int) -> String { "column \(ColumnName.text(column)) \"\(plan.header[column].trimmedLine)\"" }

    private mutating func namedTotal(_ row: Row) {
        guard !plan.layout.totals.isOfAll(row) else { return total(row) }
        harvest.skip(.total)
        let said = columns.enumerated().compactMap { place, column in
            figures.statedSums(quantity: column.column, amount: nil, row).quantity.map {
                GridChecks.Figure(place: place, quantity: $0, amount: nil)
            }
        }
        checks.judge(partTotal: row, said.filter { $0.quantity != 0 })
    }

    /// The sum of all, by its name or by its figures. On top of the rows it is compared when they have been read.
    private mutating func total(_ row: Row) {
        harvest.skip(.total)
        order.doubtUnreadable(totals: columns.map(\.column) + [plan.total, plan.amount].compactMap { $0 }, row)
        let stated = StatedRow(
            columns: columns.map { figures.statedSums(quantity: $0.column, amount: nil, row) },
            all: figures.statedSums(quantity: plan.total, amount: plan.amount, row))
        if checks.hasSales { control(stated) } else { totalOnTop = stated }
        checks.sawTotal(row)
    }

    /// What a total row says of each period, and of all.
    private struct StatedRow {
        let columns: [ControlTotal.Sums]
        let all: ControlTotal.Sums
    }

    private func control(_ stated: StatedRow) {
        for (place, column) in columns.enumerated() where stated.columns[place].quantity != nil {
            harvest.control(
                .compare(
                    "\(Month(column.date.day))", file: stated.columns[place], extracted: ControlTotal.Sums(quantity: columnSums[place])))
        }
        if !stated.all.isEmpty { harvest.control(.compare("total", file: stated.all, extracted: sums)) }
    }
}
