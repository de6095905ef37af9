/// A first profile for a file that nobody knows: what its columns look like, as commented JSON5 to go on from.
package struct ProfileDraft {
    private let glimpse: Glimpse
    private let sheet: Glimpse.Sheet
    private let headerIndex: Int
    private let columns: [ColumnGuess]

    /// Nil where no sheet has a row that could be a header.
    package init?(_ glimpse: Glimpse) {
        let candidates = glimpse.sheets.filter { !$0.isHidden }.compactMap { sheet in ProfileDraft.header(of: sheet).map { (sheet, $0) } }
        guard let best = candidates.max(by: { $0.1.score < $1.1.score }) else { return nil }
        self.glimpse = glimpse
        (sheet, headerIndex) = (best.0, best.1.index)
        let body = sheet.head[(headerIndex + 1)...]
        columns = sheet.head[headerIndex].enumerated().map { place, header in
            ColumnGuess(header: header, values: body.compactMap { place < $0.count && !$0[place].isEmpty ? $0[place] : nil })
        }
    }

    /// The row whose texts name most fields; of those that name none, the one with most texts.
    private static func header(of sheet: Glimpse.Sheet) -> (index: Int, score: Int)? {
        sheet.head.enumerated().map { index, row in
            let texts = row.filter { text in text.contains { $0.isLetter } && text.count < 60 }
            let fields = Set(texts.compactMap { ColumnGuess(header: $0, values: []).named })
            return (index: index, score: fields.count * 100 + texts.count)
        }.filter { $0.score > 1 }.max { ($0.score, -$0.index) < ($1.score, -$1.index) }
    }

    private var fields: [(field: Field, header: String)] {
        var found: [Field: String] = [:]
        // What the values say cannot be mistaken; headers come after them.
        for column in columns where !column.header.isEmpty && found[.ean] == nil && column.areEANs { found[.ean] = column.header }
        for column in columns where !column.header.isEmpty && !found.values.contains(column.header) {
            let field = column.named ?? (column.areDates ? .date : nil)
            if let field, found[field] == nil, field != .ean || column.values.isEmpty { found[field] = column.header }
        }
        return Field.allCases.compactMap { field in found[field].map { (field, $0.trimmedLine) } }
    }

    package var text: String {
        let fields = fields
        let known = Set(fields.map(\.field))
        let dates = columns.first { $0.areDates }?.dateOrders.first ?? .dayFirst
        let numbers: NumberStyle = columns.contains { $0.haveDecimalCommas } ? .comma : .point
        let name = FileStem.of(glimpse.fileName)
        var lines = [
            "// A draft from \"\(name.trimmedLine)\": every line wants a look before it is used.", "{",
            "  reseller: \"new_reseller\",      // the folder's name", "  vendor_name: \"New reseller\",",
            "  // country: \"ES\",", "  currency: \"EUR\",              // what the amounts are in",
            "  numbers: \"\(numbers.rawValue)\",            // the decimal sign: comma or point",
            "  dates: \"\(dates.rawValue)\",                // dmy, mdy or ymd",
            "  living_document: false,       // true where each file holds the earlier periods again",
            "  signs: {                      // what the reseller's files are known by; five of them make it sure",
            "    file_name: [\(quoted(FileWord.first(of: name)))],",
        ]
        if !glimpse.isPlainTable { lines.append("    sheets: [\(quoted(sheet.name.trimmedLine))],") }
        let headers = columns.map { $0.header.trimmedLine }.filter { text in text.contains { $0.isLetter } }.prefix(7)
        lines += [
            "    headers: [\(headers.map(quoted).joined(separator: ", "))],", "  },", "  layouts: [", "    {", "      kind: \"table\",",
        ]
        if !glimpse.isPlainTable { lines.append("      sheets: [\(quoted(sheet.name.trimmedLine))],") }
        if !known.contains(.store) { lines.append("      store: \"New reseller\",      // no column looks like a store") }
        if !known.contains(.amount) { lines.append("      amount: \"list_price\",       // no column looks like an amount") }
        lines.append("      columns: {")
        lines += fields.map { "        \($0.field.rawValue): \(quoted($0.header))," }
        for field in [Field.quantity] where !known.contains(field) {
            lines.append("        \(field.rawValue): \"? \(field.rawValue)\",          // not found")
        }
        if known.isDisjoint(with: [.ean, .code, .name]) { lines.append("        ean: \"? ean\",               // not found") }
        if !known.contains(.date), !known.contains(.period), !known.isSuperset(of: [.year, .month]) {
            lines.append("        date: \"? date\",              // not found; or period: { file_name: \"MM-YYYY\" }")
        }
        lines += ["      },", "      totals: [\"total\", \"grand total\"],", "    },", "  ],", "}", ""]
        return lines.joined(separator: "\n")
    }

    private func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}

/// The first word of a name that could be somebody's.
private enum FileWord {
    static func first(of name: String) -> String {
        name.split { !$0.isLetter }.first { $0.count >= 3 }.map { Folded.text(String($0)) } ?? Folded.text(name)
    }
}
