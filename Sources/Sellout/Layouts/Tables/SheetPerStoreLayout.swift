import Settings

/// Tables of one kind on many sheets, each sheet a store's and called as the store is.
package struct SheetPerStoreLayout: SheetLayout {
    let table: TableLayout
    /// Sheets that are no store's.
    let notStores: [NamePattern]

    init(_ node: SettingsNode) {
        notStores = node.namePatterns("not_stores")
        table = TableLayout(node, storeIsElsewhere: true)
    }

    var sheets: [NamePattern] { table.sheets }
    var readsEverySheet: Bool { true }
    var period: PeriodRule { table.period }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        if notStores.match(folded: sheet.foldedName) { throw Shortfall(sheet, missing: []) }
        var plan = try table.plan(sheet, conventions, storeIsElsewhere: true)
        plan.sheetStore = sheet.name.trimmedLine
        return plan
    }
}
