import Settings

/// A table with one sale per row. Its columns are found by their headers, wherever they are.
struct TableLayout: SheetLayout {
    let sheets: [NamePattern]
    let period: PeriodRule
    private let columns: FieldHeaders
    /// A row without one of these fields is no sale: it is skipped and counted.
    private let skipWithout: Set<Field>
    /// Fields without which a sheet is not of this layout.
    private let needed: [Field]
    /// The store's name where no column has it.
    private let store: String?
    /// Each sheet is a store's and has its name.
    private let sheetsAreStores: Bool
    private let totals: TotalMarks
    private let amount: AmountRule
    /// A product's text begins with the reseller's number for it: `86033481 - rainbow rose`.
    private let hasLeadingNumber: Bool
    /// Headers that this layout never has: a sheet with one of them is somebody else's.
    private let without: [NamePattern]

    init(_ node: SettingsNode, sheetsAreStores: Bool = false) {
        self.sheetsAreStores = sheetsAreStores
        sheets = node.namePatterns("sheets")
        store = node.text("store")
        totals = TotalMarks(node.namePatterns("totals"))
        amount = node.choice("amount", default: AmountRule.column)
        hasLeadingNumber = node.flag("leading_number", default: false)
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        without = node.namePatterns("without")
        let columns = node.node("columns").map { FieldHeaders($0) } ?? FieldHeaders()
        self.columns = columns
        if !node.has("columns") { node.fault("columns", "is missing; expected the headers of each field") }
        func fields(_ key: String) -> [Field] {
            node.texts(key).compactMap { text -> Field? in
                if let field = Field(rawValue: text), columns.has(field) { return field }
                node.fault(key, "\"\(text)\" is no field of this layout's columns")
                return nil
            }
        }
        skipWithout = Set(fields("skip_without"))
        needed = fields("needs")
        check(node)
    }

    private func check(_ node: SettingsNode) {
        if !Field.naming.contains(where: columns.has) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        for field in [Field.quantity, .amount] where !columns.has(field) && (field == .quantity || amount == .column) {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        if !Field.canDate(with: columns.has), period.isEmpty {
            node.fault("columns", "expected date, period, or year and month, to date the sales; or a period from elsewhere")
        }
        if !columns.has(.store), store == nil, !sheetsAreStores {
            node.fault("store", "is missing; expected a store's name, or columns.store")
        }
    }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        var nearest = Shortfall(sheet, missing: missing(from: []))
        for (index, folded) in sheet.folded.enumerated() {
            let found = columns.columns(in: folded)
            let missing = missing(from: Set(found.keys))
            let seen = columns.headersSeen(in: folded)
            if missing.isEmpty, seen > 1 {
                if let foreign = folded.firstIndex(where: { !$0.isEmpty && without.match(folded: $0) }) {
                    throw Shortfall(sheet, foreign: sheet.head[index][foreign], seen: seen)
                }
                return plan(sheet, header: index, found)
            }
            let shortfall = Shortfall(sheet, missing: missing, row: sheet.head[index], seen: seen)
            if shortfall.isNearer(than: nearest) { nearest = shortfall }
        }
        throw nearest
    }

    private func plan(_ sheet: Glimpse.Sheet, header index: Int, _ found: [Field: Int]) -> TablePlan {
        TablePlan(
            headerIndex: index, columns: TableColumns(found), rivals: columns.rivals(in: sheet.folded[index], of: found),
            header: sheet.head[index], store: store, sheetStore: sheetsAreStores ? sheet.name.trimmedLine : nil,
            skipWithout: skipWithout.map { ($0, found[$0]) },
            totals: totals, amount: amount, hasLeadingNumber: hasLeadingNumber, periods: period.texts)
    }

    /// What lacks, in a person's words, if only these fields are found.
    private func missing(from found: Set<Field>) -> [String] {
        var missing: [String] = []
        func say(_ field: Field) { missing.append(columns.title(field)) }
        if !Field.naming.contains(where: found.contains), let first = Field.naming.first(where: columns.has) { say(first) }
        if !found.contains(.quantity) { say(.quantity) }
        if amount == .column, !found.contains(.amount) { say(.amount) }
        if !Field.canDate(with: found.contains), period.isEmpty {
            if columns.has(.year) {
                for field in [Field.year, .month] where !found.contains(field) { say(field) }
            } else {
                say(columns.has(.date) ? .date : .period)
            }
        }
        if !sheetsAreStores, store == nil, !found.contains(.store) { say(.store) }
        for field in skipWithout.subtracting(Field.naming) where !found.contains(field) && !missing.contains(columns.title(field)) {
            say(field)
        }
        for field in needed where !found.contains(field) && !missing.contains(columns.title(field)) { say(field) }
        return missing
    }
}

/// Tables of one kind on many sheets. Each sheet is a store's and has its name.
struct SheetPerStoreLayout: SheetLayout {
    private let table: TableLayout
    /// Sheets that are no store's.
    private let notStores: [NamePattern]

    init(_ node: SettingsNode) {
        notStores = node.namePatterns("not_stores")
        table = TableLayout(node, sheetsAreStores: true)
    }

    var sheets: [NamePattern] { table.sheets }
    var readsEverySheet: Bool { true }
    var period: PeriodRule { table.period }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        if notStores.match(folded: sheet.foldedName) || TotalWords.isTotal(sheet.name) { throw Shortfall(sheet, missing: []) }
        return try table.plan(sheet, conventions)
    }
}
