import Cells

/// Finds the sums that a grid would sell, whatever they are called: columns that say what other columns say together, and rows that
/// say what all rows above them say.
struct GridChecks {
    private let order: SheetOrder
    /// What the columns are called, in the order of their places.
    private let names: [String]
    /// The first column of each.
    private let letters: [Int]
    private let noun: String
    /// Rows that were sold since the total row, if there was one.
    private var totalRow: Int?
    private var columns: SumSketch
    private var grandTotal = SumSketch(1)
    private var rowsAbove: UInt64 = 0
    private var count = 0
    /// Each row's product and figures.
    private var lines: Set<UInt64> = []
    /// `rowsAbove` as it was before each row.
    private var starts: Set<UInt64> = []

    /// Fewer rows come to another row's figures by chance.
    private static let fewestRows = 2
    /// How much a product's row must say, in bits of its quantities, beside one for each.
    private static let fewestBits = 4
    private static let mostStarts = 100_000

    init(_ order: SheetOrder, names: [String], letters: [Int], noun: String) {
        self.order = order
        self.names = names
        self.letters = letters
        self.noun = noun
        columns = SumSketch(names.count)
    }

    /// One figure of a row.
    struct Figure {
        let place: Int
        let quantity: Int64
        let amount: Money?
    }

    /// Whether the row's figures are the sums of all rows above it. Of a row that names a product more must speak for it.
    func isSum(_ row: [Figure], isProduct: Bool) -> Bool {
        guard count >= GridChecks.fewestRows + (isProduct ? 1 : 0), !row.isEmpty, GridChecks.print(of: row) == rowsAbove else {
            return false
        }
        let bits = row.reduce(0) { $0 + UInt64.bitWidth - $1.quantity.magnitude.leadingZeroBitCount }
        return !isProduct || bits >= GridChecks.fewestBits + row.count
    }

    /// Whether the row's figures are the sums of the last rows above it, however many those are.
    func isSumOfLast(_ row: [Figure]) -> Bool { !row.isEmpty && starts.contains(rowsAbove &- GridChecks.print(of: row)) }

    /// - Parameter product: what tells the row's product from others; the same row of one product twice is one too many.
    mutating func take(_ row: [Figure], of product: Int32 = -1, number: Int) {
        guard !row.isEmpty else { return }
        if product >= 0, lines.count < GridChecks.mostStarts,
            !lines.insert(GridChecks.print(of: row) &+ SumSketch.weight(~UInt64(UInt32(bitPattern: product)))).inserted
        {
            order.harvest.doubt(
                "ROW_TWICE", "row \(number) of the sheet \"\(order.sheetName)\" says of its product what a row above has said",
                order.place(row: number, "the same product and figures once more"))
        }
        if let totalRow {
            order.harvest.doubt(
                "SALES_BELOW_TOTAL",
                "row \(number) of the sheet \"\(order.sheetName)\" has sales below the total in row \(totalRow), which does not count them",
                order.place(row: number, "below the total in row \(totalRow)"))
        }
        count += 1
        if starts.count < GridChecks.mostStarts { starts.insert(rowsAbove) }
        rowsAbove &+= GridChecks.print(of: row)
        for figure in row {
            columns.add(
                figure.place, key: UInt64(truncatingIfNeeded: number), quantity: figure.quantity, amount: figure.amount?.units ?? 0)
        }
    }

    /// Takes what the layout's own column for the sum of all says.
    mutating func takeGrandTotal(_ figure: Figure, number: Int) {
        grandTotal.add(0, key: UInt64(truncatingIfNeeded: number), quantity: figure.quantity, amount: figure.amount?.units ?? 0)
    }

    /// Takes what a column of sums says, which is no sale.
    mutating func takeSum(_ figure: Figure, number: Int) {
        columns.add(figure.place, key: UInt64(truncatingIfNeeded: number), quantity: figure.quantity, amount: figure.amount?.units ?? 0)
    }

    /// One number for a row's figures: it adds up as they do.
    private static func print(of row: [Figure]) -> UInt64 {
        row.reduce(0) { sum, figure in
            let place = UInt64(truncatingIfNeeded: figure.place) << 1
            let pieces = SumSketch.weight(place) &* UInt64(bitPattern: figure.quantity)
            return sum &+ pieces &+ SumSketch.weight(place | 1) &* UInt64(bitPattern: figure.amount?.units ?? 0)
        }
    }

    private func columnText(_ place: Int) -> String { " (column \(ColumnName.text(letters[place])))" }

    var hasSales: Bool { count > 0 }

    /// The total of everything has been seen.
    mutating func sawTotal(_ row: Row) { if hasSales { totalRow = totalRow ?? row.number } }

    /// A row that is called a sum of a part: it must be that of rows above it.
    func judge(partTotal row: Row, _ figures: [Figure]) {
        guard !figures.isEmpty, !isSum(figures, isProduct: false), !isSumOfLast(figures) else { return }
        let name = row.cells.first.map { row.string($0).trimmedLine } ?? ""
        order.harvest.doubt(
            "TOTAL_NOT_UNDERSTOOD",
            "row \(row.number) of the sheet \"\(order.sheetName)\" is called \"\(name)\", and is the sum of no rows above it",
            order.place(row: row.number, "\"\(name)\""))
    }

    func doubt(sumIn row: Row) {
        order.harvest.doubt(
            "ROW_IS_A_SUM",
            "row \(row.number) of the sheet \"\(order.sheetName)\" has the sum of the rows above it: a total is not sold",
            order.place(row: row.number, "the sums of all rows above"))
    }

    /// - Parameters:
    ///   - sold: how many of the columns are sold; those behind them are the layout's own sums.
    ///   - expected: whether the layout has a column for the sum of all, and the sheet has none that is called so.
    func report(sold: Int, expected: Bool) {
        if let place = columns.surplus(among: 0..<sold, against: grandTotal.entries[0]) {
            order.harvest.doubt(
                "COLUMN_IS_A_SUM",
                "the total of the sheet \"\(order.sheetName)\" does not count the \(noun) \"\(names[place])\"\(columnText(place)): it may be a sum itself",
                Warning.Place(sheet: order.sheetName, range: "", look: "\(noun) \"\(names[place])\"\(columnText(place))"))
        }
        // A total that counts every column says that none of them is a sum, unless it is itself a sum too many.
        let isConfirmed = columns.comesTo(grandTotal.entries[0], 0..<sold)
        for sum in columns.sums(0..<sold, expected: expected, isConfirmed: isConfirmed) {
            let parts = sum.isOfAllOthers ? "all others" : sum.parts.map { names[$0] }.joined(separator: ", ")
            order.harvest.doubt(
                "COLUMN_IS_A_SUM",
                "the \(noun) \"\(names[sum.total])\"\(columnText(sum.total)) of the sheet \"\(order.sheetName)\" has the figures of \(parts) once more: a total is not sold",
                Warning.Place(sheet: order.sheetName, range: "", look: "\(noun) \"\(names[sum.total])\"\(columnText(sum.total))"))
        }
        for place in sold..<max(sold, names.count) where !columns.isSum(place, ofRunIn: 0..<sold) {
            order.harvest.doubt(
                "TOTAL_NOT_UNDERSTOOD",
                "the \(noun) \"\(names[place])\"\(columnText(place)) of the sheet \"\(order.sheetName)\" is called a sum, and is that of no neighbours",
                Warning.Place(sheet: order.sheetName, range: "", look: "\(noun) \"\(names[place])\"\(columnText(place))"))
        }
    }
}
