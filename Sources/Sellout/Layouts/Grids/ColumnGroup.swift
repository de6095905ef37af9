/// Columns that belong together under one header: a store's quantity and amount.
struct ColumnGroup: Sendable {
    /// The headers over it, the outermost first, as the file writes them.
    let labels: [String]
    var quantity: Int?
    var amount: Int?
    let firstColumn: Int

    func has(_ field: Field) -> Bool { (field == .quantity ? quantity : amount) != nil }

    mutating func add(_ field: Field, _ column: Int) {
        if field == .quantity { quantity = column } else { amount = column }
    }
}

/// Reads merged headers: a header holds from its own column up to the next one in its row, and no further than the one over it.
struct HeaderLevels {
    private let rows: [[String]]
    private var current: [String]

    init(_ rows: [[String]]) {
        self.rows = rows
        current = rows.map { _ in "" }
    }

    /// Whether another header begins at this column; columns come in their order.
    mutating func moves(to column: Int) -> Bool {
        var begins = false
        for level in rows.indices {
            guard column < rows[level].count else { continue }
            let text = rows[level][column].trimmedLine
            guard !text.isEmpty, Folded.text(text) != Folded.text(current[level]) || begins else { continue }
            begins = true
            current[level] = text
            for lower in rows.indices where lower > level { current[lower] = "" }
        }
        return begins
    }

    var labels: [String] { current }
}

extension ColumnGroup {
    /// The groups of a sheet whose measures stand in the row at `index`, under so many rows of headers.
    static func all(in sheet: Glimpse.Sheet, measures: Measures, row index: Int, headerRows: Int) -> [ColumnGroup] {
        // By the sheet's own numbers: an empty row over the measures is none of those that stream by.
        let first = sheet.rowNumbers[index] - headerRows
        var levels = HeaderLevels((0..<index).filter { sheet.rowNumbers[$0] >= first }.map { sheet.head[$0] })
        var groups: [ColumnGroup] = []
        for (column, field) in measures.columns(in: sheet.folded[index]) {
            let begins = levels.moves(to: column)
            if let last = groups.last, !begins, !last.has(field) {
                groups[groups.count - 1].add(field, column)
            } else {
                var group = ColumnGroup(labels: levels.labels, firstColumn: column)
                group.add(field, column)
                groups.append(group)
            }
        }
        return groups
    }
}
