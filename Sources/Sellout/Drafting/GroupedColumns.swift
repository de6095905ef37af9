import Cells

/// Columns under merged headers that repeat the same measures: `Qty | Sum Eur | Qty | Sum Eur`.
struct GroupedColumns {
    struct Group {
        /// The headers over it, the outermost first.
        let labels: [String]
        var quantity: ColumnLook?
        var amount: ColumnLook?

        var name: String { labels.last { !$0.isEmpty } ?? "" }
    }

    let measures: Int
    let headerRows: Int
    let quantityHeader: String
    let amountHeader: String?
    let first: Int
    var groups: [Group] = []
    /// Repeated headers that are neither.
    let otherHeaders: [String]

    /// Nil if no row repeats a measure under other headers.
    init?(_ sheet: SheetLook) {
        for row in sheet.rows.indices.dropFirst() {
            let repeated = GroupedColumns.repeated(sheet.rows[row])
            let body = sheet.body(under: row)
            guard !repeated.isEmpty, let first = repeated.values.flatMap({ $0 }).min(),
                let top = GroupedColumns.topLabels(sheet, above: row, from: first)
            else { continue }
            func look(_ header: String) -> [ColumnLook] { (repeated[header] ?? []).map { sheet.look($0, under: row, rows: body) } }
            func best(_ field: Field, but other: String? = nil) -> String? {
                repeated.keys.sorted().filter { $0 != other }.map { header in (header, GroupedColumns.score(field, header, look(header))) }
                    .filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
            }
            guard let quantity = best(.quantity) else { continue }
            let amount = best(.amount, but: quantity)
            measures = row
            headerRows = sheet.rowNumbers[row] - sheet.rowNumbers[top]
            (quantityHeader, amountHeader) = (look(quantity)[0].header, amount.map { look($0)[0].header })
            self.first = first
            otherHeaders = repeated.keys.filter { $0 != quantity && $0 != amount }.compactMap { look($0).first?.header }.sorted()
            collect(sheet, top: top, quantity: Set(repeated[quantity] ?? []), amount: Set(amount.flatMap { repeated[$0] } ?? []), body)
            return
        }
        return nil
    }

    /// Texts that stand in a row at least twice, with their columns.
    private static func repeated(_ row: [String]) -> [String: [Int]] {
        let places = Dictionary(grouping: row.indices.filter { HeaderWords.isHeaderLike(row[$0]) }) { Folded.text(row[$0]) }
        return places.filter { $0.value.count > 1 }
    }

    /// The first of the rows straight above that have headers over the measures.
    private static func topLabels(_ sheet: SheetLook, above row: Int, from first: Int) -> Int? {
        var top: Int?
        var number = sheet.rowNumbers[row]
        for above in (0..<row).reversed() {
            guard sheet.rowNumbers[above] == number - 1, sheet.rows[above].dropFirst(first).contains(where: { !$0.isEmpty }) else { break }
            (top, number) = (above, sheet.rowNumbers[above])
        }
        return top
    }

    private static func score(_ field: Field, _ header: String, _ looks: [ColumnLook]) -> Int {
        if HeaderTraits.noSale(header) != nil || looks.allSatisfy({ $0.values.isEmpty }) { return 0 }
        let named = HeaderWords.fields(of: header).first { [.quantity, .amount].contains($0.field) }
        let isWhole = looks.allSatisfy { $0.values.isEmpty || $0.areWhole }
        let areFigures = looks.allSatisfy { $0.values.isEmpty || $0.areNumbers }
        guard areFigures, field == .amount || isWhole else { return 0 }
        let tax = field == .amount ? (HeaderTraits.excludesTax(header) ? 30 : 0) : 0
        if named?.field == field { return 100 + (named?.score ?? 0) + tax }
        return named == nil ? 20 : 0
    }

    private mutating func collect(_ sheet: SheetLook, top: Int, quantity: Set<Int>, amount: Set<Int>, _ body: [Int]) {
        var levels = HeaderLevels((top..<measures).map { sheet.rows[$0] })
        for column in quantity.union(amount).sorted() {
            let isAmount = amount.contains(column)
            let look = sheet.look(column, under: measures, rows: body)
            let begins = levels.moves(to: column)
            if begins || groups.isEmpty || (isAmount ? groups[groups.count - 1].amount : groups[groups.count - 1].quantity) != nil {
                groups.append(Group(labels: levels.labels))
            }
            if isAmount { groups[groups.count - 1].amount = look } else { groups[groups.count - 1].quantity = look }
        }
    }
}

/// Which groups of columns are stores, which are sums of others, and under which span of time they lie.
struct DraftedStores {
    /// The lowest header that is sold; nil where no header names spans.
    private(set) var span: (label: String, doubt: String?)?
    private(set) var stores: [GroupedColumns.Group] = []
    private(set) var total: (name: String, byFigures: Bool)?
    private(set) var notStores: [(name: String, byFigures: Bool)] = []

    init(_ grid: GroupedColumns) {
        findSpan(grid)
        var groups = grid.groups
        if let span {
            groups = groups.filter { Folded.text($0.labels.last ?? "") == Folded.text(span.label) }
                .map { GroupedColumns.Group(labels: Array($0.labels.dropLast()), quantity: $0.quantity, amount: $0.amount) }
        }
        let named = Set(groups.indices.filter { place in groups[place].labels.contains(where: TotalWords.isTotal) })
        let summed = DraftedStores.sums(groups, but: named)
        stores = groups.indices.filter { !named.contains($0) && !summed.contains($0) }.map { groups[$0] }
        let sums = groups.indices.filter { named.contains($0) || summed.contains($0) }
        let ofAll =
            sums.last { place in DraftedStores.isSum(groups[place], of: stores) }
            ?? sums.last { place in named.contains(place) && groups[place].labels.contains(where: TotalWords.isAlone) }
        for place in sums {
            let label = groups[place].labels.last(where: TotalWords.isTotal) ?? groups[place].name
            if place == ofAll {
                total = (label, !named.contains(place))
            } else if !notStores.contains(where: { $0.name == label }) {
                notStores.append((label, !named.contains(place)))
            }
        }
    }

    /// Spans of time stand under each store: `Actual` and `YTD`.
    private mutating func findSpan(_ grid: GroupedColumns) {
        let lowest = grid.groups.compactMap(\.labels.last)
        let labels = lowest.reduce(into: [String]()) { list, label in
            if !label.isEmpty, !list.contains(where: { Folded.text($0) == Folded.text(label) }) { list.append(label) }
        }
        guard grid.headerRows > 1, labels.count > 1, lowest.count >= labels.count * 2, labels.contains(where: HeaderTraits.isOtherSpan),
            let first = labels.first(where: { !HeaderTraits.isOtherSpan($0) })
        else { return }
        let rivals = labels.filter { $0 != first && !HeaderTraits.isOtherSpan($0) }
        span = (
            first,
            rivals.isEmpty && HeaderTraits.isThisSpan(first)
                ? nil : "this span of time is taken, and none of \(DraftLine.list(labels.filter { $0 != first }))"
        )
    }

    /// Groups whose figures are the sums of all others, or of those just left of them.
    private static func sums(_ groups: [GroupedColumns.Group], but named: Set<Int>) -> Set<Int> {
        var found: Set<Int> = []
        for place in groups.indices where !named.contains(place) {
            let parts = groups.indices.filter { $0 != place && !named.contains($0) && !found.contains($0) }
            let left = parts.filter { $0 < place }
            let isOfOthers =
                isSum(groups[place], of: parts.map { groups[$0] })
                || (2..<max(2, left.count + 1)).contains { isSum(groups[place], of: left.suffix($0).map { groups[$0] }) }
            // A store of two rows is the sum of two others by chance now and then; the last group is a total more often.
            let rows = groups[place].quantity?.units.count { $0 ?? 0 != 0 } ?? 0
            if isOfOthers, rows > 2 || place == groups.indices.last { found.insert(place) }
        }
        return found
    }

    private static func isSum(_ group: GroupedColumns.Group, of parts: [GroupedColumns.Group]) -> Bool {
        guard let quantity = group.quantity, quantity.units.count(where: { $0 ?? 0 != 0 }) >= 2 else { return false }
        let selling = parts.compactMap(\.quantity).filter { !$0.isAllZero }
        guard selling.count > 1, FieldColumns.isSum(quantity, of: selling) else { return false }
        let amounts = parts.compactMap(\.amount)
        return group.amount.map { amounts.isEmpty || FieldColumns.isSum($0, of: amounts) } ?? true
    }
}
