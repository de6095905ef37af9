import Cells

/// Turns a table's rows into drafts, one sale per row, as they stream by.
struct TableExtraction: SheetExtraction {
    private let plan: TablePlan
    private let columns: TableColumns
    private let harvest: Harvest
    private let order: SheetOrder
    private let sheet: Int32
    private let fixedStore: String
    private var figures: RowFigures
    private var products: RowProducts
    private var storeTexts = TextTable()
    /// The store's number by the number of its text; `totalStore` for a text that means a sum.
    private var stores: [Int32: Int32] = [:]
    private var periods: RowPeriods
    private var account: SheetAccount
    private var above: RowAbove
    private var checks: TableChecks
    private var totals: StatedTotals
    private var rowsSeen = 0
    /// By the index of a shared text: 2 where it marks a total, 1 where it does not.
    private var knownMarks: [UInt8] = []

    private static let totalStore: Int32 = -2

    init(_ plan: TablePlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
        columns = plan.columns
        harvest = order.harvest
        sheet = order.harvest.sheet(order.sheetName)
        fixedStore = plan.sheetStore ?? plan.store ?? order.conventions.vendorName
        figures = RowFigures(order, titles: plan.titles)
        products = RowProducts(
            columns: plan.columns, hasLeadingNumber: plan.hasLeadingNumber,
            needsMapping: plan.needsEAN)
        periods = RowPeriods(columns: plan.columns, texts: plan.periods, year: order.period?.year)
        account = SheetAccount(
            order, header: plan.header, known: plan.columns.all + plan.rivals.map(\.column),
            figures: [plan.columns.quantity, plan.columns.amount].compactMap { $0 })
        above = RowAbove(order)
        checks = TableChecks(plan, order)
        totals = StatedTotals(order)
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1 else {
            if rowsSeen <= plan.headerIndex { account.takeAbove(row) }
            return
        }
        account.take(row)
        figures.beginRow()
        if let first = row.cells.first, plan.totals.mark(first, row, &knownMarks) { return total(row) }
        if row.hasUncalculated, figures.uncalculated(columns.all, row) { return try refuse(row, of: products.quietKey(row)) }
        let product = try above.product(products.key(row, &figures), plan.columns, row)
        for (field, column) in plan.skipWithout where figures.isBlank(column, row) {
            if field == .ean, product.ean != nil { continue }
            guard try lacks(field, product, row) else { return }
        }
        try sale(of: product, row)
    }

    private mutating func sale(of product: ProductKey, _ row: Row) throws {
        if product.isEmpty, figures.errors.isEmpty {
            let (field, column) = columns.naming
            figures.wrong(.missingRequiredField, field, column, row, "The row names no product.", "Fill in the product.")
        }
        let storeCell = columns.store.flatMap { row.cell(column: $0) }
        if let storeCell, storeCell.kind == .error { figures.refuseErrorValue(.store, columns.store, row) }
        let storeText = try above.store(storeTexts.number(of: storeCell, in: row), columns.store, row)
        if storeText == TextTable.none, let column = columns.store { figures.missing(.store, column, row) }
        let quantity = figures.quantity(columns.quantity, row)
        let amount = plan.amount == .column ? figures.amount(.amount, columns.amount, row) : nil
        let period = try columns.isDated ? above.period(columns, row) { periods.period(row, &figures) } : order.period
        let details = details(row, period?.span)
        if quantity == 0, isNoSale(amount, row) { return harvest.skip(.nothingSold) }
        guard figures.errors.isEmpty, let quantity, let period, let date = period.date, amount != nil || plan.amount == .listPrice else {
            return try refuse(row, of: product)
        }
        let store = try store(storeText)
        if store == TableExtraction.totalStore { return totalAmongSales(row, storeTexts.text(storeText) ?? "") }
        let number = try harvest.product(product) { products.naming(product) }
        let draft = Draft(
            sheet: sheet, row: Int32(clamping: row.number), product: number, store: store, date: date, quantity: quantity, amount: amount,
            details: details)
        let isSure = product.ean != nil || !plan.needsEAN
        totals.add(quantity, amount, isSure: isSure)
        checks.take(draft, isSure: isSure, period, row, figures)
        try harvest.take(draft)
    }

    func finish() throws {
        account.report(to: harvest)
        checks.report()
        totals.report()
    }

    /// A row without a field that each sale has. True where it may be a sale all the same: it names a product by its code, and
    /// operations may have mapped that.
    private mutating func lacks(_ field: Field, _ product: ProductKey, _ row: Row) throws -> Bool {
        let quantity = figures.stated(columns.quantity, row)
        let amount = figures.stated(columns.amount, row)
        if field == .quantity {
            guard let amount, amount.digits != 0 else { harvest.skip(.withoutQuantity); return false }
            figures.wrong(
                .invalidQuantity, .quantity, columns.quantity, row, "The quantity is empty, the amount is \(amount).",
                "Write how many pieces were sold, or leave the row out.")
            try harvest.refuse(figures.errors, part(of: product, row))
            return false
        }
        let pieces = quantity?.whole ?? 0
        let money = amount.flatMap { Money($0) }?.units ?? 0
        if totals.isTotal(quantity: pieces, amount: money) {
            total(row)
        } else if field == .ean, !product.isEmpty, quantity != nil, figures.errors.isEmpty, !figures.isBlank(columns.store, row) {
            if product.ean != nil || !products.isTotal(product) { return true }
            total(row)
        } else if figures.isReadable(columns.quantity, row), figures.isReadable(columns.amount, row) {
            harvest.skip(.withoutProduct, quantity: pieces, amount: money, at: order.place(row))
        } else {
            _ = figures.quantity(columns.quantity, row)
            _ = figures.amount(.amount, columns.amount, row)
            try refuse(row, of: product)
        }
        return false
    }

    /// Refuses the row, unless it is the header once more.
    private mutating func refuse(_ row: Row, of product: ProductKey) throws {
        let telling = [columns.quantity, columns.amount, columns.naming.column].compactMap { $0 }
        guard order.isHeader(row, plan.header, telling) else { return try harvest.refuse(figures.errors, part(of: product, row)) }
        order.headerAgain(row, afterSales: totals.hasSales)
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

    private mutating func total(_ row: Row) {
        if figures.hasEAN(columns.ean, row) { return totalAmongSales(row, row.cells.first.map(row.string) ?? "") }
        let stated = figures.statedSums(quantity: columns.quantity, amount: columns.amount, row)
        order.doubtUnreadable(totals: [columns.quantity, columns.amount].compactMap { $0 }, row)
        harvest.skip(.total)
        if plan.totals.isOfAll(row) {
            if !stated.isEmpty { totals.state(stated, row: row.number) }
        } else if !totals.takePart(stated) {
            let name = row.cells.first.map { row.string($0).trimmedLine } ?? ""
            harvest.doubt(
                "TOTAL_NOT_UNDERSTOOD",
                "row \(row.number) of the sheet \"\(order.sheetName)\" is called \"\(name)\", and is the sum of no rows above it",
                order.place(row: row.number, "\"\(name)\""))
        }
    }

    /// A row that sells a product and is called a sum: it is not sold, and somebody must look.
    private func totalAmongSales(_ row: Row, _ name: String) {
        harvest.skip(.total)
        harvest.doubt(
            "TOTAL_AMONG_SALES",
            "row \(row.number) of the sheet \"\(order.sheetName)\" is called \"\(name.trimmedLine)\": a sum is not sold",
            order.place(row: row.number, "\"\(name.trimmedLine)\""))
    }

    private mutating func store(_ text: Int32) throws(FileRefusal) -> Int32 {
        if let known = stores[text] { return known }
        let name = storeTexts.text(text)
        if let name, TotalWords.isTotal(name) {
            stores[text] = TableExtraction.totalStore
            return TableExtraction.totalStore
        }
        if let name { checks.take(storeNamed: name) }
        let number = try harvest.store(name ?? fixedStore)
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

extension TableExtraction {
    /// What can be read of a row that is refused, so that an operator can fill in the rest.
    fileprivate mutating func part(of product: ProductKey, _ row: Row) throws -> MalformedRow? {
        let errors = figures.errors
        defer { figures.restore(errors) }
        var parts = SaleParts(product: product.isEmpty ? nil : products.naming(product), isPriced: plan.amount == .listPrice)
        if let column = columns.store {
            let cell = row.cell(column: column).flatMap { $0.kind == .error || $0.kind == .uncalculated ? nil : $0 }
            let text = try above.store(storeTexts.number(of: cell, in: row), column, row)
            parts.store = storeTexts.text(text).flatMap { TotalWords.isTotal($0) ? nil : harvest.naming(ofStore: $0) }
        } else {
            parts.store = harvest.naming(ofStore: fixedStore)
        }
        parts.quantity = figures.quantity(columns.quantity, row)
        if plan.amount == .column { parts.amount = figures.amount(.amount, columns.amount, row) }
        let period = try columns.isDated ? above.period(columns, row) { periods.period(row, &figures) } : order.period
        parts.date = period?.date
        parts.details = details(row, period?.span) ?? SaleDetails()
        return MalformedRow(errors, sheet: sheet, parts) { [columns] letters in
            Field.allCases.first { columns.column(of: $0).map(ColumnName.text) == letters }?.rawValue
        }
    }
}
