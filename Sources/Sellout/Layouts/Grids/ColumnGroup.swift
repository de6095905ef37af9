import Settings
import Texts

/// Columns under one header that belong together: a store's quantity and amount.
struct ColumnGroup: Sendable {
    /// The headers over it, the outermost first, as the file writes them.
    let labels: [String]
    var quantity: Int?
    var amount: Int?
    let firstColumn: Int

    var columns: [Int] { [quantity, amount].compactMap { $0 } }

    func has(_ field: Field) -> Bool { (field == .quantity ? quantity : amount) != nil }

    mutating func add(_ field: Field, _ column: Int) {
        if field == .quantity { quantity = column } else { amount = column }
    }
}

/// Reads merged headers. A header holds up to the next one in its row, and no further than the header over it.
struct HeaderLevels {
    private let rows: [[String]]
    private var current: [String]

    init(_ rows: [[String]]) {
        self.rows = rows
        current = rows.map { _ in "" }
    }

    /// Moves on to a column further right, and tells whether another header begins there.
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
    /// The groups of a sheet whose measures are in the row at `index`, under so many rows of headers.
    static func all(in sheet: Glimpse.Sheet, measures: Measures, row index: Int, headerRows: Int) -> [ColumnGroup] {
        // By the sheet's own row numbers: the head leaves empty rows out.
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

/// The row under merged headers that names the same measures for each group: `Qty | Sum Eur | Qty | Sum Eur`.
struct Measures: Sendable {
    let headers: FieldHeaders
    let hasAmount: Bool

    init(_ node: SettingsNode) {
        headers = node.node("measures").map { FieldHeaders($0, allowed: [.quantity, .amount]) } ?? FieldHeaders()
        hasAmount = headers.has(.amount)
        if !node.has("measures") {
            node.fault("measures", "is missing; expected the headers of quantity and amount")
        } else if !headers.has(.quantity) {
            node.fault("measures.quantity", "is missing; expected its headers")
        }
    }

    var fields: [Field] { hasAmount ? [.quantity, .amount] : [.quantity] }

    /// What each column of the row measures.
    func columns(in folded: [String]) -> [(column: Int, field: Field)] {
        folded.enumerated().compactMap { column, text in
            guard !text.isEmpty else { return nil }
            for field in fields where headers.columns(in: [text])[field] != nil { return (column, field) }
            return nil
        }
    }

    /// A header that holds a measure's name and something beside it: `Qty (packs of 6)`.
    /// - Parameter lenient: whether a misspelt name counts too, because a group lacks one.
    func almost(in folded: [String], lenient: Bool) -> (column: Int, field: Field)? {
        for (column, text) in folded.enumerated() where !text.isEmpty {
            for field in fields where headers.columns(in: [text])[field] == nil {
                let isOther = fields.contains { headers.columns(in: [text])[$0] != nil }
                if !isOther,
                    headers.names(of: field).contains(where: { name in
                        text.hasPrefix(name) || text.hasSuffix(name)
                            || lenient && text.count > 3 && text.count < 40 && EditDistance.between(text, name) <= 2
                    })
                {
                    return (column, field)
                }
            }
        }
        return nil
    }

    func isMeasured(by folded: [String]) -> Bool {
        let found = columns(in: folded)
        return fields.allSatisfy { field in found.contains { $0.field == field } }
    }
}
