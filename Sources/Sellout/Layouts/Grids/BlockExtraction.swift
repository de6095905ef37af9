import Cells

/// Makes one draft per product and store: of a block's total row, or of its size rows if the total is missing. What the two say is
/// compared.
struct BlockExtraction: SheetExtraction {
    private let plan: BlockPlan
    private let harvest: Harvest
    private let order: SheetOrder
    private let sheet: Int32
    private var figures: RowFigures
    private var block: ProductBlock?
    private var codes = TextTable()
    private var names = TextTable()
    private var stores: [Int32] = []
    private var sums: [ControlTotal.Sums]
    private var controls: RowControls
    /// The file's own sums over all stores.
    private var channels: RowControls
    private var account: SheetAccount
    private var checks: GridChecks
    private var rowsSeen = 0
    private var sawGrandTotal = false

    init(_ plan: BlockPlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
        harvest = order.harvest
        sheet = order.harvest.sheet(order.sheetName)
        figures = RowFigures(order, titles: [:])
        sums = plan.grid.stores.map { _ in ControlTotal.Sums(quantity: 0, amount: 0) }
        controls = RowControls(scope: "\(order.sheetName), size rows")
        channels = RowControls(scope: "\(order.sheetName), columns \(plan.grid.total?.name ?? "")")
        account = SheetAccount(order, header: plan.header, known: [plan.code, plan.name] + plan.grid.known, figures: plan.grid.figures)
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
        let isGrandTotal = isGrandTotal(row)
        if row.hasUncalculated, !isGrandTotal { try order.refuseUncalculated(in: [plan.code, plan.name] + plan.grid.figures, row) }
        if isGrandTotal {
            try close()
            return grandTotal(row)
        }
        let name = text(plan.name, row)
        if let name, let block, block.isTotal(name, word: plan.layout.blockTotal) { return try total(of: block, row) }
        if plan.layout.totals.markRow(row, before: plan.grid.firstColumn) { return try totalOfNoBlock(row) }
        if let code = text(plan.code, row), code != block?.code {
            try close()
            block = ProductBlock(code: code, name: name)
        }
        try size(row)
    }

    mutating func finish() throws {
        try close()
        try plan.grid.doubtMergedNames(order)
        account.report(to: harvest)
        controls.report(to: harvest)
        channels.report(to: harvest)
        checks.report(sold: plan.grid.stores.count, expected: false)
        if !sawGrandTotal, !plan.layout.grandTotal.isEmpty {
            let row = plan.layout.grandTotal[0].text
            harvest.doubt(
                "NO_GRAND_TOTAL", "the sheet \"\(order.sheetName)\" ends without its \(row) row, so the file may be cut off",
                Warning.Place(sheet: order.sheetName, range: "", look: "no \(row) row"))
        }
    }

    private func text(_ column: Int, _ row: Row) -> String? {
        row.cell(column: column).map { row.string($0).trimmedLine }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func isGrandTotal(_ row: Row) -> Bool {
        row.cells.contains { Int($0.column) < plan.grid.firstColumn && plan.layout.grandTotal.match(row.string($0)) }
            || plan.layout.totals.markRow(row, before: plan.grid.firstColumn) && plan.layout.totals.isOfAll(row)
    }

    /// A row's figures under each store. What is wrong with them is kept by `wrong`.
    private mutating func read(_ row: Row, wrong: (RowFigures, StoreColumns) throws -> Void) rethrows -> [GridChecks.Figure] {
        var found: [GridChecks.Figure] = []
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            switch store.read(row, &figures, harvest) {
            case .none: continue
            case .wrong: try wrong(figures, store)
            case .sale(let quantity, let amount): found.append(GridChecks.Figure(place: place, quantity: quantity, amount: amount))
            }
        }
        return found
    }

    /// Keeps a size row's figures, or counts a row that has none.
    private mutating func size(_ row: Row) throws {
        var wrong: [ProductBlock.Wrong] = []
        let product = block?.naming ?? ProductNaming()
        let found = read(row) { [harvest, sheet, order] figures, store in
            let parts = store.parts(of: product, row, figures, harvest, order.period)
            wrong.append(ProductBlock.Wrong(errors: figures.errors, row: MalformedRow(figures.errors, sheet: sheet, parts)))
        }
        harvest.skip(found.isEmpty ? .names : .sizes)
        guard !found.isEmpty || !wrong.isEmpty else { return }
        guard block != nil else {
            figures.beginRow()
            figures.wrong(
                .missingRequiredField, .code, plan.code, row, "The row has figures and belongs to no product.", "Fill in the product.")
            let parts = SaleParts(date: order.period?.date)
            return try harvest.refuse(figures.errors, MalformedRow(figures.errors, sheet: sheet, parts, holdsMany: true))
        }
        for wrong in wrong { block?.add(wrong) }
        for figure in found { try block?.add(ProductBlock.Size(row: row.number, figure: figure)) }
    }

    private mutating func total(of block: ProductBlock, _ row: Row) throws {
        self.block = nil
        let found = try read(row) { [harvest, sheet, order] figures, store in
            let parts = store.parts(of: block.naming, row, figures, harvest, order.period)
            try harvest.refuse(figures.errors, MalformedRow(figures.errors, sheet: sheet, parts))
        }
        var sum = ControlTotal.Sums(quantity: 0, amount: 0)
        for figure in found { sum.add(figure.quantity, figure.amount) }
        try sell(block, found, row: row)
        if found.isEmpty { harvest.skip(.nothingSold) }
        controls.add(row: row.number, file: block.sums, extracted: sum)
        if let total = plan.grid.total {
            order.doubtUnreadable(totals: total.columns, row)
            if let figure = total.sum(row, at: 0, figures) { checks.takeGrandTotal(figure, number: row.number) }
            channels.add(row: row.number, file: figures.statedSums(quantity: total.quantity, amount: total.amount, row), extracted: sum)
        }
        // A column's sum says whether its stores were read right: both channels could be wrong and their total be right.
        for (place, differing) in zip(plan.grid.stores.indices, block.differing(from: found, stores: plan.grid.stores.count))
        where differing {
            harvest.doubt(
                "SIZES_DIFFER",
                "the size rows of \"\(block.code)\" come to other figures than its total in row \(row.number) at \(plan.grid.stores[place].name)",
                order.place(row: row.number, plan.grid.stores[place].name))
        }
    }

    /// The total of a group of products, or of a product that no rows above it name.
    private mutating func totalOfNoBlock(_ row: Row) throws {
        let found = read(row) { _, _ in }
        // Called otherwise, and the sum of the block's sizes all the same.
        if let block, !block.sizes.isEmpty, !block.differing(from: found, stores: plan.grid.stores.count).contains(true) {
            return try total(of: block, row)
        }
        try close()
        harvest.skip(.total)
        checks.judge(partTotal: row, found)
    }

    /// Ends the block. If its total never came, its sizes are the sales; a total by another name is known by its figures.
    private mutating func close() throws {
        guard let block else { return }
        self.block = nil
        if let total = block.totalByFigures(stores: plan.grid.stores.count) {
            return try sell(block, total.map(\.figure), row: total[0].row)
        }
        for wrong in block.wrong { try harvest.refuse(wrong.errors, wrong.row) }
        for size in block.sizes { try sell(block, [size.figure], row: size.row) }
        if !block.sizes.isEmpty {
            harvest.warn("NO_BLOCK_TOTAL", "products without their \(plan.layout.blockTotal) row, the first is \(block.code)")
        }
    }

    private mutating func sell(_ block: ProductBlock, _ sold: [GridChecks.Figure], row: Row) throws {
        try sell(block, sold, row: row.number)
        for (place, subtotal) in plan.grid.subtotals.enumerated() {
            if let figure = subtotal.sum(row, at: plan.grid.stores.count + place, figures) { checks.takeSum(figure, number: row.number) }
        }
    }

    private mutating func sell(_ block: ProductBlock, _ sold: [GridChecks.Figure], row: Int) throws {
        guard let date = order.period?.date else { return }
        checks.take(sold, number: row)
        for figure in sold {
            sums[figure.place].add(figure.quantity, figure.amount)
            let key = ProductKey(
                ean: nil, code: number(block.code, &codes), name: block.name.map { number($0, &names) } ?? TextTable.none)
            let product = try harvest.product(key) { block.naming }
            try harvest.take(
                Draft(
                    sheet: sheet, row: Int32(clamping: row), product: product, store: stores[figure.place], date: date,
                    quantity: figure.quantity, amount: figure.amount, details: order.period?.details))
        }
    }

    private func number(_ text: String, _ table: inout TextTable) -> Int32 {
        let bytes = Array(text.utf8)
        return table.number(bytes.span)
    }

    private mutating func grandTotal(_ row: Row) {
        harvest.skip(.total)
        sawGrandTotal = true
        checks.sawTotal(row)
        order.doubtUnreadable(totals: plan.grid.figures, row)
        plan.grid.control(plan.grid.stated(row, figures), extracted: sums, harvest)
    }
}
