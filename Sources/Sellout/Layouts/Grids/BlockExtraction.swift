import Cells

/// Makes one draft per product and store of each block's total; of its size rows only where the total is missing. What both say
/// is compared.
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
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.grid.headerIndex + 1, !row.cells.isEmpty else { return }
        if stores.isEmpty { for store in plan.grid.stores { stores.append(try harvest.store(store.name)) } }
        if isGrandTotal(row) {
            try close()
            return grandTotal(row)
        }
        let name = text(plan.name, row)
        if let name, let block, block.isTotal(name, word: plan.layout.blockTotal) { return try total(of: block, row) }
        if plan.layout.totals.markRow(row, before: plan.grid.firstColumn) { return harvest.skip() }
        if let code = text(plan.code, row), code != block?.code {
            try close()
            block = ProductBlock(code: code, name: name)
        }
        try size(row)
    }

    mutating func finish() throws {
        try close()
        controls.report(to: harvest)
        if !sawGrandTotal, !plan.layout.grandTotal.isEmpty {
            harvest.warn("NO_GRAND_TOTAL", "sheets that end without their \(plan.layout.grandTotal[0].text) row")
        }
    }

    private func text(_ column: Int, _ row: Row) -> String? {
        row.cell(column: column).map { row.string($0).trimmedLine }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func isGrandTotal(_ row: Row) -> Bool {
        row.cells.contains { Int($0.column) < plan.grid.firstColumn && plan.layout.grandTotal.match(row.string($0)) }
    }

    /// Keeps a size row's figures, or counts a row that has none.
    private mutating func size(_ row: Row) throws {
        harvest.skip()
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            switch GridCell.read(store, row, &figures, harvest) {
            case .none: continue
            case .wrong: block?.add(figures.errors)
            case .sale(let quantity, let amount):
                try block?.add(ProductBlock.Size(row: row.number, store: place, quantity: quantity, amount: amount))
            }
        }
    }

    private mutating func total(of block: ProductBlock, _ row: Row) throws {
        self.block = nil
        var found = ControlTotal.Sums(quantity: 0, amount: 0)
        var sizes = ControlTotal.Sums(quantity: 0, amount: 0)
        for (place, store) in plan.grid.stores.enumerated() {
            figures.beginRow()
            sizes.add(block.sums(of: place))
            switch GridCell.read(store, row, &figures, harvest) {
            case .none: continue
            case .wrong: try harvest.refuse(figures.errors)
            case .sale(let quantity, let amount):
                found.add(quantity, amount)
                try sell(block, place, quantity, amount, row: row.number)
            }
        }
        if found.quantity == 0, found.amount == 0 { harvest.skip() }
        controls.add(row: row.number, file: sizes, extracted: found)
    }

    /// A block that ends without its total is taken by its sizes.
    private mutating func close() throws {
        guard let block else { return }
        self.block = nil
        for errors in block.errors { try harvest.refuse(errors) }
        for size in block.sizes { try sell(block, size.store, size.quantity, size.amount, row: size.row) }
        if !block.sizes.isEmpty {
            harvest.warn("NO_BLOCK_TOTAL", "products without their \(plan.layout.blockTotal) row, the first is \(block.code)")
        }
    }

    private mutating func sell(_ block: ProductBlock, _ place: Int, _ quantity: Int64, _ amount: Money?, row: Int) throws {
        guard let date = order.period?.date else { return }
        sums[place].add(quantity, amount)
        let key = ProductKey(ean: nil, code: number(block.code, &codes), name: block.name.map { number($0, &names) } ?? TextTable.none)
        let product = try harvest.product(key) { ProductNaming(code: block.code, name: block.name) }
        try harvest.take(
            Draft(
                sheet: sheet, row: Int32(clamping: row), product: product, store: stores[place], date: date, quantity: quantity,
                amount: amount,
                details: order.period?.span.map { SaleDetails(span: $0) }))
    }

    private func number(_ text: String, _ table: inout TextTable) -> Int32 {
        let bytes = Array(text.utf8)
        return table.number(bytes.span)
    }

    private mutating func grandTotal(_ row: Row) {
        harvest.skip()
        sawGrandTotal = true
        for (store, sums) in zip(plan.grid.stores, sums) {
            let stated = figures.statedSums(quantity: store.quantity, amount: store.amount, row)
            if stated.quantity != nil || stated.amount != nil {
                harvest.control(.compare("store \(store.name)", file: stated, extracted: sums))
            }
        }
    }
}
