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
        var nearest = Shortfall(sheet, missing: [period.texts.wanted] + [total, amountTotal].compactMap { $0?.text })
        for (index, folded) in sheet.folded.enumerated() {
            let end = total.flatMap { total in folded.firstIndex { total.matches(folded: $0) } }
            let amount = amountTotal.flatMap { total in folded.firstIndex { total.matches(folded: $0) } }
            let periods = periods(in: sheet.head[index].prefix(end ?? amount ?? folded.count), conventions)
            var missing: [String] = []
            if let total, end == nil { missing.append(total.text) }
            if let amountTotal, amount == nil { missing.append(amountTotal.text) }
            if periods.isEmpty { missing.insert(period.texts.wanted, at: 0) }
            let found = columns.columns(in: folded)
            missing += Field.naming.filter { columns.has($0) && found[$0] == nil }.map { columns.title($0) }
            if missing.isEmpty {
                if let twice = twice(periods) {
                    throw Shortfall(
                        sheet, missing: [], seen: 4,
                        sentence: "Two columns of the sheet \"\(sheet.name)\" are headed \"\(sheet.head[index][twice].trimmedLine)\".")
                }
                return PeriodGridPlan(
                    layout: self, headerIndex: index, product: TableColumns(found), periods: periods, total: end, amount: amount)
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
            case .day(let day) where !isDaily: return (column, .month(Month(day)))
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
    let product: TableColumns
    let periods: [(column: Int, period: Period)]
    let total: Int?
    let amount: Int?

    var needs: PeriodNeed { periods.contains { $0.period.date == nil } ? .year : .nothing }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { PeriodGridExtraction(self, order) }
}

/// Makes one draft per product and period that has a quantity.
struct PeriodGridExtraction: SheetExtraction {
    private let plan: PeriodGridPlan
    private let harvest: Harvest
    private let storeName: String
    private let sheet: Int32
    /// The grid's columns, and the date of each.
    private let columns: [(column: Int, date: SaleDate, details: SaleDetails?)]
    private var figures: RowFigures
    private var products: RowProducts
    private var controls: RowControls
    private var sums = ControlTotal.Sums(quantity: 0)
    private var columnSums: [Int64]
    private var rowsSeen = 0

    init(_ plan: PeriodGridPlan, _ order: SheetOrder) {
        self.plan = plan
        harvest = order.harvest
        storeName = plan.layout.store ?? order.conventions.vendorName
        sheet = order.harvest.sheet(order.sheetName)
        columns = plan.periods.compactMap { column, written in
            let period = written.completed(year: order.period?.year)
            return period.date.map { (column, $0, period.details) }
        }
        figures = RowFigures(order, titles: Dictionary(uniqueKeysWithValues: columns.map { ($0.column, Month($0.date.day).description) }))
        products = RowProducts(columns: plan.product)
        controls = RowControls(scope: "\(order.sheetName), column \(plan.layout.total?.text ?? "")")
        columnSums = columns.map { _ in 0 }
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1 else { return }
        figures.beginRow()
        if row.cells.isEmpty { return harvest.skip() }
        if plan.layout.totals.markRow(row, before: columns.first?.column ?? 0) { return total(row) }
        let key = products.key(row, &figures)
        if key.isEmpty, figures.errors.isEmpty { return harvest.skip() }
        let quantities = columns.enumerated().compactMap { place, column in
            figures.quantity(column.column, row, required: false).map { (place: place, quantity: $0) }
        }.filter { $0.quantity != 0 }
        if quantities.isEmpty, figures.errors.isEmpty { return harvest.skip() }
        let amounts = amounts(quantities.map(\.quantity), row)
        // While one of the quantities is wrong, every share of the amount is.
        guard figures.errors.isEmpty else { return try harvest.refuse(figures.errors) }
        let product = try harvest.product(key) { products.naming(key) }
        try sales(of: product, quantities, amounts, row)
    }

    private mutating func sales(of product: Int32, _ quantities: [(place: Int, quantity: Int64)], _ amounts: [Money?], _ row: Row) throws {
        let store = try harvest.store(storeName)
        var found = ControlTotal.Sums(quantity: 0)
        for ((place, quantity), amount) in zip(quantities, amounts) {
            found.add(quantity, amount)
            columnSums[place] &+= quantity
            try harvest.take(
                Draft(
                    sheet: sheet, row: Int32(clamping: row.number), product: product, store: store, date: columns[place].date,
                    quantity: quantity, amount: amount, details: columns[place].details))
        }
        sums.add(found)
        controls.add(row: row.number, file: figures.statedSums(quantity: plan.total, amount: nil, row), extracted: found)
    }

    /// Each quantity's share of the row's amount; nil means the list price × quantity.
    private mutating func amounts(_ quantities: [Int64], _ row: Row) -> [Money?] {
        guard let column = plan.amount else { return quantities.map { _ in nil } }
        guard let total = figures.amount(.amount, column, row) else { return [] }
        if let shares = SharedOut.shares(of: total, by: quantities) { return shares }
        figures.wrong(
            .invalidPrice, .amount, column, row, "The quantities come to 0, but the amount is \(total): it cannot be shared out.",
            "Give the amount of each month.")
        return []
    }

    func finish() throws { controls.report(to: harvest) }

    private func total(_ row: Row) {
        harvest.skip()
        guard plan.layout.totals.isOfAll(row) else { return }
        for (place, column) in columns.enumerated() {
            let stated = figures.statedSums(quantity: column.column, amount: nil, row)
            guard stated.quantity != nil else { continue }
            harvest.control(.compare("\(Month(column.date.day))", file: stated, extracted: ControlTotal.Sums(quantity: columnSums[place])))
        }
        let stated = figures.statedSums(quantity: plan.total, amount: plan.amount, row)
        if !stated.isEmpty { harvest.control(.compare("total", file: stated, extracted: sums)) }
    }
}

/// Shares a total out by quantity, in whole cents, so that the shares add up to the total.
private enum SharedOut {
    /// Nil if the quantities come to nothing. Each share is the difference of two rounded running sums, so that another period at the
    /// same price does not change the earlier shares.
    static func shares(of total: Money, by quantities: [Int64]) -> [Money]? {
        let sum = quantities.reduce(Int128(0)) { $0 + Int128($1) }
        if sum == 0 { return total == .zero ? quantities.map { _ in .zero } : nil }
        var shares: [Money] = []
        var running: Int128 = 0
        var given: Int128 = 0
        for (place, quantity) in quantities.enumerated() {
            running += Int128(quantity)
            let due = place == quantities.count - 1 ? Int128(total.units) : cents(Int128(total.units) * running, sum)
            guard let share = Int64(exactly: due - given) else { return nil }
            shares.append(Money(units: share))
            given = due
        }
        return shares
    }

    /// `product` ÷ `divisor` in 1/10 000, rounded half away from zero to whole cents.
    private static func cents(_ product: Int128, _ divisor: Int128) -> Int128 {
        let isNegative = (product < 0) != (divisor < 0)
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude * 100)
        let rounded = Int128(quotient) + (remainder * 2 >= divisor.magnitude * 100 ? 1 : 0)
        return (isNegative ? -rounded : rounded) * 100
    }
}
