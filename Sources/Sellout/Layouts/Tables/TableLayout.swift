import Settings

/// A table with one sale per row. Columns are found by their headers, wherever they stand.
package struct TableLayout: SheetLayout {
    /// Fields that name the product.
    static let productFields: [Field] = [.ean, .code, .name]

    var sheets: [NamePattern]
    var columns: FieldHeaders
    /// A row without this field is no sale: skipped and counted.
    var skipWithout: Set<Field>
    /// The store's name where no column bears it.
    var store: String?
    var totals: TotalMarks
    var amount: AmountRule
    /// A product's text begins with the reseller's number for it: `86033481 - rainbow rose`.
    var hasLeadingNumber: Bool
    var period: PeriodRule
    /// Headers that this layout never bears: with one of them it is somebody else's.
    var without: [NamePattern]
    var controlSheet: ControlSheet?

    /// - Parameter storeIsElsewhere: the sheet's name is the store.
    init(_ node: SettingsNode, storeIsElsewhere: Bool = false) {
        sheets = node.namePatterns("sheets")
        store = node.text("store")
        totals = TotalMarks(node.namePatterns("totals"))
        amount = node.choice("amount", default: AmountRule.column)
        hasLeadingNumber = node.flag("leading_number", default: false)
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        without = node.namePatterns("without")
        controlSheet = node.node("control_sheet").map { ControlSheet($0) }
        columns = node.node("columns").map { FieldHeaders($0) } ?? FieldHeaders()
        skipWithout = []
        if !node.has("columns") { node.fault("columns", "is missing; expected the headers of each field") }
        for text in node.texts("skip_without") {
            if let field = Field(rawValue: text), columns.has(field) {
                skipWithout.insert(field)
            } else {
                node.fault("skip_without", "\"\(text)\" is no field of this layout's columns")
            }
        }
        check(node, storeIsElsewhere)
    }

    private func check(_ node: SettingsNode, _ storeIsElsewhere: Bool) {
        if !TableLayout.productFields.contains(where: columns.has) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        for field in [Field.quantity, .amount] where !columns.has(field) && (field == .quantity || amount == .column) {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        let isDated = columns.has(.date) || columns.has(.period) || columns.has(.year) && columns.has(.month)
        if !isDated, period.isEmpty {
            node.fault("columns", "expected date, period, or year and month, to date the sales; or a period from elsewhere")
        }
        if !columns.has(.store), store == nil, !storeIsElsewhere {
            node.fault("store", "is missing; expected a store's name, or columns.store")
        }
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        try plan(sheet, conventions, storeIsElsewhere: false)
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions, storeIsElsewhere: Bool) throws(Shortfall) -> TablePlan {
        var nearest = Shortfall(sheet, missing: missing(from: [], storeIsElsewhere))
        for (index, folded) in sheet.folded.enumerated() {
            let found = columns.columns(in: folded)
            let missing = missing(from: Set(found.keys), storeIsElsewhere)
            let seen = columns.headersSeen(in: folded)
            if missing.isEmpty, seen > 1 {
                if let foreign = folded.firstIndex(where: { !$0.isEmpty && without.match(folded: $0) }) {
                    throw Shortfall(sheet, foreign: sheet.head[index][foreign], seen: seen)
                }
                return TablePlan(layout: self, headerIndex: index, columns: found, titles: sheet.head[index])
            }
            let shortfall = Shortfall(sheet, missing: missing, row: sheet.head[index], seen: seen)
            if shortfall.isNearer(than: nearest) { nearest = shortfall }
        }
        throw nearest
    }

    /// What still lacks, in a person's words, when only these fields are found.
    private func missing(from found: Set<Field>, _ storeIsElsewhere: Bool) -> [String] {
        var missing: [String] = []
        func say(_ field: Field) { missing.append(columns.title(field)) }
        if !TableLayout.productFields.contains(where: found.contains), let first = TableLayout.productFields.first(where: columns.has) {
            say(first)
        }
        if !found.contains(.quantity) { say(.quantity) }
        if amount == .column, !found.contains(.amount) { say(.amount) }
        let isDated = found.contains(.date) || found.contains(.period) || found.contains(.year) && found.contains(.month)
        if !isDated, period.isEmpty {
            if columns.has(.year) {
                for field in [Field.year, .month] where !found.contains(field) { say(field) }
            } else {
                say(columns.has(.date) ? .date : .period)
            }
        }
        if !storeIsElsewhere, store == nil, !found.contains(.store) { say(.store) }
        for field in skipWithout.subtracting(TableLayout.productFields) where !found.contains(field) { say(field) }
        return missing
    }
}

/// How a sale's amount is come by where a layout has no column of shares.
enum AmountRule: String, CaseIterable, Sendable {
    case column
    case listPrice = "list_price"
}
