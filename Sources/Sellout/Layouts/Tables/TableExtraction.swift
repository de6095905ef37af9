import Cells

/// How to read a table on one sheet: where its columns are, and what its layout says of its rows.
struct TablePlan: SheetPlan {
    /// The header's place among the sheet's rows, from 0.
    let headerIndex: Int
    let columns: TableColumns
    /// What the file calls its columns.
    let titles: [Int: String]
    /// The store's name where no column has it.
    let store: String?
    /// The store whose name the sheet has.
    let sheetStore: String?
    /// A row that is blank in one of these columns is no sale.
    let skipWithout: [Int?]
    let totals: TotalMarks
    let amount: AmountRule
    let hasLeadingNumber: Bool
    /// How periods are written.
    let periods: [PeriodPattern]

    var needs: PeriodNeed { !columns.isDated ? .date : periods.isEmpty ? .nothing : .yearIfAny }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { TableExtraction(self, order) }
}

/// Turns a table's rows into drafts, one sale per row, as they stream by.
struct TableExtraction: SheetExtraction {
    private let plan: TablePlan
    private let columns: TableColumns
    private let harvest: Harvest
    private let sheet: Int32
    private let sheetName: String
    private let fixedStore: String
    private let fixedPeriod: Period?
    private var figures: RowFigures
    private var products: RowProducts
    private var storeTexts = TextTable()
    /// The store's number by the number of its text.
    private var stores: [Int32: Int32] = [:]
    private var periods: RowPeriods
    private var rowsSeen = 0
    /// The sheet's sums, for its total row.
    private var sums = ControlTotal.Sums(quantity: 0, amount: 0)

    init(_ plan: TablePlan, _ order: SheetOrder) {
        self.plan = plan
        columns = plan.columns
        harvest = order.harvest
        sheetName = order.sheetName
        sheet = order.harvest.sheet(order.sheetName)
        fixedStore = plan.sheetStore ?? plan.store ?? order.conventions.vendorName
        fixedPeriod = order.period
        figures = RowFigures(order, titles: plan.titles)
        products = RowProducts(columns: plan.columns, hasLeadingNumber: plan.hasLeadingNumber)
        periods = RowPeriods(columns: plan.columns, texts: plan.periods, year: order.period?.year)
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1 else { return }
        if row.cells.isEmpty { return harvest.skip() }
        if plan.totals.markRow(row) { return total(row) }
        for column in plan.skipWithout where figures.isBlank(column, row) { return harvest.skip() }
        figures.beginRow()
        let product = product(row)
        let storeText = storeTexts.number(of: columns.store.flatMap { row.cell(column: $0) }, in: row)
        if storeText == TextTable.none, let column = columns.store, plan.store == nil { figures.missing(.store, column, row) }
        let quantity = figures.quantity(columns.quantity, row)
        let amount = plan.amount == .column ? figures.amount(.amount, columns.amount, row) : nil
        let period = columns.isDated ? periods.period(row, &figures) : fixedPeriod
        let details = details(row, period?.span)
        if quantity == 0, isNoSale(amount, row) { return harvest.skip() }
        guard figures.errors.isEmpty, let quantity, let date = period?.date, amount != nil || plan.amount == .listPrice else {
            return try harvest.refuse(figures.errors)
        }
        warnOfSigns(quantity, amount, row)
        sums.add(quantity, amount)
        let number = try harvest.product(product) { products.naming(product) }
        try harvest.take(
            Draft(
                sheet: sheet, row: Int32(clamping: row.number), product: number, store: try store(storeText), date: date,
                quantity: quantity, amount: amount, details: details))
    }

    func finish() throws {}

    private mutating func product(_ row: Row) -> ProductKey {
        let key = products.key(row, &figures)
        if key.isEmpty, figures.errors.isEmpty {
            let (field, column) = columns.naming
            figures.wrong(.missingRequiredField, field, column, row, "The row names no product.", "Fill in the product.")
        }
        return key
    }

    /// No pieces and no money are no sale. Money without pieces is an error: it must not be passed over in silence.
    private mutating func isNoSale(_ amount: Money?, _ row: Row) -> Bool {
        guard figures.errors.isEmpty else { return false }
        if (amount ?? .zero) == .zero, figures.conventions.zeroQuantity == .skip { return true }
        figures.wrong(
            .invalidQuantity, .quantity, columns.quantity, row, "The quantity is 0\(amount.map { ", the amount is \($0)" } ?? "").",
            "Write how many pieces were sold, or leave the row out.")
        return false
    }

    private func warnOfSigns(_ quantity: Int64, _ amount: Money?, _ row: Row) {
        guard let amount, quantity < 0 && amount.units > 0 || quantity > 0 && amount.units < 0 else { return }
        harvest.warn("SIGNS_DIFFER", "rows whose quantity and amount have different signs, the first is row \(row.number)")
    }

    private func total(_ row: Row) {
        harvest.skip()
        let stated = figures.statedSums(quantity: columns.quantity, amount: columns.amount, row)
        guard !stated.isEmpty, plan.totals.isOfAll(row) else { return }
        harvest.control(.compare("\(sheetName), row \(row.number)", file: stated, extracted: sums))
    }

    private mutating func store(_ text: Int32) throws(FileRefusal) -> Int32 {
        if let known = stores[text] { return known }
        let number = try harvest.store(storeTexts.text(text) ?? fixedStore)
        stores[text] = number
        return number
    }

    private mutating func details(_ row: Row, _ span: String?) -> SaleDetails? {
        guard columns.hasDetails else { return span.map { SaleDetails(span: $0) } }
        func text(_ column: Int?) -> String? {
            column.flatMap { row.cell(column: $0) }.map { String(row.string($0).prefix(200)) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let cost = figures.amount(.cost, columns.cost, row, required: false)
        let fee = figures.amount(.fee, columns.fee, row, required: false)
        return SaleDetails(
            orderID: text(columns.orderID), country: text(columns.country), city: text(columns.city), cost: cost, fee: fee, span: span)
    }
}
