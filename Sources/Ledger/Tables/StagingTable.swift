import Cells
import Sellout

/// `staging_sales`: a batch's rows until they are final. The loop over rows binds numbers only and allocates nothing.
struct StagingTable {
    let connection: Connection

    private static let plain = """
        INSERT INTO staging_sales (id, outcome, sheet, row_number, product, store, sale_day, is_monthly, quantity, sales_local, sales_eur, rate)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let detailed = """
        INSERT INTO staging_sales (id, outcome, sheet, row_number, product, store, sale_day, is_monthly, quantity, sales_local, sales_eur, rate,
            order_id, country, city, cost_of_goods, fee, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Appends rows behind those that the batch has; the caller has seen that they fit in its range.
    func append(_ rows: [StagedRow], behind id: Int64) throws(LedgerFault) {
        let plain = try connection.statement(StagingTable.plain)
        let detailed = try connection.statement(StagingTable.detailed)
        var id = id
        for row in rows {
            id += 1
            let statement = row.draft.details == nil ? plain : detailed
            try bind(row, id: id, to: statement)
            if let details = row.draft.details { try bind(details, to: statement) }
            try statement.run()
        }
    }

    private func bind(_ row: StagedRow, id: Int64, to statement: Statement) throws(LedgerFault) {
        try statement.bind(id, at: 1)
        try statement.bind((row.isWaiting ? RowOutcome.waiting : .new).rawValue, at: 2)
        try statement.bind(Int64(row.draft.sheet), at: 3)
        try statement.bind(Int64(row.draft.row), at: 4)
        try statement.bind(Int64(row.draft.product), at: 5)
        try statement.bind(Int64(row.draft.store), at: 6)
        try statement.bind(Int64(row.draft.date.day.number), at: 7)
        try statement.bind(row.draft.date.isMonthly ? 1 : 0, at: 8)
        try statement.bind(row.draft.quantity, at: 9)
        // While a row waits, what the file itself states is kept, so that it can be resolved again.
        try statement.bind((row.isWaiting ? row.draft.amount : row.local)?.units, at: 10)
        try statement.bind(row.euros?.units, at: 11)
        try statement.bind(row.rate.map(Int64.init), at: 12)
    }

    private func bind(_ details: SaleDetails, to statement: Statement) throws(LedgerFault) {
        try statement.bind(details.orderID, at: 13)
        try statement.bind(details.country, at: 14)
        try statement.bind(details.city, at: 15)
        try statement.bind(details.cost?.units, at: 16)
        try statement.bind(details.fee?.units, at: 17)
        try statement.bind(details.span, at: 18)
    }

    func drop(_ rows: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM staging_sales WHERE id BETWEEN ? AND ?", rows.first, rows.last)
    }

    func setOutcome(_ outcome: RowOutcome, of id: Int64) throws(LedgerFault) {
        let statement = try connection.statement("UPDATE staging_sales SET outcome = ? WHERE id = ?")
        try statement.bind(outcome.rawValue, at: 1)
        try statement.bind(id, at: 2)
        try statement.run()
    }

    /// Gives a waiting row its amounts. False where it does not wait.
    func resolve(_ id: Int64, as row: StagedRow, rate: Int64) throws(LedgerFault) -> Bool {
        try connection.run(
            "UPDATE staging_sales SET outcome = ?, sales_local = ?, sales_eur = ?, rate = ? WHERE id = ? AND outcome = ?",
            RowOutcome.new.rawValue, row.local, row.euros, rate, id, RowOutcome.waiting.rawValue) > 0
    }

    func waiting(_ rows: RowRange) throws(LedgerFault) -> [(number: Int64, draft: Draft)] {
        try connection.all(
            """
            SELECT id & 4294967295, sheet, row_number, product, store, sale_day, is_monthly, quantity, sales_local, order_id, country, city,
                cost_of_goods, fee, span FROM staging_sales WHERE id BETWEEN ? AND ? AND outcome = ? ORDER BY id
            """, rows.first, rows.last, RowOutcome.waiting.rawValue
        ) { row throws(LedgerFault) in
            let details = SaleDetails(
                orderID: row.optionalText(9), country: row.optionalText(10), city: row.optionalText(11),
                cost: row.optionalInt64(12).map(Money.init(units:)), fee: row.optionalInt64(13).map(Money.init(units:)),
                span: row.optionalText(14))
            let draft = Draft(
                sheet: Int32(clamping: row.int64(1)), row: Int32(clamping: row.int64(2)), product: Int32(clamping: row.int64(3)),
                store: Int32(clamping: row.int64(4)),
                date: SaleDate(day: CivilDay(number: Int32(clamping: row.int64(5))), isMonthly: row.bool(6)), quantity: row.int64(7),
                amount: row.optionalInt64(8).map(Money.init(units:)), details: details == SaleDetails() ? nil : details)
            return (row.int64(0), draft)
        }
    }
}
