import Cells

/// The total rows of a table, compared with the sum of its sales: of those above, or of all where the total stands on top.
struct StatedTotals {
    private struct Stated {
        let row: Int
        let file: ControlTotal.Sums
        let above: ControlTotal.Sums
        let sureAbove: ControlTotal.Sums
        let salesAbove: Int
    }

    /// No table has more totals of everything.
    private static let most = 50
    /// Fewer rows come to another row's figures by chance.
    private static let fewestRows = 2

    private let order: SheetOrder
    private var sums = ControlTotal.Sums(quantity: 0, amount: 0)
    /// Of the rows that are sales only if their product is mapped.
    private var unsure = ControlTotal.Sums(quantity: 0, amount: 0)
    /// `sums` and `unsure` at the last total of a part.
    private var partStart = ControlTotal.Sums(quantity: 0, amount: 0)
    private var partUnsure = ControlTotal.Sums(quantity: 0, amount: 0)
    private var sales = 0
    private var stated: [Stated] = []

    init(_ order: SheetOrder) { self.order = order }

    var hasSales: Bool { sales > 0 }

    mutating func add(_ quantity: Int64, _ amount: Money?, isSure: Bool) {
        sales += 1
        sums.add(quantity, amount)
        if !isSure { unsure.add(quantity, amount) }
    }

    private var sure: ControlTotal.Sums { less(sums, unsure) }

    mutating func state(_ file: ControlTotal.Sums, row: Int) {
        if stated.count < StatedTotals.most { stated.append(Stated(row: row, file: file, above: sums, sureAbove: sure, salesAbove: sales)) }
    }

    /// Whether a total of a part is that of the rows since the last one, or of all rows above; one without figures says nothing.
    mutating func takePart(_ file: ControlTotal.Sums) -> Bool {
        defer { (partStart, partUnsure) = (sums, unsure) }
        if (file.quantity ?? 0) == 0, (file.amount ?? 0) == 0 { return true }
        let part = less(sums, partStart)
        let surePart = less(part, less(unsure, partUnsure))
        return [part, surePart, sums, sure].contains { ControlTotal.compare("", file: file, extracted: $0).agrees }
    }

    private func less(_ sums: ControlTotal.Sums, _ part: ControlTotal.Sums) -> ControlTotal.Sums {
        func less(_ sum: Int64?, _ part: Int64?) -> Int64? {
            sum.flatMap { sum in part.flatMap { Int64(exactly: Int128(sum) - Int128($0)) } }
        }
        return ControlTotal.Sums(quantity: less(sums.quantity, part.quantity), amount: less(sums.amount, part.amount))
    }

    /// Whether these are the figures of all sales so far: a total, whatever it is called.
    func isTotal(quantity: Int64, amount: Int64) -> Bool {
        sales >= StatedTotals.fewestRows
            && [sums, sure].contains { $0.quantity == quantity && $0.amount == amount }
    }

    func report() {
        for total in stated {
            let scope = "\(order.sheetName), row \(total.row)"
            let compared = compare(scope, total.file, total.sureAbove, total.above)
            guard compared.agrees, total.salesAbove > 0 else {
                let all = compare(scope, total.file, sure, sums)
                order.harvest.control(all.agrees ? all : compared)
                continue
            }
            order.harvest.control(compared)
            if total.salesAbove < sales {
                order.harvest.doubt(
                    "SALES_BELOW_TOTAL",
                    "the sheet \"\(order.sheetName)\" has sales below its total in row \(total.row), which does not count them",
                    order.place(row: total.row, "the total; \(sales - total.salesAbove) sales stand below it"))
            }
        }
    }

    /// A file counts shopping bags among its total, or does not. Which of them are mapped is not known here.
    private func compare(_ scope: String, _ file: ControlTotal.Sums, _ sure: ControlTotal.Sums, _ all: ControlTotal.Sums) -> ControlTotal {
        let compared = ControlTotal.compare(scope, file: file, extracted: sure)
        return compared.agrees ? compared : ControlTotal.compare(scope, file: file, extracted: all)
    }
}
