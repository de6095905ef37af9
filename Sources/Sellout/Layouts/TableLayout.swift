import Settings

/// A table with one sale per row. Columns are found by their headers, wherever they stand.
public struct TableLayout: Sendable {
    /// Sheet names that bear the table, folded; empty where any sheet may.
    public var sheets: [String]
    /// For each field the headers it goes by, as the profile writes them.
    public var columns: [Field: [String]]
    /// Fields that name the product.
    static let productFields: [Field] = [.ean, .code, .name]
    /// A row without this field is no sale: skipped and counted.
    public var skipWithout: Set<Field>
    /// The store's name where no column bears it.
    public var store: String?
    /// Folded beginnings of a first cell that mark total rows.
    public var totals: [String]

    init(_ node: SettingsNode) {
        _ = node.choice("kind", default: LayoutKind.table)
        sheets = node.texts("sheets").map(Folded.text)
        columns = [:]
        skipWithout = []
        store = node.text("store")
        totals = node.texts("totals").map(Folded.text)
        if let headers = node.node("columns") {
            for field in Field.allCases {
                let names = headers.texts(field.rawValue)
                if !names.isEmpty { columns[field] = names }
            }
            headers.nothingElse()
        } else {
            node.fault("columns", "is missing; expected the headers of each field")
        }
        for text in node.texts("skip_without") {
            if let field = Field(rawValue: text), columns[field] != nil {
                skipWithout.insert(field)
            } else {
                node.fault("skip_without", "\"\(text)\" is no field of this layout's columns")
            }
        }
        check(node)
        node.nothingElse()
    }

    private func check(_ node: SettingsNode) {
        if TableLayout.productFields.allSatisfy({ columns[$0] == nil }) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        for field in [Field.quantity, .amount] where columns[field] == nil {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        if columns[.date] == nil, columns[.year] == nil || columns[.month] == nil {
            node.fault("columns", "expected date, or year and month, to date the sales")
        }
        if columns[.store] == nil, store == nil { node.fault("store", "is missing; expected a store's name, or columns.store") }
        var owners: [String: Field] = [:]
        for (field, names) in columns {
            for name in names {
                if let owner = owners.updateValue(field, forKey: Folded.text(name)), owner != field {
                    node.fault("columns.\(field.rawValue)", "\"\(name)\" is a header of \(owner.rawValue) as well")
                }
            }
        }
    }
}

enum LayoutKind: String, CaseIterable { case table }
