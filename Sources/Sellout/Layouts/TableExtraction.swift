import Cells

/// Reads a table's rows into drafts, one sale per row, as they stream by.
public struct TableExtraction {
    private let layout: TableLayout
    private let profile: Profile
    private let headers: HeaderRow
    private let harvest: Harvest
    private let sheet: Int32
    private var figures: RowFigures
    private var codes = TextTable()
    private var names = TextTable()
    private var storeTexts = TextTable()
    /// The store's number by the number of its text.
    private var stores: [Int32: Int32] = [:]
    private var rowsSeen = 0
    private let detailed: Bool

    public init(_ fit: Fit, profile: Profile, harvest: Harvest) {
        layout = fit.layout
        self.profile = profile
        headers = fit.headers
        self.harvest = harvest
        sheet = harvest.sheet(fit.sheetName)
        figures = RowFigures(profile: profile, headers: fit.headers, sheetName: fit.sheetName, titles: fit.titles)
        detailed = [.orderID, .country, .city, .cost, .fee].contains { fit.headers.columns[$0] != nil }
    }

    /// Takes the sheet's rows in their order, from its first.
    public mutating func take(_ row: Row) throws {
        rowsSeen += 1
        // `headers.index` counts the same stream of rows, from its first.
        guard rowsSeen > headers.index + 1 else { return }
        if row.cells.isEmpty || isTotal(row) || layout.skipWithout.contains(where: { isEmpty($0, row) }) {
            harvest.skip()
            return
        }
        figures.beginRow()
        let ean = figures.ean(row)
        let code = codes.number(of: figures.cell(.code, row), in: row)
        let name = names.number(of: figures.cell(.name, row), in: row)
        if ean == nil, figures.errors.isEmpty, code == TextTable.none, name == TextTable.none {
            let field = TableLayout.productFields.first { headers.columns[$0] != nil } ?? .ean
            figures.wrong(.missingRequiredField, field, row, "The row names no product.", "Fill in the product.")
        }
        let storeText = storeTexts.number(of: figures.cell(.store, row), in: row)
        if storeText == TextTable.none, headers.columns[.store] != nil, layout.store == nil {
            figures.wrong(.missingRequiredField, .store, row, "The row names no store.", "Fill in the store.")
        }
        let quantity = figures.quantity(row)
        let amount = figures.amount(.amount, row)
        let date = figures.date(row)
        let details = detailed ? details(row) : nil
        if let quantity, let amount, quantity == 0 {
            guard !isZeroSale(amount, row) else {
                harvest.skip()
                return
            }
        }
        guard figures.errors.isEmpty, let quantity, let amount, let date else {
            return try harvest.refuse(figures.errors)
        }
        let product = try harvest.product(ProductKey(ean: ean, code: code, name: name)) {
            ProductNaming(ean: ean, code: codes.text(code), name: names.text(name))
        }
        if quantity < 0 && amount.units > 0 || quantity > 0 && amount.units < 0 {
            harvest.warn("SIGNS_DIFFER", "rows whose quantity and amount have different signs, the first is row \(row.number)")
        }
        try harvest.take(
            Draft(
                sheet: sheet, row: Int32(clamping: row.number), product: product, store: try store(storeText), date: date, quantity: quantity,
                amount: amount, details: details))
    }

    /// No pieces and no money is no sale; money without pieces is not passed over in silence.
    private mutating func isZeroSale(_ amount: Money, _ row: Row) -> Bool {
        if amount == .zero, profile.zeroQuantity == .skip { return figures.errors.isEmpty }
        figures.wrong(
            .invalidQuantity, .quantity, row, "The quantity is 0, the amount is \(amount).", "Write how many pieces were sold, or leave the row out.")
        return false
    }

    private func isEmpty(_ field: Field, _ row: Row) -> Bool {
        guard let cell = figures.cell(field, row) else { return true }
        guard cell.kind == .text || cell.kind == .sharedText else { return false }
        return row.withText(of: cell) { text in
            for index in 0..<text.count where text[index] > 32 { return false }
            return true
        }
    }

    private func isTotal(_ row: Row) -> Bool {
        guard !layout.totals.isEmpty, let first = row.cells.first, first.kind == .text || first.kind == .sharedText else { return false }
        let text = Folded.text(row.string(first))
        return layout.totals.contains { text.hasPrefix($0) }
    }

    private mutating func store(_ text: Int32) throws(FileRefusal) -> Int32 {
        if let known = stores[text] { return known }
        let number = try harvest.store(storeTexts.text(text) ?? layout.store ?? profile.terms.vendorName)
        stores[text] = number
        return number
    }

    private mutating func details(_ row: Row) -> SaleDetails? {
        func text(_ field: Field) -> String? {
            figures.cell(field, row).map { String(row.string($0).prefix(200)) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let cost = figures.amount(.cost, row, required: false)
        let fee = figures.amount(.fee, row, required: false)
        return SaleDetails(orderID: text(.orderID), country: text(.country), city: text(.city), cost: cost, fee: fee)
    }
}
