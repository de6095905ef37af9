import Settings

/// A sheet beside the sales that gives the same sums by another cut, such as by location: read for comparison only.
struct ControlSheet: Sendable {
    let sheets: [NamePattern]
    private let columns: FieldHeaders
    private let totals: TotalMarks

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        totals = TotalMarks(node.namePatterns("totals"))
        columns = node.node("columns").map { FieldHeaders($0, allowed: [.store, .quantity, .amount]) } ?? FieldHeaders()
        if sheets.isEmpty { node.fault("sheets", "is missing; expected the sheet's name") }
        for field in [Field.store, .quantity] where !columns.has(field) {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        node.nothingElse()
    }

    /// Nil where the sheet does not bear the columns.
    func plan(_ sheet: Glimpse.Sheet) -> ControlSheetPlan? {
        for (index, folded) in sheet.folded.enumerated() {
            let found = columns.columns(in: folded)
            if let store = found[.store], let quantity = found[.quantity] {
                return ControlSheetPlan(headerIndex: index, store: store, quantity: quantity, amount: found[.amount], totals: totals)
            }
        }
        return nil
    }
}

/// Where a control sheet's columns are.
struct ControlSheetPlan: SheetPlan {
    let headerIndex: Int
    let store: Int
    let quantity: Int
    let amount: Int?
    let totals: TotalMarks

    var needs: PeriodNeed { .nothing }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { ControlSheetExtraction(self, order) }
}
