import Cells
import Sellout

/// One key whose figures differ from those that are final, old and new.
struct RestatedBag: Equatable {
    let key: SaleKey
    let old: Restatement.Figures
    let new: Restatement.Figures

    init(key: SaleKey, old: [SaleFigures], new: [SaleFigures]) throws(LedgerFault) {
        guard let old = Restatement.Figures(old), let new = Restatement.Figures(new) else { throw LedgerFault.sumsTooLarge }
        self.init(key: key, old: old, new: new)
    }

    fileprivate init(key: SaleKey, old: Restatement.Figures, new: Restatement.Figures) {
        self.key = key
        self.old = old
        self.new = new
    }
}

/// `restated_sales`: what a batch's report says of figures that differ, and which of them were taken.
struct RestatedTable {
    /// The figures of one key, old or new.
    struct FigureColumns {
        let sales: Column<Int>
        let quantity: Column<Int64>
        let amount: Column<Money>

        var all: ColumnList { ColumnList(sales, quantity, amount) }

        func read(_ row: Statement) throws(LedgerFault) -> Restatement.Figures {
            Restatement.Figures(sales: try row[sales], quantity: try row[quantity], amount: try row[amount])
        }

        func bind(_ figures: Restatement.Figures, to insertion: Statement) throws(LedgerFault) {
            try insertion.bind(figures.sales, to: sales)
            try insertion.bind(figures.quantity, to: quantity)
            try insertion.bind(figures.amount, to: amount)
        }

    }

    static let table: StaticString = "restated_sales"
    private static let batch = Column<Int64>(table, "batch")
    private static let number = Column<Int>(table, "number")
    private static let store = Column<Int64>(table, "store_id")
    private static let ean = Column<EAN>(table, "product_ean")
    private static let day = Column<CivilDay>(table, "sale_day")
    private static let order = Column<String?>(table, "order_id")
    private static let old = FigureColumns(
        sales: Column(table, "old_sales"), quantity: Column(table, "old_quantity"), amount: Column(table, "old_sales_local"))
    private static let new = FigureColumns(
        sales: Column(table, "new_sales"), quantity: Column(table, "new_quantity"), amount: Column(table, "new_sales_local"))
    /// Those of several keys, added up.
    private static let oldSums = FigureColumns(
        sales: Column(computed: "sum(old_sales)"), quantity: Column(computed: "sum(old_quantity)"),
        amount: Column(computed: "sum(old_sales_local)"))
    private static let newSums = FigureColumns(
        sales: Column(computed: "sum(new_sales)"), quantity: Column(computed: "sum(new_quantity)"),
        amount: Column(computed: "sum(new_sales_local)"))
    private static let bag = ColumnList(store, ean, day, order) + old.all + new.all

    let connection: Connection

    /// Puts these in the place of those that have not been taken. True where they are not the same.
    func replace(_ batch: BatchRow, with bags: [RestatedBag]) throws(LedgerFault) -> Bool {
        if try isSame(batch, as: bags) { return false }
        try connection.run("DELETE FROM restated_sales WHERE batch = ? AND is_taken = 0", batch.number)
        var number = try connection.count("SELECT coalesce(max(number), 0) FROM restated_sales WHERE batch = ?", batch.number)
        let insertion = try connection.insertion(of: ColumnList(Self.batch, Self.number) + Self.bag)
        for bag in bags {
            number += 1
            try insertion.bind(batch.number, to: Self.batch)
            try insertion.bind(number, to: Self.number)
            try insertion.bind(bag.key.store, to: Self.store)
            try insertion.bind(bag.key.ean, to: Self.ean)
            try insertion.bind(bag.key.day, to: Self.day)
            try insertion.bind(bag.key.order, to: Self.order)
            try Self.old.bind(bag.old, to: insertion)
            try Self.new.bind(bag.new, to: insertion)
            try insertion.run()
        }
        return true
    }

    private func isSame(_ batch: BatchRow, as bags: [RestatedBag]) throws(LedgerFault) -> Bool {
        let kept = try connection.cursor(Self.bag, from: "restated_sales WHERE batch = ? AND is_taken = 0 ORDER BY number", batch.number)
        defer { kept.reset() }
        for bag in bags {
            guard try kept.step(), try Self.read(kept) == bag else { return false }
        }
        return try !kept.step()
    }

    private static func read(_ row: Statement) throws(LedgerFault) -> RestatedBag {
        let key = SaleKey(store: try row[store], ean: try row[ean], day: try row[day], order: try row[order])
        return RestatedBag(key: key, old: try old.read(row), new: try new.read(row))
    }

    /// Whether it has taken the place of figures received before.
    func hasTaken(_ batch: BatchRow) throws(LedgerFault) -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM restated_sales WHERE batch = ? AND is_taken = 1)", batch.number) > 0
    }

    func drop(_ batch: BatchRow) throws(LedgerFault) {
        try connection.run("DELETE FROM restated_sales WHERE batch = ?", batch.number)
    }

    /// How many keys now count as taken.
    func markTaken(_ batch: BatchRow) throws(LedgerFault) -> Int {
        try connection.run("UPDATE restated_sales SET is_taken = 1 WHERE batch = ? AND is_taken = 0", batch.number)
    }

    /// By store, product and date; the orders of one day are added up.
    func list(_ batch: BatchRow) throws(LedgerFault) -> [Restatement] {
        try connection.all(
            ColumnList(StoreTable.name, Self.ean, Self.day) + Self.oldSums.all + Self.newSums.all,
            from: """
                restated_sales LEFT JOIN stores ON stores.id = store_id WHERE batch = ?
                GROUP BY store_id, product_ean, sale_day ORDER BY sale_day, 1, 2
                """, batch.number
        ) { row throws(LedgerFault) in
            Restatement(
                store: try row[StoreTable.name], ean: try row[Self.ean], date: try row[Self.day],
                old: try Self.oldSums.read(row), new: try Self.newSums.read(row))
        }
    }
}
