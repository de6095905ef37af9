import Cells

/// A grid whose groups of columns are stores, with a row or a block of rows per product, as an unknown sheet may hold one.
struct StoreGridDraft: LayoutDraft {
    private let file: FileLook
    private let sheet: SheetLook
    private let grid: GroupedColumns
    private let stores: DraftedStores
    private let blocks: BlockMarks?
    private let product: ProductColumns
    private let body: [Int]

    init?(_ sheet: SheetLook, in file: FileLook) {
        guard let grid = GroupedColumns(sheet) else { return nil }
        self.file = file
        self.sheet = sheet
        self.grid = grid
        let rows = sheet.body(under: grid.measures)
        body = rows
        stores = DraftedStores(grid)
        blocks = BlockMarks(sheet, under: grid.measures, before: grid.first)
        product = ProductColumns(sheet, header: grid.measures, body: rows, before: grid.first)
        if stores.stores.isEmpty { return nil }
    }

    /// Whether the groups are periods and not stores: no layout reads several figures of each.
    var hasPeriods: Bool {
        let names = stores.stores.map(\.name)
        return names.count > 1 && WrittenTime.patterns(for: names, days: true).read == names.count
    }

    var score: Int {
        (blocks == nil ? product.score : 30) + 60 + (grid.amountHeader == nil ? 0 : 20) + min(body.count, 30) / 3
    }

    var layout: DraftedLayout {
        var layout = DraftedLayout(sheet: sheet, header: grid.measures, kind: blocks == nil ? "store_grid" : "blocks")
        let above = (0..<grid.measures).flatMap { sheet.rows[$0] }.filter {
            !$0.isEmpty && $0.utf8.count <= 60 && $0.contains(where: \.isLetter) && WrittenTime.patterns(for: [$0], days: true).read == 0
        }
        layout.signs = Array(([grid.quantityHeader, grid.amountHeader].compactMap { $0 } + above).prefix(7))
        layout.amounts = stores.stores.compactMap(\.amount)
        layout.unused = unused
        layout.periods = 1
        layout.lines = lines
        return layout
    }

    private var unused: [(header: String, reason: String)] {
        let taken = Set(product.columns.values.map(\.column) + (blocks.map { [$0.code, $0.name] } ?? []))
        let left = (0..<grid.first).map { sheet.look($0, under: grid.measures, rows: body) }
            .filter { !taken.contains($0.column) && !$0.header.isEmpty }
            .map { ($0.header, HeaderTraits.noSale($0.header) ?? ($0.values.isEmpty ? "empty" : "not a sale's field")) }
        return left + grid.otherHeaders.map { ($0, HeaderTraits.noSale($0) ?? "not a sale's figure") }
    }

    private var lines: [DraftLine] {
        var measures = "quantity: \(DraftLine.quoted(grid.quantityHeader))"
        if let amount = grid.amountHeader { measures += ", amount: \(DraftLine.quoted(amount))" }
        var lines = [DraftLine("header_rows: \(grid.headerRows),")]
        lines.append(
            DraftLine(
                "measures: { \(measures) },",
                unsure: grid.amountHeader == nil ? "no column has amounts; the amount is list price x quantity" : nil))
        if let span = stores.span { lines.append(DraftLine("span: \(DraftLine.quoted(span.label)),", unsure: span.doubt)) }
        if !stores.notStores.isEmpty {
            let byFigures = stores.notStores.filter(\.byFigures).map { DraftLine.quoted($0.name) }.joined(separator: ", ")
            let doubt = byFigures.isEmpty ? "by their names these are sums of stores" : "\(byFigures) equals the sum of other stores"
            lines.append(DraftLine("not_stores: \(DraftLine.list(stores.notStores.map(\.name))),", unsure: doubt))
        }
        if let total = stores.total {
            let doubt = total.byFigures ? "told by its figures, which are the sums of the stores" : nil
            lines.append(DraftLine("total_columns: [\(DraftLine.quoted(total.name))],", unsure: doubt))
        }
        lines += blocks?.lines(sheet, header: grid.measures) ?? product.lines
        let names = stores.stores.map(\.name).prefix(6).map(DraftLine.quoted).joined(separator: ", ")
        lines.append(DraftLine("// unsure: taken as stores: \(names)"))
        return lines + [totalsLine, periodLine]
    }

    private var totalsLine: DraftLine {
        let (patterns, byFigures) = sheet.totalPatterns(under: grid.measures)
        if blocks != nil { return DraftLine("totals: \(DraftLine.list(patterns.filter { $0.contains("*") })),") }
        let doubt = byFigures.isEmpty ? nil : "\(byFigures.map(DraftLine.quoted).joined(separator: ", ")) is a sum by its figures"
        return DraftLine("totals: \(DraftLine.list(patterns)),", unsure: doubt)
    }

    private var periodLine: DraftLine {
        let places = PeriodPlaces(file, sheet, above: grid.measures, yearOnly: false)
        if places.isEmpty { return DraftLine("period: { file_name: [\"MM-YYYY\"] },", "unsure: not found; say where the period stands") }
        let doubt = places.doubts.isEmpty ? nil : places.doubts.joined(separator: "; ")
        return DraftLine("period: { \(places.keys.joined(separator: ", ")) },", unsure: doubt)
    }
}

/// Blocks of rows known by their totals: a text that repeats one above it, with a sum's word behind it.
struct BlockMarks {
    let code: Int
    let name: Int
    private let word: String
    private let grandTotal: String?

    /// Nil if no row is a block's total.
    init?(_ sheet: SheetLook, under header: Int, before end: Int) {
        var places: [String: Int] = [:]
        var found: (code: Int, name: Int, word: String, count: Int)?
        for row in header + 1..<max(header + 1, sheet.rows.count) {
            for column in 0..<min(end, sheet.rows[row].count) {
                let text = sheet.text(row, column)
                if text.isEmpty { continue }
                if let word = TotalWords.ending(text),
                    let code = places[Folded.text(text.split(separator: " ").dropLast().joined(separator: " "))]
                {
                    found = (code, column, word, (found?.count ?? 0) + 1)
                }
                places[Folded.text(text)] = column
            }
        }
        guard let found, found.code != found.name, !sheet.text(header, found.code).isEmpty else { return nil }
        (code, name, word) = (found.code, found.name, found.word)
        grandTotal = sheet.rows[(header + 1)...].lazy.compactMap { row in row.prefix(end).first { TotalWords.isAlone($0) } }.first
    }

    func lines(_ sheet: SheetLook, header: Int) -> [DraftLine] {
        let headers = sheet.rows[header]
        func column(_ column: Int) -> String {
            DraftLine.quoted(
                ColumnLook(column: column, header: sheet.text(header, column), cells: [], numbers: sheet.numbers).name(in: headers))
        }
        var lines = [
            DraftLine("columns: { code: \(column(code)), name: \(column(name)) },"), DraftLine("block_total: \(DraftLine.quoted(word)),"),
        ]
        if let grandTotal {
            lines.append(DraftLine("grand_total: \(DraftLine.quoted(grandTotal)),"))
        } else {
            lines.append(DraftLine("// unsure: grand_total: \"Grand Total\", no such row was seen in the first rows"))
        }
        return lines
    }
}
