import Settings

/// The ways in which resellers lay out their sales: a small, closed set that profiles combine.
package enum Layout: Sendable {
    case table(TableLayout)
    case sheetPerStore(SheetPerStoreLayout)
    case storeGrid(StoreGridLayout)
    case periodGrid(PeriodGridLayout)
    case blocks(BlockLayout)

    private enum Kind: String, CaseIterable {
        case table
        case sheetPerStore = "sheet_per_store"
        case storeGrid = "store_grid"
        case periodGrid = "period_grid"
        case blocks
    }

    init(_ node: SettingsNode) {
        switch node.choice("kind", default: Kind.table) {
        case .table: self = .table(TableLayout(node))
        case .sheetPerStore: self = .sheetPerStore(SheetPerStoreLayout(node))
        case .storeGrid: self = .storeGrid(StoreGridLayout(node))
        case .periodGrid: self = .periodGrid(PeriodGridLayout(node))
        case .blocks: self = .blocks(BlockLayout(node))
        }
        node.nothingElse()
    }

    var form: any SheetLayout {
        switch self {
        case .table(let layout): layout
        case .sheetPerStore(let layout): layout
        case .storeGrid(let layout): layout
        case .periodGrid(let layout): layout
        case .blocks(let layout): layout
        }
    }

    /// A sheet beside the sales whose sums are compared with them.
    var controlSheet: ControlSheet? {
        if case .table(let layout) = self { layout.controlSheet } else { nil }
    }
}
