import Settings

/// A grid whose column groups are stores: one row per product, its quantity and amount under every store's header. Stores come
/// and go, so they are read from the headers.
package struct StoreGridLayout: SheetLayout {
    let sheets: [NamePattern]
    let stores: StoreHeaders
    let columns: FieldHeaders
    let totals: TotalMarks
    let period: PeriodRule

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        stores = StoreHeaders(node)
        columns = node.node("columns").map { FieldHeaders($0, allowed: TableLayout.productFields) } ?? FieldHeaders()
        totals = TotalMarks(node.namePatterns("totals"))
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        if !TableLayout.productFields.contains(where: columns.has) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        if period.isEmpty { node.fault("period", "is missing; expected where the sales' period stands") }
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        let grid = try stores.columns(of: sheet)
        let found = columns.columns(in: sheet.folded[grid.headerIndex])
        let missing = TableLayout.productFields.filter { columns.has($0) && $0 != .name && found[$0] == nil }
        if !missing.isEmpty || found.isEmpty {
            throw Shortfall(sheet, missing: missing.map { columns.title($0) }, row: sheet.head[grid.headerIndex], seen: 2)
        }
        return StoreGridPlan(grid: grid, product: TableColumns(found), totals: totals)
    }
}

/// Where a store grid's columns are.
struct StoreGridPlan: SheetPlan {
    let grid: StoreColumns
    let product: TableColumns
    let totals: TotalMarks

    var needs: PeriodNeed { .date }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { StoreGridExtraction(self, order) }
}
