/// Where each field's column is, as one sheet's header row says.
public struct HeaderRow: Sendable {
    /// The place of the row among the sheet's first rows, from 0.
    public let index: Int
    public let columns: [Field: Int]

    /// The first row that bears a header for every field that must be there.
    static func find(_ layout: TableLayout, in sheet: Glimpse.Sheet) -> HeaderRow? {
        for (index, cells) in sheet.head.enumerated() {
            let columns = layout.columns(in: cells)
            if layout.missing(from: Set(columns.keys)).isEmpty { return HeaderRow(index: index, columns: columns) }
        }
        return nil
    }
}

extension TableLayout {
    /// The column of each field that this row names. The leftmost wins where a header stands twice.
    func columns(in cells: [String]) -> [Field: Int] {
        let folded = cells.map(Folded.text)
        var found: [Field: Int] = [:]
        for (field, names) in columns {
            // In the order of the profile: a preferred header comes before its stand-ins.
            for name in names {
                if let column = folded.firstIndex(of: Folded.text(name)) {
                    found[field] = column
                    break
                }
            }
        }
        return found
    }

    /// What still lacks, in a person's words, when only these fields are found.
    func missing(from found: Set<Field>) -> [String] {
        var missing: [String] = []
        func say(_ field: Field) { missing.append((columns[field] ?? [field.rawValue]).joined(separator: " / ")) }
        if !TableLayout.productFields.contains(where: found.contains) {
            for field in TableLayout.productFields where columns[field] != nil {
                say(field)
                break
            }
        }
        for field in [Field.quantity, .amount] where !found.contains(field) { say(field) }
        if columns[.date] != nil, !found.contains(.date), columns[.year] == nil { say(.date) }
        if columns[.year] != nil, !found.contains(.date) {
            for field in [Field.year, .month] where !found.contains(field) { say(field) }
        }
        if store == nil, !found.contains(.store) { say(.store) }
        for field in skipWithout.subtracting(TableLayout.productFields) where !found.contains(field) { say(field) }
        return missing
    }
}
