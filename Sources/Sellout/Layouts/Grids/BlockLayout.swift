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
        return BlockPlan(layout: self, grid: grid, header: sheet.head[grid.headerIndex], code: code, name: name)
    }
}

/// Where the columns of a sheet of blocks are.
struct BlockPlan: SheetPlan {
    let layout: BlockLayout
    let grid: StoreGrid
    /// The row with the measures.
    let header: [String]
    let code: Int
    let name: Int

    var needs: PeriodNeed { .date }

    var fields: [Int: Field] { [code: .code, name: .name] }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { BlockExtraction(self, order) }
}
