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
    /// What was thought of each before.
    var outcomes: [RowOutcome] = []
}

extension SaleBag {
    /// Whether a row of it became valid after its edition was booked.
    var isLate: Bool { outcomes.contains { $0 == .lateNew || $0 == .lateRestated } }
}

/// Bags from rows that come ordered by key: only one bag is held at a time, whatever the number of rows.
struct SaleBags {
    private static let sale = ColumnList(
        WrittenNames.Stores.means, WrittenNames.Products.means, SaleTable.day, SaleTable.order, SaleTable.quantity, SaleTable.local,
        SaleTable.id, SaleTable.outcome)

    /// What a query for `init` must answer with, in the order of the first four.
    static let columns = sale
    static let byKey = "ORDER BY 1, 2, 3, 4"

    private let rows: Statement
    /// Of the row that `rows` stands on; nil at their end.
    private var key: SaleKey?

    init(_ rows: Statement) throws(LedgerFault) {
        self.rows = rows
        try step()
    }

    private mutating func step() throws(LedgerFault) {
        guard try rows.step() else { return key = nil }
        key = SaleKey(
            store: try rows[needed: WrittenNames.Stores.means], ean: try rows[needed: WrittenNames.Products.means],
            day: try rows[SaleTable.day], order: try rows[SaleTable.order])
    }

    mutating func next() throws(LedgerFault) -> SaleBag? {
        guard let key else { return nil }
        var bag = SaleBag(key: key)
        repeat {
            bag.figures.append(SaleFigures(quantity: try rows[SaleTable.quantity], amount: try rows[needed: SaleTable.local]))
            bag.ids.append(try rows[SaleTable.id])
            bag.outcomes.append(try rows[SaleTable.outcome])
            try step()
        } while self.key == key
        return bag
    }

    func close() { rows.reset() }
}

/// The two sides of a comparison, as bags that come ordered by key. What names mean today makes the key, on both sides.
struct ComparedSales {
    let connection: Connection
    let batch: BatchRow

    private static let names = """
        JOIN edition_products ON edition_products.edition = editions.id AND edition_products.number = sale_rows.product
        JOIN product_namings ON product_namings.id = edition_products.naming
        JOIN edition_stores ON edition_stores.edition = editions.id AND edition_stores.number = sale_rows.store
        JOIN store_namings ON store_namings.id = edition_stores.naming
        """

    /// Rows of the file that neither wait nor are sales yet.
    private var compared: String {
        "\(RowRange.within(SaleTable.table)) AND sale_rows.outcome IN \(batch.isBooked ? "(2, 3, 5, 6)" : "(0, 1, 2, 3)")"
    }

    private var ofThisFile: String { "editions JOIN sale_rows ON editions.id = ? AND \(compared) \(Self.names)" }

    /// Whole months that the file names, first and last; nil where it has nothing to compare.
    func months() throws(LedgerFault) -> (first: CivilDay, last: CivilDay)? {
        let earliest = Column<CivilDay?>(computed: "min(sale_day)")
        let latest = Column<CivilDay?>(computed: "max(sale_day)")
        return try connection.first(
            ColumnList(earliest, latest), from: "sale_rows WHERE \(compared)", batch.rows
        ) { row throws(LedgerFault) -> (CivilDay, CivilDay)? in
            guard let first = try row[earliest], let last = try row[latest] else { return nil }
            return (Month(first).firstDay, Month(last).lastDay)
        }.flatMap { $0 }
    }

    func namedMonths() throws(LedgerFault) -> Set<Month> {
        let days = try connection.all(SaleTable.day, from: "sale_rows WHERE \(compared) GROUP BY sale_day", batch.rows)
        return Set(days.map(Month.init))
    }

    /// The reseller's current sales of these days that another batch brought.
    private static let othersSales = """
        upload_batches.reseller = ? AND upload_batches.id <> ? AND last_day >= ? AND first_day <= ? AND sale_rows.sale_day BETWEEN ? AND ?
        AND \(Journal.isCurrent)
        """

    /// Whether there are any.
    func ledgerHasSales(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> Bool {
        try connection.count(
            "SELECT EXISTS (SELECT 1 FROM \(Journal.ofBatches) WHERE \(Self.othersSales))", batch.record.reseller, batch.number, first,
            last, first, last) > 0
    }

    func ofFile() throws(LedgerFault) -> SaleBags {
        let rows = try connection.cursor(SaleBags.columns, from: "\(ofThisFile) \(SaleBags.byKey)", batch.edition, batch.rows)
        return try SaleBags(rows)
    }

    /// All of these months: a living document says with each of them what it no longer lists.
    func ofLedger(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> SaleBags {
        let rows = try connection.cursor(
            SaleBags.columns, from: "\(Journal.ofBatches) \(Self.names) WHERE \(Self.othersSales) \(SaleBags.byKey)",
            batch.record.reseller, batch.number, first, last, first, last)
        return try SaleBags(rows)
    }

    /// Only those that the file names. How many others there are is of no matter.
    func ofLedgerAsNamed(from first: CivilDay, to last: CivilDay) throws(LedgerFault) -> SaleBags {
        try SaleKeys(connection: connection).complete(of: batch.record.reseller, from: first, to: last)
        let rows = try connection.cursor(
            SaleBags.columns,
            from: """
                (SELECT DISTINCT means_store AS store, means_ean AS ean, sale_day AS day FROM \(ofThisFile)) AS named
                CROSS JOIN product_namings ON product_namings.reseller = ? AND product_namings.means_ean = named.ean
                CROSS JOIN store_namings ON store_namings.reseller = ? AND store_namings.means_store = named.store
                CROSS JOIN sale_keys ON sale_keys.sale_day = named.day AND sale_keys.product = product_namings.id
                    AND sale_keys.store = store_namings.id
                CROSS JOIN sale_rows ON sale_rows.id = sale_keys.sale
                CROSS JOIN editions ON editions.id = sale_rows.id >> 32 AND editions.batch <> ?
                WHERE \(Journal.isCurrent) \(SaleBags.byKey)
                """, batch.edition, batch.rows, batch.record.reseller, batch.record.reseller, batch.number)
        return try SaleBags(rows)
    }
}
