import Settings

/// Which column groups of a grid are stores, which are totals, and which are neither.
struct StoreColumns: Sendable {
    /// One store's columns.
    struct Store: Sendable {
        let name: String
        let quantity: Int
        let amount: Int?
    }

    let headerIndex: Int
    let stores: [Store]
    /// The file's own sums over all stores.
    let total: Store?
    let firstColumn: Int
}

/// How a grid's headers are to be read, as its profile says.
struct StoreHeaders: Sendable {
    let measures: Measures
    /// So many rows of headers stand over the measures.
    let headerRows: Int
    /// The lowest of them chooses between spans of time: only this one, such as `Actual`, holds sales.
    let span: NamePattern?
    let notStores: [NamePattern]
    let totals: [NamePattern]

    init(_ node: SettingsNode) {
        measures = Measures(node)
        headerRows = node.whole("header_rows", in: 1...10) ?? 1
        span = node.text("span").map { NamePattern($0) }
        notStores = node.namePatterns("not_stores")
        totals = node.namePatterns("total_columns")
        if span != nil, headerRows < 2 { node.fault("header_rows", "expected 2 or more: the lowest row of headers holds the span") }
    }

    func columns(of sheet: Glimpse.Sheet) throws(Shortfall) -> StoreColumns {
        guard let index = sheet.folded.indices.first(where: { measures.isMeasured(by: sheet.folded[$0]) }) else {
            let nearest = sheet.folded.indices.max {
                measures.columns(in: sheet.folded[$0]).count < measures.columns(in: sheet.folded[$1]).count
            }
            let seen = nearest.map { measures.columns(in: sheet.folded[$0]).count } ?? 0
            let missing = measures.fields.filter { field in
                !(nearest.map { index in measures.columns(in: sheet.folded[index]).contains { $0.field == field } } ?? false)
            }
            throw Shortfall(
                sheet, missing: missing.map { measures.headers.title($0) },
                row: seen > 0 ? nearest.map { sheet.head[$0] } ?? [] : sheet.head.first ?? [],
                seen: min(seen, 1))
        }
        let groups = ColumnGroup.all(in: sheet, measures: measures, row: index, headerRows: headerRows)
        return try columns(of: groups, sheet, index)
    }

    private func columns(of groups: [ColumnGroup], _ sheet: Glimpse.Sheet, _ index: Int) throws(Shortfall) -> StoreColumns {
        func fault(_ sentence: String) -> Shortfall { Shortfall(sheet, missing: [], seen: measures.fields.count, sentence: sentence) }
        var stores: [StoreColumns.Store] = []
        var total: StoreColumns.Store?
        var names: Set<String> = []
        for group in groups {
            var labels = group.labels
            let spanned = span == nil ? "" : labels.popLast() ?? ""
            if let span, !spanned.isEmpty, !span.matches(spanned) { continue }
            let name = labels.last { !$0.isEmpty } ?? ""
            if labels.contains(where: { notStores.match($0) }) { continue }
            let isTotal = labels.contains { totals.match($0) }
            let place = "column \(ColumnName.text(group.firstColumn)) of the sheet \"\(sheet.name)\""
            if let span, spanned.isEmpty { throw fault("Neither \"\(span.text)\" nor another span is named over \(place).") }
            if name.isEmpty { throw fault("No store is named over \(place).") }
            guard let quantity = group.quantity, group.amount != nil || !measures.hasAmount else {
                let missing = measures.fields.first { !group.has($0) }.map { measures.headers.title($0) } ?? ""
                if isTotal { continue }
                throw fault("The store \"\(name)\" at \(place) lacks the column \"\(missing)\".")
            }
            let columns = StoreColumns.Store(name: name, quantity: quantity, amount: group.amount)
            if isTotal {
                total = columns
            } else if names.insert(Folded.text(name)).inserted {
                stores.append(columns)
            } else {
                throw fault("Two groups of columns are called \"\(name)\", the second at \(place).")
            }
        }
        guard !stores.isEmpty else {
            let labels = Set(groups.flatMap(\.labels)).filter { !$0.isEmpty }.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            let wanted = span.map { " under \"\($0.text)\"" } ?? ""
            throw fault("The sheet \"\(sheet.name)\" has no store's columns\(wanted); found were \(labels.isEmpty ? "none" : labels).")
        }
        return StoreColumns(headerIndex: index, stores: stores, total: total, firstColumn: groups.first?.firstColumn ?? 0)
    }
}
