import Cells
import Settings

/// A grid whose columns are periods. It has one row per product, with the quantity of each month. Its periods tell the header row.
struct PeriodGridLayout: SheetLayout {
    let sheets: [NamePattern]
    private let columns: FieldHeaders
    let store: String?
    let total: NamePattern?
    /// The column with a product's amount of all periods, which is shared out by quantity. Without one, list prices count.
    private let amountTotal: NamePattern?
    let totals: TotalMarks
    let period: PeriodRule
    /// Whether a date as a header means the day, or else its month.
    private let isDaily: Bool

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        columns = node.node("columns").map { FieldHeaders($0, allowed: Field.naming) } ?? FieldHeaders()
        store = node.text("store")
        total = node.text("total_column").map { NamePattern($0) }
        amountTotal = node.text("amount_total").map { NamePattern($0) }
        totals = TotalMarks(node.namePatterns("totals"))
        period = node.node("period").map { PeriodRule($0) } ?? PeriodRule()
        isDaily = node.flag("daily", default: false)
        if !Field.naming.contains(where: columns.has) {
            node.fault("columns", "expected at least one of ean, code and name, to name the product")
        }
        if period.texts.isEmpty { node.fault("period.texts", "is missing; expected how the headers write their period, such as \"MMM\"") }
        let rule = node.choice("amount", default: AmountRule.listPrice)
        if rule == .column { node.fault("amount", "expected \"list_price\", or amount_total: a grid of periods has no column of amounts") }
    }

    var readsEverySheet: Bool { true }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan {
        var nearest = Shortfall(sheet, missing: [period.texts.examples] + [total, amountTotal].compactMap { $0?.text })
        for (index, folded) in sheet.folded.enumerated() {
            let end = total.flatMap { total in folded.firstIndex { total.matches(folded: $0) } }
            let amount = amountTotal.flatMap { total in folded.firstIndex { total.matches(folded: $0) } }
            let periods = periods(in: sheet.head[index].prefix(end ?? amount ?? folded.count), conventions)
            var missing: [String] = []
            if let total, end == nil { missing.append(total.text) }
            if let amountTotal, amount == nil { missing.append(amountTotal.text) }
            if periods.isEmpty { missing.insert(period.texts.examples, at: 0) }
            let found = columns.columns(in: folded)
            missing += Field.naming.filter { columns.has($0) && found[$0] == nil }.map { columns.title($0) }
            if missing.isEmpty {
                if let twice = twice(periods) {
                    throw Shortfall(
                        sheet, missing: [], seen: 4,
                        sentence: "Two columns of the sheet \"\(sheet.name)\" are headed \"\(sheet.head[index][twice].trimmedLine)\".")
                }
                return PeriodGridPlan(
                    layout: self, headerIndex: index, header: sheet.head[index], product: TableColumns(found), periods: periods, total: end,
                    amount: amount)
            }
            let shortfall = Shortfall(
                sheet, missing: missing, row: sheet.head[index],
                seen: min(periods.count, 3) + (end == nil ? 0 : 1) + (amount == nil ? 0 : 1))
            if shortfall.isNearer(than: nearest) { nearest = shortfall }
        }
        throw nearest
    }

    private func periods(in headers: ArraySlice<String>, _ conventions: Conventions) -> [(column: Int, period: Period)] {
        headers.enumerated().compactMap { column, text in
            guard !text.isEmpty, let period = period.texts.read(text) ?? date(text, conventions) else { return nil }
            switch period {
            case .year: return nil
            // The header is the month's first day, as a date or as text.
            case .day(let day) where !isDaily: return day.components.day == 1 ? (column, .month(Month(day))) : nil
            default: return (column, period)
            }
        }
    }

    /// The second of two columns that have the same period.
    private func twice(_ periods: [(column: Int, period: Period)]) -> Int? {
        var seen: Set<Period> = []
        return periods.first { !seen.insert($0.period).inserted }?.column
    }

    private func date(_ text: String, _ conventions: Conventions) -> Period? {
        let bytes = Array(text.utf8)
        return conventions.dates.read(bytes.span).map { .day($0) }
    }
}

/// Where a period grid's columns are.
struct PeriodGridPlan: SheetPlan {
    let layout: PeriodGridLayout
    let headerIndex: Int
    let header: [String]
    let product: TableColumns
    let periods: [(column: Int, period: Period)]
    let total: Int?
    let amount: Int?

    /// The columns that sales are read from.
    var sold: [Int] { product.all + periods.map(\.column) + (amount.map { [$0] } ?? []) }

    var known: [Int] { sold + (total.map { [$0] } ?? []) }

    var needs: PeriodNeed { periods.contains { $0.period.date == nil } ? .year : .nothing }

    var fields: [Int: Field] { product.fields.merging(amount.map { [$0: .amount] } ?? [:]) { first, _ in first } }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { PeriodGridExtraction(self, order) }
}
