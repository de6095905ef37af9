import Cells

/// A table with one sale per row, as an unknown sheet may hold one.
struct TableDraft: LayoutDraft {
    private let file: FileLook
    let sheet: SheetLook
    let header: Int
    let body: [Int]
    let fields: FieldColumns

    /// Nil if no row could be a header.
    init?(_ sheet: SheetLook, in file: FileLook) {
        guard let header = TableDraft.header(of: sheet) else { return nil }
        self.file = file
        self.sheet = sheet
        self.header = header
        body = sheet.body(under: header)
        let rows = body
        fields = FieldColumns((0..<sheet.width).map { sheet.look($0, under: header, rows: rows) })
    }

    /// The row that names most fields; if none names any, the row with most texts.
    private static func header(of sheet: SheetLook) -> Int? {
        sheet.rows.enumerated().map { index, row in
            (index: index, score: HeaderWords.fieldCount(row) * 100 + row.count(where: HeaderWords.isHeaderLike))
        }.filter { $0.score > 1 }.max { ($0.score, -$0.index) < ($1.score, -$1.index) }?.index
    }

    var headers: [String] { sheet.rows[header] }

    private var hasProduct: Bool { Field.naming.contains(where: fields.has) }

    var isDated: Bool { fields.has(.date) || fields.has(.period) || fields.has(.year) && fields.has(.month) }

    var score: Int {
        var score = min(body.count, 30) / 3
        score += fields.has(.ean) ? 40 : hasProduct ? 20 : -20
        score += fields.has(.quantity) ? 30 : -20
        score += (fields.has(.amount) ? 20 : 0) + (isDated ? 20 : 0) + (fields.has(.store) ? 10 : 0)
        return score - fields.doubts.values.count { $0.hasPrefix("told") } * 8
    }

    var layout: DraftedLayout {
        var layout = DraftedLayout(sheet: sheet, header: header, kind: "table")
        layout.signs = headers.filter { text in text.contains(where: \.isLetter) && text.utf8.count <= 80 }
        layout.amounts = [Field.amount, .cost].compactMap(fields.look) + rivals
        layout.dates = dates
        layout.unused = unused
        layout.periods = periodCount
        let siblings = siblings
        if !siblings.isEmpty { layout.kind = "sheet_per_store" }
        let control = control
        layout.otherSheets = siblings + (control.map { [$0.sheet.name] } ?? []) + (isDated ? [] : places.otherSheets)
        layout.lines = storeLines(siblings) + columnLines + rowLines + periodLines + (control?.controlLines ?? [])
        return layout
    }

    private var rivals: [ColumnLook] { fields.looks.filter { fields.passedOver[$0.column] != nil && $0.areNumbers } }

    private var dates: (order: DateOrder, doubt: String?) {
        guard let look = fields.look(.date) ?? fields.look(.period) else { return (.dayFirst, nil) }
        let months = fields.look(.month).map { $0.cells.map { Int($0) ?? MonthName.number($0) } } ?? []
        return WrittenTime.order(of: look.cells, months: months)
    }

    private var unused: [(header: String, reason: String)] {
        let taken = Set(fields.columns.values)
        return fields.looks.filter { !taken.contains($0.column) && !$0.header.isEmpty }.map { look in
            let reason =
                fields.passedOver[look.column] ?? HeaderTraits.noSale(look.header) ?? (look.values.isEmpty ? "empty" : "not a sale's field")
            return (look.header, reason)
        }
    }

    private var periodCount: Int {
        if let dates = fields.look(.date) ?? fields.look(.period) {
            let order = self.dates.order
            return Set(dates.values.map { text in WrittenTime.day(text, order).map { Month($0).description } ?? Folded.text(text) }).count
        }
        guard let years = fields.look(.year), let months = fields.look(.month) else { return 0 }
        return Set(zip(years.cells, months.cells).map { "\($0)/\($1)" }).count
    }
}

extension TableDraft {
    /// Other sheets with the same header, where no column is a store: one sheet for each store, unless they are named by periods.
    private var siblings: [String] {
        guard !fields.has(.store), !sheet.isNamedByPeriod else { return [] }
        let own = headers.map(Folded.text)
        return file.sheets.filter { other in
            other.index != sheet.index && !other.isNamedByPeriod && !TotalWords.isTotal(other.name)
                && other.rows.contains { $0.map(Folded.text) == own }
        }.map(\.name)
    }

    private func storeLines(_ siblings: [String]) -> [DraftLine] {
        var lines: [DraftLine] = []
        if !siblings.isEmpty {
            let others = file.sheets.map(\.name).filter { $0 != sheet.name && !siblings.contains($0) }
            lines.append(DraftLine("not_stores: \(DraftLine.list(others)),", "unsure: each other sheet is taken as the store of its name"))
        } else if !fields.has(.store) {
            let isShop = fields.has(.orderID)
            let reason =
                isShop
                ? "orders without a store are taken as a web shop's" : "no column looks like a store, so there is one, named as the vendor"
            lines.append(DraftLine("store: \"\(isShop ? "online" : "New reseller")\",", unsure: reason))
        }
        if !fields.has(.amount) {
            let price = fields.looks.contains { HeaderTraits.isPrice($0.header) && $0.areNumbers }
            let reason = price ? "only a price of one piece was found, no amount" : "no column looks like an amount"
            lines.append(DraftLine("amount: \"list_price\",", unsure: "\(reason); the amount is list price x quantity"))
        }
        return lines
    }

    private var columnLines: [DraftLine] {
        var lines = [DraftLine("columns: {")]
        for field in Field.allCases {
            guard let look = fields.look(field) else { continue }
            lines.append(DraftLine("  \(field.rawValue): \(DraftLine.quoted(look.name(in: headers))),", unsure: doubt(field, look)))
        }
        if !fields.has(.quantity) { lines.append(DraftLine("  quantity: \"? quantity\",", "not found")) }
        if !hasProduct { lines.append(DraftLine("  ean: \"? ean\",", "not found")) }
        if !isDated, places.isEmpty { lines.append(DraftLine("  date: \"? date\",", "not found; or period: { file_name: [\"MM-YYYY\"] }")) }
        return lines + [DraftLine("},")]
    }

    private func doubt(_ field: Field, _ look: ColumnLook) -> String? {
        if let doubt = fields.doubts[field] { return doubt }
        if look.values.isEmpty { return "the column is empty in this file" }
        if field == .ean, look.values.contains(where: { EAN(Folded.text($0)) == nil }) { return "some of its values are no 13 digits" }
        if field == .code, HeaderWords.fields(of: look.header).first?.field == .ean { return "its values are no EANs of 13 digits" }
        if field == .amount, TotalWords.isTotal(look.header) || look.header.split(separator: " ").count == 1 && isWeak(look.header) {
            return "the header could mean something else than the amount of a row"
        }
        if field == .store, look.distinct == 1, look.values.count > 1 { return "every row has the same text" }
        return nil
    }

    private func isWeak(_ header: String) -> Bool {
        HeaderWords.fields(of: header).first { $0.field == .amount }.map { $0.score < 80 } ?? true
    }

    private var rowLines: [DraftLine] {
        var lines: [DraftLine] = []
        if let doubt = skipping.doubt { lines.append(DraftLine("// \(doubt)")) }
        if !skipping.fields.isEmpty {
            let names = skipping.fields.map(\.rawValue)
            lines.append(DraftLine("skip_without: \(DraftLine.list(names)),", "unsure: the rows seen without it carry no amount"))
        }
        if fields.has(.ean), sheet.isCut, !skipping.fields.contains(.ean), skipping.doubt == nil {
            lines.append(
                DraftLine("// skip_without: [\"ean\"],", "unsure: every row seen has an EAN; for files whose rows without one are no sales")
            )
        }
        if !fields.has(.code), fields.look(.name)?.haveLeadingNumbers == true {
            lines.append(DraftLine("leading_number: true,", "unsure: the product's text begins with the reseller's number for it"))
        }
        let (patterns, byFigures) = sheet.totalPatterns(under: header)
        let doubt = byFigures.isEmpty ? nil : "\(byFigures.map(DraftLine.quoted).joined(separator: ", ")) is a sum by its figures"
        return lines + [DraftLine("totals: \(DraftLine.list(patterns)),", unsure: doubt)]
    }

    /// Fields without which a row is no sale: the rows that lack them carry no money.
    private var skipping: (fields: [Field], doubt: String?) {
        var skip: [Field] = []
        var doubt: String?
        let amounts = fields.look(.amount)
        if let ean = fields.look(.ean) {
            let without = ean.cells.indices.filter { ean.cells[$0].isEmpty }
            let money = without.filter { amounts?.units[$0] ?? 0 != 0 }
            if !without.isEmpty, money.isEmpty, amounts != nil { skip.append(.ean) }
            if !money.isEmpty {
                doubt = "unsure: \(money.count) of \(body.count) rows seen have an amount and no EAN; their product must be mapped"
            }
        }
        if let quantity = fields.look(.quantity) {
            let without = quantity.cells.indices.filter { quantity.cells[$0].isEmpty }
            if !without.isEmpty, without.allSatisfy({ amounts?.units[$0] ?? 0 == 0 }) { skip.append(.quantity) }
        }
        return (skip, doubt)
    }

    private var places: PeriodPlaces { PeriodPlaces(file, sheet, above: header, yearOnly: false) }

    private var periodLines: [DraftLine] {
        var keys: [String] = []
        var doubts: [String] = []
        if isDated {
            let look = fields.look(.date) ?? fields.look(.period)
            let patterns = look.map { WrittenTime.patterns(for: $0.periods).patterns } ?? []
            if !patterns.isEmpty { keys.append("texts: \(DraftLine.list(patterns.map(\.text)))") }
            if patterns.contains(where: { !$0.tokens.contains(.year) && !$0.tokens.contains(.shortYear) }) {
                let year = PeriodPlaces(file, sheet, above: header, yearOnly: true)
                keys += year.keys
                doubts += year.isEmpty ? ["no year was found for periods that are written without one"] : year.doubts
            }
        } else {
            keys += places.keys
            doubts += places.doubts
        }
        if keys.isEmpty { return [] }
        return [DraftLine("period: { \(keys.joined(separator: ", ")) },", unsure: doubts.isEmpty ? nil : doubts.joined(separator: "; "))]
    }

    /// A sheet beside the sales that has the same sums by store.
    private var control: TableDraft? {
        guard !sheet.isCut, let quantity = fields.look(.quantity), let wanted = SheetLook.sum(quantity.units.compactMap { $0 }), wanted != 0
        else { return nil }
        return file.sheets.lazy.filter { $0.index != sheet.index && !$0.isCut }.compactMap { TableDraft($0, in: file) }.first { other in
            guard !other.fields.has(.ean), let store = other.fields.look(.store), let count = other.fields.look(.quantity) else {
                return false
            }
            return store.distinct == store.values.count && SheetLook.sum(count.units.compactMap { $0 }) == wanted
        }
    }

    /// This table as the control sheet of another.
    private var controlLines: [DraftLine] {
        let columns = [Field.store, .quantity, .amount].compactMap { field in
            fields.look(field).map { "\(field.rawValue): \(DraftLine.quoted($0.name(in: headers)))" }
        }
        return [
            DraftLine("control_sheet: {", "unsure: the same sums by store"),
            DraftLine("  sheets: [\(DraftLine.quoted(sheet.namePattern))],"),
            DraftLine("  columns: { \(columns.joined(separator: ", ")) },"),
            DraftLine("  totals: \(DraftLine.list(sheet.totalPatterns(under: header).patterns)),"), DraftLine("},"),
        ]
    }
}
