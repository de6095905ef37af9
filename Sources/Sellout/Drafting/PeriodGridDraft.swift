import Cells

/// A grid whose columns are periods, as an unknown sheet may hold one.
struct PeriodGridDraft: LayoutDraft {
    private let file: FileLook
    private let sheet: SheetLook
    private let header: Int
    private let body: [Int]
    /// Columns that are periods, and how their headers are written.
    private let periods: [ColumnLook]
    private let patterns: [PeriodPattern]
    private let product: ProductColumns
    private let total: ColumnLook?
    private let amount: ColumnLook?
    private let others: [ColumnLook]

    /// Nil if no row names periods over figures.
    init?(_ sheet: SheetLook, in file: FileLook) {
        for header in sheet.rows.indices {
            guard let columns = PeriodGridDraft.periodColumns(sheet, header) else { continue }
            let body = sheet.body(under: header)
            let looks = columns.map { sheet.look($0, under: header, rows: body) }
            let figures = looks.filter { $0.values.isEmpty || $0.areNumbers && !$0.areDates && !$0.areYears }
            guard figures.count == looks.count, figures.contains(where: { !$0.values.isEmpty }), let first = columns.first else { continue }
            let product = ProductColumns(sheet, header: header, body: body, before: first)
            if product.isEmpty { continue }
            let (patterns, _) = WrittenTime.patterns(for: looks.map(\.header), days: true)
            let rest = ((columns.last ?? 0) + 1..<max((columns.last ?? 0) + 1, sheet.width)).map {
                sheet.look($0, under: header, rows: body)
            }
            let (total, amount) = PeriodGridDraft.sums(of: looks, among: rest)
            // A lone month beside other figures is a column of a table.
            if columns.count == 1, total == nil { continue }
            self.file = file
            (self.sheet, self.header, self.body, self.product) = (sheet, header, body, product)
            (self.periods, self.patterns) = (looks, PeriodGridDraft.chosen(patterns, looks.map(\.header)))
            (self.total, self.amount) = (total, amount)
            others = rest.filter { $0.column != total?.column && $0.column != amount?.column && !$0.header.isEmpty }
            return
        }
        return nil
    }

    private static func periodColumns(_ sheet: SheetLook, _ header: Int) -> [Int]? {
        let columns = sheet.rows[header].indices.filter { column in
            let text = sheet.text(header, column)
            guard !text.isEmpty, column > 0, Int(text) == nil else { return false }
            return WrittenTime.patterns(for: [text], days: true).read == 1
        }
        let names = columns.map { Folded.text(sheet.text(header, $0)) }
        return columns.isEmpty || Set(names).count != names.count ? nil : columns
    }

    /// Where days can be read in two orders, the one that makes them the first days of months.
    private static func chosen(_ patterns: [PeriodPattern], _ headers: [String]) -> [PeriodPattern] {
        guard patterns.contains(where: { $0.tokens.contains(.day) }) else { return patterns }
        let days = ["DD.MM.YYYY", "DD/MM/YYYY", "DD-MM-YYYY", "YYYY-MM-DD", "MM/DD/YYYY"].compactMap(PeriodPattern.init)
        let monthly = days.first { pattern in
            headers.allSatisfy { header in
                guard case .day(let day)? = pattern.read(header) else { return false }
                return day.components.day == 1
            }
        }
        return monthly.map { [$0] } ?? patterns
    }

    /// Right of the periods: the pieces of all of them, and their amount.
    private static func sums(of periods: [ColumnLook], among rest: [ColumnLook]) -> (total: ColumnLook?, amount: ColumnLook?) {
        let figures = rest.filter { $0.areNumbers && HeaderTraits.noSale($0.header) == nil && !$0.header.isEmpty }
        func isMoney(_ look: ColumnLook) -> Bool {
            look.values.contains { !WrittenNumbers.currencies(in: $0).isEmpty } || !look.areWhole
                || DraftedCurrency.isNamed(in: look.header)
        }
        let total =
            figures.first { FieldColumns.isSum($0, of: periods) } ?? figures.first { TotalWords.isAlone($0.header) && !isMoney($0) }
            ?? (periods.count == 1 ? figures.first { $0.units == periods[0].units } : nil)
        let amount = figures.first { look in
            look.column != total?.column
                && (isMoney(look) || HeaderWords.fields(of: look.header).contains { $0.field == .amount && $0.score > 50 })
        }
        return (total, amount)
    }

    private var isDaily: Bool {
        patterns.contains { $0.tokens.contains(.day) }
            && !periods.allSatisfy { look in
                if case .day(let day)? = patterns.read(look.header) { day.components.day == 1 } else { true }
            }
    }

    private var lacksYear: Bool { periods.contains { patterns.read($0.header)?.date == nil } }

    var score: Int {
        product.score + 30 + 25 + (amount == nil ? 0 : 15) + min(body.count, 30) / 3 + min(periods.count, 6)
    }

    var layout: DraftedLayout {
        var layout = DraftedLayout(sheet: sheet, header: header, kind: "period_grid")
        layout.signs =
            [total, amount].compactMap { $0?.header } + product.columns.values.map(\.header).filter { $0.contains(where: \.isLetter) }
        layout.amounts = [amount].compactMap { $0 }
        layout.unused = others.map { ($0.header, HeaderTraits.noSale($0.header) ?? "not a period's figures") }
        layout.periods = periods.count
        if patterns.contains(where: { $0.text.hasPrefix("MM/DD") }) { layout.dates = (.monthFirst, nil) }
        layout.lines = lines
        return layout
    }

    private var lines: [DraftLine] {
        var keys = ["texts: \(DraftLine.list(patterns.map(\.text)))"]
        var doubts: [String] = []
        if lacksYear {
            let year = PeriodPlaces(file, sheet, above: header + 1, yearOnly: true)
            keys += year.keys
            doubts += year.isEmpty ? ["no year was found for its periods"] : year.doubts
        }
        var lines = product.lines
        lines.append(
            DraftLine("period: { \(keys.joined(separator: ", ")) },", unsure: doubts.isEmpty ? nil : doubts.joined(separator: "; ")))
        if let total {
            let doubt = TotalWords.isTotal(total.header) ? nil : "told by its figures, which are the sums of the periods"
            lines.append(DraftLine("total_column: \(DraftLine.quoted(total.header)),", unsure: doubt))
        }
        if let amount {
            lines.append(
                DraftLine("amount_total: \(DraftLine.quoted(amount.header)),", unsure: "the amount of all periods, shared out by quantity"))
        } else {
            lines.append(DraftLine("amount: \"list_price\",", unsure: "no column has amounts; the amount is list price x quantity"))
        }
        if isDaily { lines.append(DraftLine("daily: true,")) }
        let (totals, byFigures) = sheet.totalPatterns(under: header)
        let doubt = byFigures.isEmpty ? nil : "\(byFigures.map(DraftLine.quoted).joined(separator: ", ")) is a sum by its figures"
        lines.append(DraftLine("totals: \(DraftLine.list(totals)),", unsure: doubt))
        lines.append(DraftLine("// unsure: no store is named; the one store is named as the vendor"))
        return lines
    }
}
