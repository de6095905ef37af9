import Cells
import Sellout

/// What makes two figures those of the same sale.
struct SaleKey: Comparable {
    let store: Int64
    let ean: EAN
    let day: CivilDay
    let order: String?

    static func < (one: SaleKey, other: SaleKey) -> Bool {
        if (one.store, one.ean.value, one.day) != (other.store, other.ean.value, other.day) {
            return (one.store, one.ean.value, one.day) < (other.store, other.ean.value, other.day)
        }
        // SQLite orders NULL first and text by its bytes; Swift's `<` on strings would order them otherwise.
        switch (one.order, other.order) {
        case (nil, nil), (_?, nil): return false
        case (nil, _?): return true
        case (let one?, let other?): return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }

    static func == (one: SaleKey, other: SaleKey) -> Bool { !(one < other) && !(other < one) }
}

/// All sales of one key, from a file or from the ledger.
struct SaleBag {
    let key: SaleKey
    var figures: [SaleFigures] = []
    var ids: [Int64] = []
    /// What was thought of each before; empty for those of the ledger.
    var outcomes: [RowOutcome] = []
}

/// Bags from rows that come ordered by key: only one bag is held at a time, whatever the number of rows.
struct SaleBags {
    /// Where each part of a sale stands, in the file's rows or in the ledger's.
    struct Columns {
        let day: Column<CivilDay>
        let order: Column<String?>
        let quantity: Column<Int64>
        let amount: Column<Money>
        let id: Column<Int64>
        let outcome: Column<RowOutcome>?

        var all: ColumnList {
            let sale = ColumnList(NamingTables.Stores.store, NamingTables.Products.ean, day, order, quantity, amount, id)
            return outcome.map { sale + ColumnList($0) } ?? sale
        }
    }

    private let rows: Statement
    private let columns: Columns
    /// Of the row that `rows` stands on; nil at their end.
    private var key: SaleKey?

    init(_ rows: Statement, _ columns: Columns) throws(LedgerFault) {
        self.rows = rows
        self.columns = columns
        try step()
    }

    private mutating func step() throws(LedgerFault) {
        guard try rows.step() else { return key = nil }
        key = SaleKey(
            store: try rows[needed: NamingTables.Stores.store], ean: try rows[needed: NamingTables.Products.ean],
            day: try rows[columns.day],
            order: try rows[columns.order])
    }

    mutating func next() throws(LedgerFault) -> SaleBag? {
        guard let key else { return nil }
        var bag = SaleBag(key: key)
        repeat {
            bag.figures.append(SaleFigures(quantity: try rows[columns.quantity], amount: try rows[columns.amount]))
            bag.ids.append(try rows[columns.id])
            if let outcome = columns.outcome { bag.outcomes.append(try rows[outcome]) }
            try step()
        } while self.key == key
        return bag
    }

    func close() { rows.reset() }
}

/// The two sides of a comparison, as bags that come ordered by key.
struct ComparedSales {
    let connection: Connection
    let batch: BatchRow

    private static let filed = SaleBags.Columns(
        day: StagingTable.day, order: StagingTable.order, quantity: StagingTable.quantity,
        amount: Column(StagingTable.table, "sales_local"),
        id: StagingTable.id, outcome: StagingTable.outcome)
    private static let booked = SaleBags.Columns(
        day: FinalTable.day, order: FinalTable.order, quantity: FinalTable.quantity, amount: FinalTable.local, id: FinalTable.id,
        outcome: nil)

    /// Rows of the file that are neither waiting nor final yet.
    private static let compared = "\(RowRange.within(StagingTable.table)) AND outcome < ?"
    private static let byKey = "ORDER BY 1, 2, 3, 4"

    /// Whole months that the file names, first and last; nil where it has nothing to compare.
    func months() throws(LedgerFault) -> (first: CivilDay, last: CivilDay)? {
        let earliest = Column<CivilDay?>(computed: "min(sale_day)")
        let latest = Column<CivilDay?>(computed: "max(sale_day)")
        return try connection.first(
            ColumnList(earliest, latest), from: "staging_sales WHERE \(Self.compared)", batch.rows, RowOutcome.waiting
        ) { row throws(LedgerFault) -> (CivilDay, CivilDay)? in
            guard let first = try row[earliest], let last = try row[latest] else { return nil }
            return (Month(first).firstDay, Month(last).lastDay)
        }.flatMap { $0 }
    }

    func namedMonths() throws(LedgerFault) -> Set<Month> {
        let days = try connection.all(
            StagingTable.day, from: "staging_sales WHERE \(Self.compared) GROUP BY sale_day", batch.rows, RowOutcome.waiting)
        return Set(days.map(Month.init))
    }

    /// The reseller's final sales of these days that another batch brought.
    private static let othersSales = """
        reseller = ? AND upload_batches.id <> ? AND last_day >= ? AND first_day <= ? AND final_sales.sale_day BETWEEN ? AND ?
        """

    /// Whether there are any.
    func ledgerHasSales(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> Bool {
        try connection.count(
            "SELECT EXISTS (SELECT 1 FROM \(FinalTable.ofBatches) WHERE \(Self.othersSales))", batch.record.reseller, batch.number, first,
            last, first, last) > 0
    }

    func ofFile() throws(LedgerFault) -> SaleBags {
        let rows = try connection.cursor(
            Self.filed.all,
            from: """
                staging_sales JOIN batch_products ON batch_products.batch = ? AND batch_products.number = staging_sales.product
                JOIN batch_stores ON batch_stores.batch = ? AND batch_stores.number = staging_sales.store
                WHERE \(Self.compared) \(Self.byKey)
                """, batch.number, batch.number, batch.rows, RowOutcome.waiting)
        return try SaleBags(rows, Self.filed)
    }

    func ofLedger(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> SaleBags {
        let rows = try connection.cursor(
            Self.booked.all,
            from: """
                \(FinalTable.ofBatches)
                JOIN batch_products ON batch_products.batch = upload_batches.id AND batch_products.number = final_sales.product
                JOIN batch_stores ON batch_stores.batch = upload_batches.id AND batch_stores.number = final_sales.store
                WHERE \(Self.othersSales) \(Self.byKey)
                """, batch.record.reseller, batch.number, first, last, first, last)
        return try SaleBags(rows, Self.booked)
    }
}
