import Settings

/// How to read a grid's headers, as its profile says: which groups of columns are stores, which are totals, and which are neither.
struct StoreHeaders: Sendable {
    fileprivate let measures: Measures
    /// How many rows of headers are over the measures.
    private let headerRows: Int
    /// The lowest of them tells spans of time apart. Only this one, such as `Actual`, holds sales.
    fileprivate let span: NamePattern?
    fileprivate let notStores: [NamePattern]
    /// Headers over the stores' names, which are never a store's themselves: countries.
    fileprivate let overStores: [NamePattern]
    fileprivate let totals: [NamePattern]

    init(_ node: SettingsNode) {
        measures = Measures(node)
        headerRows = node.whole("header_rows", in: 1...10) ?? 1
        span = node.text("span").map { NamePattern($0) }
        notStores = node.namePatterns("not_stores")
        overStores = node.namePatterns("over_stores")
        totals = node.namePatterns("total_columns")
        if span != nil, headerRows < 2 { node.fault("header_rows", "expected 2 or more: the lowest row of headers holds the span") }
    }

    func grid(of sheet: Glimpse.Sheet) throws(Shortfall) -> StoreGrid {
        guard let index = sheet.folded.indices.first(where: { measures.isMeasured(by: sheet.folded[$0]) }) else {
            throw shortfall(of: sheet)
        }
        let groups = ColumnGroup.all(in: sheet, measures: measures, row: index, headerRows: headerRows)
        if let sentence = oddMeasure(groups, sheet, index) {
            throw Shortfall(sheet, missing: [], seen: measures.fields.count, sentence: sentence)
        }
        var sorted = SortedGroups(headers: self, sheet: sheet, index: index, groups: groups)
        for group in groups { try sorted.take(group) }
        return try sorted.grid()
    }

    /// What the row that has most measures lacks.
    private func shortfall(of sheet: Glimpse.Sheet) -> Shortfall {
        let rows = sheet.folded.map { measures.columns(in: $0).map(\.field) }
        let nearest = rows.indices.max { rows[$0].count < rows[$1].count }
        let found = nearest.map { rows[$0] } ?? []
        let row = nearest.map { found.isEmpty ? sheet.head[0] : sheet.head[$0] } ?? []
        let missing = measures.fields.filter { !found.contains($0) }.map { measures.headers.title($0) }
        return Shortfall(sheet, missing: missing, row: row, seen: min(found.count, 1))
    }

    /// A measure's header that is empty, or has something beside its name.
    private func oddMeasure(_ groups: [ColumnGroup], _ sheet: Glimpse.Sheet, _ index: Int) -> String? {
        if let blank = blankMeasure(groups, sheet.folded[index]) {
            let store = blank.group.labels.last { !$0.isEmpty }.map { " for \"\($0)\"" } ?? ""
            return "The header in column \(ColumnName.text(blank.column)) of the sheet \"\(sheet.name)\" is empty, where "
                + "\"\(measures.headers.title(blank.field))\" is expected\(store)."
        }
        guard
            let odd = measures.almost(
                in: sheet.folded[index], lenient: groups.contains { $0.quantity == nil || measures.hasAmount && $0.amount == nil })
        else { return nil }
        let title = sheet.head[index][odd.column].trimmedLine
        return "The header \"\(title)\" in column \(ColumnName.text(odd.column)) of the sheet \"\(sheet.name)\" is not quite "
            + "\"\(measures.headers.title(odd.field))\"."
    }

    /// An empty header where a group lacks one of its two measures.
    private func blankMeasure(_ groups: [ColumnGroup], _ folded: [String]) -> (column: Int, field: Field, group: ColumnGroup)? {
        guard measures.hasAmount else { return nil }
        for group in groups where group.quantity == nil || group.amount == nil {
            let isQuantity = group.quantity == nil
            let column = isQuantity ? (group.amount ?? 0) - 1 : (group.quantity ?? 0) + 1
            let isEmpty = column >= 0 && (column >= folded.count || folded[column].isEmpty)
            if isEmpty { return (column, isQuantity ? .quantity : .amount, group) }
        }
        return nil
    }
}

/// The groups of one sheet, told apart one after the other.
private struct SortedGroups {
    let headers: StoreHeaders
    let sheet: Glimpse.Sheet
    /// The row with the measures.
    let index: Int
    let groups: [ColumnGroup]
    private var stores: [StoreColumns] = []
    private var total: StoreColumns?
    private var subtotals: [StoreColumns] = []
    private var known: [Int] = []
    /// What has columns under another span.
    private var unsold: [String] = []
    private var names: Set<String> = []

    init(headers: StoreHeaders, sheet: Glimpse.Sheet, index: Int, groups: [ColumnGroup]) {
        self.headers = headers
        self.sheet = sheet
        self.index = index
        self.groups = groups
    }

    private func fault(_ sentence: String) -> Shortfall {
        Shortfall(sheet, missing: [], seen: headers.measures.fields.count, sentence: sentence)
    }

    private func place(_ group: ColumnGroup) -> String {
        let measure = sheet.head[index][group.firstColumn].trimmedLine
        return "column \(ColumnName.text(group.firstColumn)) (\"\(measure)\") of the sheet \"\(sheet.name)\""
    }

    mutating func take(_ group: ColumnGroup) throws(Shortfall) {
        var labels = group.labels
        let spanned = headers.span == nil ? "" : labels.popLast() ?? ""
        let isNoStore = labels.contains { headers.notStores.match($0) && !headers.totals.match($0) }
        if let span = headers.span, !spanned.isEmpty, !span.matches(spanned) {
            known += group.columns
            if !isNoStore, !labels.contains(where: { headers.totals.match($0) }) { unsold.append(labels.last { !$0.isEmpty } ?? "") }
            return
        }
        if isNoStore { return known += group.columns }
        if let span = headers.span, spanned.isEmpty {
            throw fault("Neither \"\(span.text)\" nor another span is named over \(place(group)).")
        }
        let isTotal = labels.contains { headers.totals.match($0) || TotalWords.isTotal($0) }
        let name = labels.last { !$0.isEmpty } ?? ""
        if !isTotal, !isNamed(labels, name, group) { throw fault("No store is named over \(place(group)): its header is empty.") }
        guard let quantity = group.quantity, group.amount != nil || !headers.measures.hasAmount else {
            // What is left of a total is compared with nothing: its figures are accounted for by nobody.
            if isTotal { return }
            let missing = headers.measures.fields.first { !group.has($0) }.map { headers.measures.headers.title($0) } ?? ""
            throw fault("The store \"\(name)\" at \(place(group)) lacks the column \"\(missing)\".")
        }
        known += group.columns
        let columns = StoreColumns(name: name, quantity: quantity, amount: group.amount)
        if isTotal {
            if isGrand(labels), total == nil { total = columns } else { subtotals.append(columns) }
        } else if names.insert(Folded.text(name)).inserted {
            stores.append(columns)
        } else {
            let expected =
                headers.totals.first.map { total == nil ? " Perhaps its own header, such as \"\($0.text)\", is missing." : "" } ?? ""
            throw fault("Two groups of columns are called \"\(name)\", the second at \(place(group)).\(expected)")
        }
    }

    /// A header over several groups is a country's: the store below it has lost its name.
    private func isNamed(_ labels: [String], _ name: String, _ group: ColumnGroup) -> Bool {
        if name.isEmpty || headers.overStores.match(name) { return false }
        return labels.last?.isEmpty == false || groups.count { $0.labels.first == group.labels.first } == 1
    }

    /// Whether a total is of all stores: its outermost header says so.
    private func isGrand(_ labels: [String]) -> Bool {
        guard let outermost = labels.first(where: { !$0.isEmpty }) else { return false }
        return headers.totals.match(outermost) || TotalWords.isAlone(outermost)
    }

    func grid() throws(Shortfall) -> StoreGrid {
        guard !stores.isEmpty else {
            let labels = Set(groups.flatMap(\.labels)).filter { !$0.isEmpty }.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            let wanted = headers.span.map { " under \"\($0.text)\"" } ?? ""
            throw fault("The sheet \"\(sheet.name)\" has no store's columns\(wanted); found were \(labels.isEmpty ? "none" : labels).")
        }
        if let span = headers.span, let lost = unsold.first(where: { !$0.isEmpty && !names.contains(Folded.text($0)) }) {
            throw fault("The store \"\(lost)\" of the sheet \"\(sheet.name)\" has no columns under \"\(span.text)\".")
        }
        return StoreGrid(
            headerIndex: index, nameRow: sheet.rowNumbers[index] - (headers.span == nil ? 1 : 2), stores: stores, total: total,
            subtotals: subtotals, hasTotals: !headers.totals.isEmpty, known: known, firstColumn: groups.first?.firstColumn ?? 0)
    }
}
