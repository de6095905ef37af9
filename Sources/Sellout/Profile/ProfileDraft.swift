/// A first profile for an unknown file: what its columns look like, as JSON5 with comments, to be edited.
package struct ProfileDraft {
    private let glimpse: Glimpse
    private let sheet: Glimpse.Sheet
    private let headerIndex: Int
    private let columns: [ColumnGuess]

    /// Nil if no sheet has a row that could be a header.
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

    /// The row that names most fields; if none names any, the row with most texts.
    private static func header(of sheet: Glimpse.Sheet) -> (index: Int, score: Int)? {
        sheet.head.enumerated().map { index, row in
            let texts = row.filter { text in text.contains { $0.isLetter } && text.count < 60 }
            let fields = Set(texts.compactMap { ColumnGuess(header: $0, values: []).named })
            return (index: index, score: fields.count * 100 + texts.count)
        }.filter { $0.score > 1 }.max { ($0.score, -$0.index) < ($1.score, -$1.index) }
    }

    private var fields: [(field: Field, header: String)] {
        var found: [Field: String] = [:]
        // EANs are known by their values. For the rest the header counts, then the values.
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
            "// A draft from \"\(name.trimmedLine)\": check every line before you use it.", "{",
            "  reseller: \"new_reseller\",      // the folder's name", "  vendor_name: \"New reseller\",",
            "  // country: \"ES\",", "  currency: \"EUR\",              // what the amounts are in",
            "  numbers: \"\(numbers.rawValue)\",            // the decimal sign: comma or point",
            "  dates: \"\(dates.rawValue)\",                // dmy, mdy or ymd",
            "  living_document: false,       // true if each file holds the earlier periods again",
            "  signs: {                      // what the reseller's files are known by; with five of them it is sure",
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

/// The first word of a file's name that could be a reseller's name.
private enum FileWord {
    static func first(of name: String) -> String {
        name.split { !$0.isLetter }.first { $0.count >= 3 }.map { Folded.text(String($0)) } ?? Folded.text(name)
    }
}

/// What a column of an unknown table probably holds, by its header and by its values.
private struct ColumnGuess {
    private static let words: [(Field, [String])] = [
        (.ean, ["ean", "barcode", "gtin", "stockcode"]), (.orderID, ["order id", "order no", "order number"]),
        (.date, ["date", "datum", "fecha", "data"]),
        (.year, ["year", "jahr", "año", "rok"]), (.month, ["month", "monat", "mes", "miesiąc"]), (.period, ["period", "week"]),
        (.quantity, ["qty", "quantity", "orderqty", "units", "sold", "pieces", "antal", "menge", "cantidad", "ilość"]),
        (.amount, ["net", "amount", "value", "sales", "sum", "total", "revenue", "belopp", "umsatz", "importe"]),
        (.store, ["store", "branch", "pos", "location", "shop", "channel", "butik", "tienda"]),
        (.code, ["sku", "article no", "item no", "item id", "code", "reference"]),
        (.name, ["product", "description", "article", "item", "name"]),
        (.country, ["country"]), (.city, ["city"]),
    ]

    let header: String
    let values: [String]

    /// The field that the header's words name.
    var named: Field? {
        let folded = Folded.text(header)
        let parts = Set(folded.split { !$0.isLetter }.map(String.init))
        return ColumnGuess.words.first { _, words in
            words.contains { folded == $0 || parts.contains($0) || $0.count > 3 && folded.contains($0) }
        }?.0
    }

    var areEANs: Bool { most { EAN(Folded.text($0)) != nil } }

    var areDates: Bool { DateOrder.allCases.contains { order in most { ColumnGuess.day($0, order) } } }

    /// The orders in which all its dates can be read.
    var dateOrders: [DateOrder] { DateOrder.allCases.filter { order in most { ColumnGuess.day($0, order) } } }

    var haveDecimalCommas: Bool {
        values.contains { text in
            guard let comma = text.lastIndex(of: ",") else { return false }
            let places = text[text.index(after: comma)...].prefix { $0.isNumber }.count
            return places == 1 || places == 2
        }
    }

    private func most(_ holds: (String) -> Bool) -> Bool { !values.isEmpty && values.count(where: holds) * 10 >= values.count * 8 }

    private static func day(_ text: String, _ order: DateOrder) -> Bool {
        let bytes = Array(text.utf8)
        return order.read(bytes.span) != nil
    }
}
