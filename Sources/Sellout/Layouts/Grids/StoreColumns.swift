import Cells
import Settings

/// One store's columns in a grid.
struct StoreColumns: Sendable {
    let name: String
    let quantity: Int
    let amount: Int?

    /// What a row holds in a store's columns.
    enum Content {
        case none
        case sale(quantity: Int64, amount: Money?)
        /// `figures` keeps the errors.
        case wrong
    }

    /// An empty, dashed or zero quantity is no sale. Money without pieces is worth a warning.
    func read(_ row: Row, _ figures: inout RowFigures, _ harvest: Harvest) -> Content {
        let before = figures.errors.count
        guard let quantity = figures.quantity(quantity, row, required: false), quantity != 0 else {
            guard figures.errors.count == before else { return .wrong }
            if let amount = figures.stated(amount, row), amount.digits != 0 {
                harvest.doubt(
                    "AMOUNT_WITHOUT_QUANTITY", "amounts without a quantity are no sales; the first is at \(name) in row \(row.number)",
                    Warning.Place(sheet: figures.sheetName, range: "row \(row.number)", look: "\(amount) at \(name)"))
            }
            return .none
        }
        let money = amount == nil ? nil : figures.amount(.amount, amount, row)
        guard figures.errors.count == before else { return .wrong }
        if let money, quantity < 0 && money.units > 0 || quantity > 0 && money.units < 0 {
            harvest.doubt(
                "SIGNS_DIFFER",
                "row \(row.number) of the sheet \"\(figures.sheetName)\" has a quantity and an amount of different signs at \(name)",
                Warning.Place(
                    sheet: figures.sheetName, range: "row \(row.number)", look: "quantity \(quantity), amount \(money) at \(name)"))
        }
        return .sale(quantity: quantity, amount: money)
    }
}

/// The columns of a grid of stores.
struct StoreGrid: Sendable {
    /// The place of the row with the measures among the sheet's rows, from 0.
    let headerIndex: Int
    /// The number of the row with the stores' names.
    let nameRow: Int
    let stores: [StoreColumns]
    /// The file's own sums over all stores.
    let total: StoreColumns?
    /// Its sums over some of them: `Lithuania Total`.
    let subtotals: [StoreColumns]
    /// Whether the profile knows total columns.
    let hasTotals: Bool
    /// All columns under a header that is a store, a total, or neither: as the profile says.
    let known: [Int]
    let firstColumn: Int

    /// A header that is merged over two stores' columns has hidden the name of the second.
    func doubtMergedNames(_ order: SheetOrder) throws {
        for merged in try order.merged.columns(inRow: nameRow) {
            let covered = stores.filter { merged.contains($0.quantity) }
            guard covered.count > 1 else { continue }
            let place = "\(ColumnName.text(merged.lowerBound))\(nameRow):\(ColumnName.text(merged.upperBound))\(nameRow)"
            order.harvest.doubt(
                "HEADER_MERGED",
                "the header \(place) of the sheet \"\(order.sheetName)\" is merged over the columns of two stores, \"\(covered[0].name)\" and another",
                Warning.Place(
                    sheet: order.sheetName, range: place, look: covered.map { "\"\($0.name)\"" }.joined(separator: ", ")))
        }
    }

    /// Those that a sale is read from.
    var figures: [Int] { stores.flatMap { [$0.quantity] + ($0.amount.map { [$0] } ?? []) } }

    /// Compares the sums in a total row, store by store, with what was extracted.
    func control(_ row: Row, extracted sums: [ControlTotal.Sums], _ figures: RowFigures, _ harvest: Harvest) {
        for (store, sums) in zip(stores, sums) {
            let stated = figures.statedSums(quantity: store.quantity, amount: store.amount, row)
            if !stated.isEmpty { harvest.control(.compare("store \(store.name)", file: stated, extracted: sums)) }
        }
    }
}

/// How to read a grid's headers, as its profile says: which groups of columns are stores, which are totals, and which are neither.
struct StoreHeaders: Sendable {
    private let measures: Measures
    /// How many rows of headers are over the measures.
    private let headerRows: Int
    /// The lowest of them tells spans of time apart. Only this one, such as `Actual`, holds sales.
    private let span: NamePattern?
    private let notStores: [NamePattern]
    /// Headers over the stores' names, which are never a store's themselves: countries.
    private let overStores: [NamePattern]
    private let totals: [NamePattern]

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
        return try grid(of: ColumnGroup.all(in: sheet, measures: measures, row: index, headerRows: headerRows), sheet, index)
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

    private func grid(of groups: [ColumnGroup], _ sheet: Glimpse.Sheet, _ index: Int) throws(Shortfall) -> StoreGrid {
        func fault(_ sentence: String) -> Shortfall { Shortfall(sheet, missing: [], seen: measures.fields.count, sentence: sentence) }
        if let blank = blankMeasure(groups, sheet.folded[index]) {
            throw fault(
                "The header in column \(ColumnName.text(blank.column)) of the sheet \"\(sheet.name)\" is empty, where \"\(measures.headers.title(blank.field))\" is expected."
            )
        }
        if let odd = measures.almost(in: sheet.folded[index]) {
            let title = sheet.head[index][odd.column].trimmedLine
            throw fault(
                "The header \"\(title)\" in column \(ColumnName.text(odd.column)) of the sheet \"\(sheet.name)\" is not quite \"\(measures.headers.title(odd.field))\"."
            )
        }
        var stores: [StoreColumns] = []
        var total: StoreColumns?
        var subtotals: [StoreColumns] = []
        var known: [Int] = []
        /// What has columns under another span.
        var unsold: [String] = []
        var names: Set<String> = []
        for group in groups {
            var labels = group.labels
            let spanned = span == nil ? "" : labels.popLast() ?? ""
            if let span, !spanned.isEmpty, !span.matches(spanned) {
                known += group.columns
                let outer = labels.last { !$0.isEmpty } ?? ""
                if !labels.contains(where: { notStores.match($0) || totals.match($0) }) { unsold.append(outer) }
                continue
            }
            let name = labels.last { !$0.isEmpty } ?? ""
            if labels.contains(where: { notStores.match($0) }) {
                known += group.columns
                continue
            }
            let isTotal = labels.contains { totals.match($0) || TotalWords.isTotal($0) }
            let measure = sheet.head[index][group.firstColumn].trimmedLine
            let place = "column \(ColumnName.text(group.firstColumn)) (\"\(measure)\") of the sheet \"\(sheet.name)\""
            if let span, spanned.isEmpty { throw fault("Neither \"\(span.text)\" nor another span is named over \(place).") }
            // A header over several groups is a country's: the store below it has lost its name.
            let isNamed = labels.last?.isEmpty == false || groups.count { $0.labels.first == group.labels.first } == 1
            if name.isEmpty || !isNamed || overStores.match(name), !isTotal {
                throw fault("No store is named over \(place): its header is empty.")
            }
            guard let quantity = group.quantity, group.amount != nil || !measures.hasAmount else {
                let missing = measures.fields.first { !group.has($0) }.map { measures.headers.title($0) } ?? ""
                // What is left of a total is compared with nothing: its figures are accounted for by nobody.
                if isTotal { continue }
                throw fault("The store \"\(name)\" at \(place) lacks the column \"\(missing)\".")
            }
            let columns = StoreColumns(name: name, quantity: quantity, amount: group.amount)
            known += group.columns
            if isTotal {
                if isGrand(labels), total == nil { total = columns } else { subtotals.append(columns) }
            } else if names.insert(Folded.text(name)).inserted {
                stores.append(columns)
            } else {
                throw fault("Two groups of columns are called \"\(name)\", the second at \(place).")
            }
        }
        if let span, let lost = unsold.first(where: { !$0.isEmpty && !names.contains(Folded.text($0)) }), !stores.isEmpty {
            throw fault("The store \"\(lost)\" of the sheet \"\(sheet.name)\" has no columns under \"\(span.text)\".")
        }
        guard !stores.isEmpty else {
            let labels = Set(groups.flatMap(\.labels)).filter { !$0.isEmpty }.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            let wanted = span.map { " under \"\($0.text)\"" } ?? ""
            throw fault("The sheet \"\(sheet.name)\" has no store's columns\(wanted); found were \(labels.isEmpty ? "none" : labels).")
        }
        return StoreGrid(
            headerIndex: index, nameRow: sheet.rowNumbers[index] - (span == nil ? 1 : 2), stores: stores, total: total,
            subtotals: subtotals, hasTotals: !totals.isEmpty, known: known,
            firstColumn: groups.first?.firstColumn ?? 0)
    }

    /// An empty header where a group lacks one of its two measures.
    private func blankMeasure(_ groups: [ColumnGroup], _ folded: [String]) -> (column: Int, field: Field)? {
        guard measures.hasAmount else { return nil }
        for group in groups where group.quantity == nil || group.amount == nil {
            let isQuantity = group.quantity == nil
            let column = isQuantity ? (group.amount ?? 0) - 1 : (group.quantity ?? 0) + 1
            let isEmpty = column >= 0 && (column >= folded.count || folded[column].isEmpty)
            if isEmpty { return (column, isQuantity ? .quantity : .amount) }
        }
        return nil
    }

    /// Whether a total is of all stores: its outermost header says so.
    private func isGrand(_ labels: [String]) -> Bool {
        guard let outermost = labels.first(where: { !$0.isEmpty }) else { return false }
        return totals.match(outermost) || TotalWords.isAlone(outermost)
    }
}
