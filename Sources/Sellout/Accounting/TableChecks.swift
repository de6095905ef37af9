import Cells

/// What the rows of a table must not say: two things that contradict each other, and one thing twice.
struct TableChecks {
    private let plan: TablePlan
    private let order: SheetOrder
    private var stores = SumSketch()
    private var running = RunningTotal()
    private var orderLines: Set<Int> = []
    private var rows = 0
    /// How often each row stands in the table.
    private var times: [UInt64: Int] = [:]

    /// The periods of each product at each store.
    private var booked: [UInt64: [ClosedRange<Month>]] = [:]

    /// No report names more of one product.
    private static let mostPeriods = 60
    private static let fewestTwice = 4
    /// Nobody pastes a longer table twice.
    private static let mostTwice = 5000

    private var harvest: Harvest { order.harvest }

    init(_ plan: TablePlan, _ order: SheetOrder) {
        self.plan = plan
        self.order = order
    }

    /// - Parameter isSure: whether it is a sale, whatever operations have mapped.
    mutating func take(_ sale: Draft, isSure: Bool, _ period: Period, _ row: Row, _ figures: RowFigures) {
        let amount = sale.amount?.units ?? 0
        if plan.columns.store != nil {
            let key = SumSketch.weight(harvest.identity(ofProduct: sale.product)) &+ UInt64(UInt32(bitPattern: sale.date.day.number))
            stores.add(Int(sale.store), key: key, quantity: sale.quantity, amount: amount)
        }
        if running.take(quantity: sale.quantity, amount: amount, row: row.number) {
            doubt(
                "ROW_IS_A_SUM",
                "row \(row.number) of the sheet \"\(order.sheetName)\" has the sum of the rows above it: a total is not sold", row,
                "\(sale.quantity) pieces, as many as all rows above")
        }
        if isSure, plan.columns.orderID == nil, rows <= TableChecks.mostTwice {
            rows += 1
            times[TableChecks.print(of: sale), default: 0] += 1
        }
        if row.hasZeroFormula, sale.amount == .zero, sale.quantity != 0 {
            doubt(
                "FORMULA_NOT_CALCULATED",
                "row \(row.number) of the sheet \"\(order.sheetName)\" sells pieces for 0, which a formula gives that was perhaps never calculated; open the file in Excel, save it, and send it again",
                row, "a formula whose result is 0")
        }
        signs(sale, row)
        if plan.columns.period != nil { overlaps(sale, period, row) }
        if !plan.rivals.isEmpty { rivals(sale, period, row, figures) }
        if plan.columns.date != nil, plan.columns.month != nil || plan.columns.year != nil { calendar(period, row, figures) }
        if let line = sale.details?.orderID { orderLine(line, sale, row) }
    }

    /// A number or a product's text where a store should be: two headers may have changed places.
    func take(storeNamed name: String) {
        let folded = Folded.text(name)
        guard folded.allSatisfy({ $0.isNumber || "-./: ".contains($0) }) || ProductLook.isSeen(in: folded) else { return }
        harvest.doubt(
            "STORE_LOOKS_WRONG",
            "\"\(name.trimmedLine)\" in the column \"\(plan.columns.store.map { plan.header[$0].trimmedLine } ?? "")\" of the sheet \"\(order.sheetName)\" looks like no store",
            Warning.Place(
                sheet: order.sheetName, range: plan.columns.store.map { "column \(ColumnName.text($0))" } ?? "",
                look: "\"\(name.trimmedLine)\""), answer: order.expectations.stores)
    }

    func report() {
        if let row = running.sumOfAllOthers {
            harvest.doubt(
                "ROW_IS_A_SUM", "row \(row) of the sheet \"\(order.sheetName)\" has the sum of all other rows: a total is not sold",
                order.place(row: row, "as much as all other rows"))
        }
        if rows >= TableChecks.fewestTwice, rows <= TableChecks.mostTwice, isPastedTwice {
            harvest.doubt(
                "ROWS_ALL_TWICE", "all \(rows) rows of the sheet \"\(order.sheetName)\" stand in it twice",
                Warning.Place(sheet: order.sheetName, range: "", look: "every row twice"))
        }
        // Two stores that sold the same are two stores; a sum has more than one part.
        for sum in stores.sums() where sum.isOfAllOthers || sum.parts.count > 1 {
            let name = harvest.storeName(sum.total)
            let parts = sum.isOfAllOthers ? "all other stores" : sum.parts.map(harvest.storeName).joined(separator: ", ")
            harvest.doubt(
                "STORE_IS_A_SUM",
                "the store \"\(name)\" of the sheet \"\(order.sheetName)\" has the figures of \(parts) once more: a total is not sold",
                Warning.Place(sheet: order.sheetName, range: "", look: "store \"\(name)\""))
        }
    }

    /// Whether each row has its copy. Rows that are alike anyway, as two sales of one day are, have as many copies.
    private var isPastedTwice: Bool {
        times.count > 1 && times.values.allSatisfy { $0 % 2 == 0 } && times.values.count { $0 == 2 } * 2 > times.count
    }

    private static func print(of sale: Draft) -> UInt64 {
        let names = UInt64(UInt32(bitPattern: sale.product)) << 32 | UInt64(UInt32(bitPattern: sale.store))
        let day = SumSketch.weight(names) &+ UInt64(UInt32(bitPattern: sale.date.day.number))
        let pieces = SumSketch.weight(day) &+ UInt64(bitPattern: sale.quantity)
        return SumSketch.weight(SumSketch.weight(pieces) &+ UInt64(bitPattern: sale.amount?.units ?? 0))
    }

    private func doubt(_ code: String, _ message: @autoclosure () -> String, _ row: Row, _ look: String) {
        harvest.doubt(code, message(), order.place(row: row.number, look))
    }

    private func signs(_ sale: Draft, _ row: Row) {
        guard let amount = sale.amount, sale.quantity < 0 && amount.units > 0 || sale.quantity > 0 && amount.units < 0 else { return }
        doubt(
            "SIGNS_DIFFER",
            "row \(row.number) of the sheet \"\(order.sheetName)\" has a quantity and an amount of different signs", row,
            "quantity \(sale.quantity), amount \(amount)")
    }

    /// A second column for the same field must say the same in every row.
    private func rivals(_ sale: Draft, _ period: Period, _ row: Row, _ figures: RowFigures) {
        for (field, column) in plan.rivals {
            if field == .ean, figures.isBlank(column, row) { continue }
            if order.notWanted.names(folded: Folded.text(plan.header[column])) { continue }
            let says: Bool =
                switch field {
                case .quantity: figures.stated(column, row)?.whole == sale.quantity
                case .amount: figures.stated(column, row).flatMap { Money($0) } == sale.amount
                case .date, .period: figures.quietPeriod(column, row, like: plan.periods).map { $0.agrees(with: period) } ?? false
                case .ean: figures.valid(column, row) == figures.valid(plan.columns.ean, row)
                default: text(column, row) == text(plan.columns.column(of: field), row)
                }
            guard !says else { continue }
            let titles = [plan.columns.column(of: field), column].compactMap { $0 }
            let named = titles.map { "\"\(plan.header[$0].trimmedLine)\" (column \(ColumnName.text($0)))" }.joined(separator: " and ")
            doubt(
                "TWO_COLUMNS_CLAIM",
                "two columns of the sheet \"\(order.sheetName)\" claim to be the \(field.rawValue) and differ: \(named)", row,
                "\(field.rawValue) in \(named)")
        }
    }

    private func text(_ column: Int?, _ row: Row) -> String {
        column.flatMap { row.cell(column: $0) }.map { Folded.text(row.string($0)) } ?? ""
    }

    /// A quarter and one of its months, of one product at one store, would book the month twice.
    private mutating func overlaps(_ sale: Draft, _ period: Period, _ row: Row) {
        guard let months = period.months else { return }
        let key = UInt64(UInt32(bitPattern: sale.product)) << 32 | UInt64(UInt32(bitPattern: sale.store))
        let known = booked[key] ?? []
        if let other = known.first(where: { $0 != months && $0.overlaps(months) }) {
            doubt(
                "PERIODS_OVERLAP",
                "row \(row.number) of the sheet \"\(order.sheetName)\" is of \(period.words), and another row of the same product and store is of \(other.lowerBound) to \(other.upperBound)",
                row, period.words)
        }
        if known.count < TableChecks.mostPeriods, !known.contains(months) { booked[key] = known + [months] }
    }

    /// The date against the month and year that stand beside it.
    private func calendar(_ period: Period, _ row: Row, _ figures: RowFigures) {
        let year = figures.quietNumber(plan.columns.year, row)
        let month = figures.quietNumber(plan.columns.month, row)
        guard let days = period.days, year != nil || month != nil else { return }
        for day in [days.lowerBound, days.upperBound] {
            let parts = day.components
            if (year ?? parts.year) == parts.year, (month ?? parts.month) == parts.month { return }
        }
        let stated = [year.map { "year \($0)" }, month.map { "month \($0)" }].compactMap { $0 }.joined(separator: ", ")
        doubt(
            "DATE_CONTRADICTED",
            "row \(row.number) of the sheet \"\(order.sheetName)\" is dated \(days.lowerBound), and says \(stated) beside it", row,
            "\(days.lowerBound) against \(stated)")
    }

    /// The same line of the same order is sold once.
    private mutating func orderLine(_ orderID: String, _ sale: Draft, _ row: Row) {
        var hasher = Hasher()
        hasher.combine(orderID)
        hasher.combine(sale.product)
        hasher.combine(sale.date)
        hasher.combine(sale.quantity)
        hasher.combine(sale.amount)
        guard !orderLines.insert(hasher.finalize()).inserted else { return }
        harvest.doubt(
            "SAME_ORDER_LINE_TWICE",
            "row \(row.number) of the sheet \"\(order.sheetName)\" repeats a line of the order \(orderID.trimmedLine)",
            order.place(row: row.number, "order \(orderID.trimmedLine)"), answer: order.expectations.sameOrderLine)
    }
}
