import Cells
import Sellout

/// One key whose figures differ from those that are final, old and new.
struct RestatedBag: Equatable {
    let key: SaleKey
    let old: Restatement.Figures
    let new: Restatement.Figures

    init(key: SaleKey, old: [SaleFigures], new: [SaleFigures]) throws(LedgerFault) {
        guard let old = Restatement.Figures(old), let new = Restatement.Figures(new) else {
            throw LedgerFault.refused(
                "The sums of these sales are larger than any ledger can hold. Look for a wrong number in the amounts.")
        }
        self.key = key
        self.old = old
        self.new = new
    }
}

/// `restated_sales`: what a batch's report says of figures that differ, and which of them were taken.
struct RestatedTable {
    let connection: Connection

    /// Puts these in the place of those that have not been taken. True where they are not the same.
    func replace(_ batch: BatchRow, with bags: [RestatedBag]) throws(LedgerFault) -> Bool {
        if try isSame(batch, as: bags) { return false }
        try connection.run("DELETE FROM restated_sales WHERE batch = ? AND is_taken = 0", batch.number)
        var number = try connection.count("SELECT coalesce(max(number), 0) FROM restated_sales WHERE batch = ?", batch.number)
        for bag in bags {
            number += 1
            try connection.run(
                """
                INSERT INTO restated_sales (batch, number, store_id, product_ean, sale_day, order_id, old_sales, old_quantity,
                    old_sales_local, new_sales, new_quantity, new_sales_local) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, batch.number, number, bag.key.store, bag.key.ean, Int64(bag.key.day), bag.key.order, bag.old.sales, bag.old.quantity,
                bag.old.amount, bag.new.sales, bag.new.quantity, bag.new.amount)
        }
        return true
    }

    private func isSame(_ batch: BatchRow, as bags: [RestatedBag]) throws(LedgerFault) -> Bool {
        let kept = try connection.cursor(
            """
            SELECT store_id, product_ean, sale_day, order_id, old_sales, old_quantity, old_sales_local, new_sales, new_quantity,
                new_sales_local FROM restated_sales WHERE batch = ? AND is_taken = 0 ORDER BY number
            """, batch.number)
        defer { kept.reset() }
        for bag in bags {
            guard try kept.step(),
                bag.key
                    == SaleKey(store: kept.int64(0), ean: kept.int64(1), day: Int32(clamping: kept.int64(2)), order: kept.optionalText(3)),
                bag.old == RestatedTable.figures(kept, from: 4), bag.new == RestatedTable.figures(kept, from: 7)
            else { return false }
        }
        return try !kept.step()
    }

    private static func figures(_ row: Statement, from column: Int32) -> Restatement.Figures {
        Restatement.Figures(sales: row.int(column), quantity: row.int64(column + 1), amount: Money(units: row.int64(column + 2)))
    }

    /// How many keys now count as taken.
    func markTaken(_ batch: BatchRow) throws(LedgerFault) -> Int {
        try connection.run("UPDATE restated_sales SET is_taken = 1 WHERE batch = ? AND is_taken = 0", batch.number)
    }

    /// By store, product and date; the orders of one day are added up.
    func list(_ batch: BatchRow) throws(LedgerFault) -> [Restatement] {
        let lines = try connection.all(
            """
            SELECT coalesce(s.store, ''), r.product_ean, r.sale_day, sum(r.old_sales), sum(r.old_quantity), sum(r.old_sales_local),
                sum(r.new_sales), sum(r.new_quantity), sum(r.new_sales_local)
            FROM restated_sales r LEFT JOIN stores s ON s.id = r.store_id WHERE r.batch = ?
            GROUP BY r.store_id, r.product_ean, r.sale_day ORDER BY r.sale_day, 1, 2
            """, batch.number
        ) { row throws(LedgerFault) -> Restatement? in
            guard let ean = EAN(row.int64(1)) else { return nil }
            return Restatement(
                store: row.text(0), ean: ean, date: CivilDay(number: Int32(clamping: row.int64(2))),
                old: RestatedTable.figures(row, from: 3), new: RestatedTable.figures(row, from: 6))
        }
        return lines.compactMap { $0 }
    }
}
