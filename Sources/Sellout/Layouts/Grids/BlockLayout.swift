import Cells
import Settings

/// Blocks of rows, one per product, under groups of columns that are stores. A block has a row with the product's name, a row per
/// size, and a total row, which says the sizes' figures once more.
struct BlockLayout: SheetLayout {
    let sheets: [NamePattern]
    private let stores: StoreHeaders
    private let columns: FieldHeaders
    /// The word that follows the product's code in its total row.
    let blockTotal: String
    let grandTotal: [NamePattern]
    /// Other rows that are sums.
    let totals: TotalMarks
    let period: PeriodRule

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        stores = StoreHeaders(node)
        columns = node.node("columns").map { FieldHeaders($0, allowed: [.code, .name]) } ?? FieldHeaders()
        blockTotal = Folded.text(node.text("block_total") ?? "Total")
        grandTotal = node.namePatterns("grand_total")
        totals = TotalMarks(node.namePatterns("totals"))
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        for field in [Field.code, .name] where !columns.has(field) {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        if period.isEmpty { node.fault("period", "is missing; expected where the sales' period stands") }
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        let grid = try stores.grid(of: sheet)
        let found = columns.columns(in: sheet.folded[grid.headerIndex])
        guard let code = found[.code], let name = found[.name] else {
            let missing = [Field.code, .name].filter { found[$0] == nil }.map { columns.title($0) }
            throw Shortfall(sheet, missing: missing, row: sheet.head[grid.headerIndex], seen: 2)
        }
        return BlockPlan(layout: self, grid: grid, code: code, name: name)
    }
}

/// Where the columns of a sheet of blocks are.
struct BlockPlan: SheetPlan {
    let layout: BlockLayout
    let grid: StoreGrid
    let code: Int
    let name: Int

    var needs: PeriodNeed { .date }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { BlockExtraction(self, order) }
}

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
            switch store.read(row, &figures, harvest) {
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
            switch store.read(row, &figures, harvest) {
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

    /// Ends the block. If its total never came, its sizes are the sales.
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
                amount: amount, details: order.period?.details))
    }

    private func number(_ text: String, _ table: inout TextTable) -> Int32 {
        let bytes = Array(text.utf8)
        return table.number(bytes.span)
    }

    private mutating func grandTotal(_ row: Row) {
        harvest.skip()
        sawGrandTotal = true
        plan.grid.control(row, extracted: sums, figures, harvest)
    }
}

/// One product's rows while they stream by: what its sizes say, until its total says the same in one row.
private struct ProductBlock {
    struct Size {
        let row: Int
        /// The store's place among the grid's stores.
        let store: Int
        let quantity: Int64
        let amount: Money?
    }

    let code: String
    let name: String?
    private(set) var sizes: [Size] = []
    /// What is wrong with its size rows. It does not matter if the total can be read.
    private(set) var errors: [[RowError]] = []

    /// No product has more sizes: whatever goes on longer is no block.
    static let mostSizes = 10_000

    init(code: String, name: String?) {
        self.code = code
        self.name = name
    }

    mutating func add(_ size: Size) throws(FileRefusal) {
        guard sizes.count < ProductBlock.mostSizes else {
            throw FileRefusal(.limitExceeded, "The product \"\(code)\" has more than \(ProductBlock.mostSizes) size rows.")
        }
        sizes.append(size)
    }

    mutating func add(_ wrong: [RowError]) { if errors.count < ProductBlock.mostSizes { errors.append(wrong) } }

    func sums(of store: Int) -> ControlTotal.Sums {
        var sums = ControlTotal.Sums(quantity: 0, amount: 0)
        for size in sizes where size.store == store { sums.add(size.quantity, size.amount) }
        return sums
    }

    /// Whether a text such as `000834429 | 98-NO COLOUR Total` is this block's total.
    func isTotal(_ text: String, word: String) -> Bool { Folded.text(text) == "\(Folded.text(code)) \(word)" }
}
