import Batches
import Cells
import Sellout

/// The batches in the books that would be wrong without some others: they found their sales in those, took sales away from them, or brought
/// the same sales while those had taken them away. And whoever would be wrong without them. Deleted ones too: their sales stand.
struct Dependents {
    let connection: Connection

    /// The one that was booked last first.
    func of(_ batch: BatchRow) throws(LedgerFault) -> [BatchRow] {
        // What is looked for by its key below is found in `sale_keys` only.
        try SaleKeys(connection: connection).complete(of: batch.record.reseller, from: CivilDay(number: .min), to: CivilDay(number: .max))
        var undone: Set<Int64> = [batch.number]
        while true {
            let more = try counting(on: undone).union(try bringingAgain(undone)).union(try replacingMeanwhile(undone))
            if more.isSubset(of: undone) { break }
            undone.formUnion(more)
        }
        let numbers = try connection.all(
            BatchTable.number,
            from: """
                upload_batches WHERE id <> ? AND id IN (SELECT value FROM json_each(?))
                ORDER BY (SELECT max(booked) FROM editions WHERE editions.batch = upload_batches.id) DESC, id DESC
                """, batch.number, json(undone))
        var found: [BatchRow] = []
        for number in numbers {
            if let dependent = try BatchTable(connection: connection).get(number: number) { found.append(dependent) }
        }
        return found
    }

    private func json(_ batches: Set<Int64>) -> String { "[\(batches.map(String.init).joined(separator: ","))]" }

    private static let inTheBooks = "status IN ('completed', 'partial_success')"

    private func counting(on batches: Set<Int64>) throws(LedgerFault) -> Set<Int64> {
        let found = try connection.all(
            BatchTable.number,
            from: """
                upload_batches WHERE \(Self.inTheBooks)
                AND id IN (SELECT batch FROM counted_on WHERE other IN (SELECT value FROM json_each(?)))
                """, json(batches))
        return Set(found)
    }

    /// Sales that would come back if the batches were undone: their rows as `gone`, their editions as `owner`, and the line of the audit
    /// log that took them away as `taken.withdrawn_by`. Twice the numbers of the batches.
    private static let returning = """
        withdrawn_sales taken JOIN audit_log ON audit_log.id = taken.withdrawn_by AND audit_log.action = '\(AuditLog.booking)'
        JOIN upload_batches taker ON taker.batch_id = audit_log.batch_id AND taker.id IN (SELECT value FROM json_each(?))
        JOIN sale_rows gone ON gone.id = taken.sale
        JOIN editions owner ON owner.id = gone.id >> 32 AND owner.batch NOT IN (SELECT value FROM json_each(?))
        """

    /// Who booked the same sale after it was taken away: if it came back, the two would be one sale twice.
    private func bringingAgain(_ batches: Set<Int64>) throws(LedgerFault) -> Set<Int64> {
        let numbers = json(batches)
        let found = try connection.all(
            Column<Int64>(computed: "editions.batch"),
            from: """
                \(Self.returning)
                JOIN edition_products ON edition_products.edition = owner.id AND edition_products.number = gone.product
                JOIN product_namings ON product_namings.id = edition_products.naming
                JOIN edition_stores ON edition_stores.edition = owner.id AND edition_stores.number = gone.store
                JOIN store_namings ON store_namings.id = edition_stores.naming
                JOIN product_namings alike ON alike.reseller = product_namings.reseller AND alike.means_ean = product_namings.means_ean
                JOIN store_namings there ON there.reseller = store_namings.reseller AND there.means_store = store_namings.means_store
                JOIN sale_keys ON sale_keys.sale_day = gone.sale_day AND sale_keys.product = alike.id AND sale_keys.store = there.id
                JOIN sale_rows ON sale_rows.id = sale_keys.sale AND sale_rows.order_id IS gone.order_id AND sale_rows.outcome <= 1
                JOIN editions ON editions.id = sale_rows.id >> 32 AND editions.booked IS NOT NULL AND editions.batch <> owner.batch
                    AND editions.batch NOT IN (SELECT value FROM json_each(?))
                JOIN audit_log booking ON booking.id = CASE sale_rows.booked WHEN 0 THEN editions.booked ELSE sale_rows.booked END
                LEFT JOIN withdrawn_sales again ON again.sale = sale_rows.id AND again.returned_by IS NULL
                LEFT JOIN audit_log withdrawal ON withdrawal.id = again.withdrawn_by
                LEFT JOIN upload_batches withdrawer ON withdrawer.batch_id = withdrawal.batch_id
                WHERE taken.returned_by IS NULL
                AND (again.sale IS NULL OR withdrawal.action = '\(AuditLog.booking)' AND withdrawer.id IN (SELECT value FROM json_each(?)))
                AND taken.withdrawn_by < CASE booking.action WHEN '\(AuditLog.booking)' THEN booking.id ELSE (
                    SELECT max(first.booked) FROM editions first JOIN audit_log line ON line.id = first.booked
                    WHERE first.batch = editions.batch AND line.action = '\(AuditLog.booking)' AND line.id < booking.id) END
                GROUP BY editions.batch
                """, numbers, numbers, numbers, numbers)
        return Set(found)
    }

    /// Who replaced the sales' months after they were taken away: they would have gone then.
    private func replacingMeanwhile(_ batches: Set<Int64>) throws(LedgerFault) -> Set<Int64> {
        let (day, owner) = (Column<CivilDay>(computed: "gone.sale_day"), Column<Int64>(computed: "owner.batch"))
        let (taken, reseller) = (Column<Int64>(computed: "min(taken.withdrawn_by)"), Column<String>(computed: "taker.reseller"))
        let numbers = json(batches)
        let returning = try connection.all(
            ColumnList(day, owner, taken, reseller),
            from: "\(Self.returning) WHERE taken.returned_by IS NULL GROUP BY 1, 2", numbers, numbers
        ) { row throws(LedgerFault) in (Month(try row[day]), try row[owner], try row[taken], try row[reseller]) }
        guard let reseller = returning.first?.3 else { return [] }
        var found: Set<Int64> = []
        for (batch, mode, booked) in try replacing(of: reseller) where !batches.contains(batch) {
            let months = mode == .replaceAll ? [] : try months(of: batch)
            if returning.contains(where: { month, owner, taken, _ in
                owner != batch && booked > taken && (mode == .replaceAll || months.contains(month))
            }) {
                found.insert(batch)
            }
        }
        return found
    }

    private func replacing(of reseller: String) throws(LedgerFault) -> [(batch: Int64, mode: UploadMode, booked: Int64)] {
        let booked = Column<Int64>(computed: "editions.booked")
        return try connection.all(
            ColumnList(BatchTable.number, BatchTable.mode, booked),
            from: """
                upload_batches JOIN editions ON editions.id = upload_batches.edition AND booked IS NOT NULL
                WHERE reseller = ? AND upload_mode <> ? AND \(Self.inTheBooks)
                """, reseller, UploadMode.append
        ) { row throws(LedgerFault) in (try row[BatchTable.number], try row[BatchTable.mode], try row[booked]) }
    }

    /// Those that a replacing batch covered.
    private func months(of batch: Int64) throws(LedgerFault) -> Set<Month> {
        let days = try connection.all(
            SaleTable.day,
            from: """
                upload_batches CROSS JOIN editions ON editions.id = upload_batches.edition
                CROSS JOIN sale_rows ON \(RowRange.join(SaleTable.table))
                WHERE upload_batches.id = ? AND outcome <= 1 AND sale_rows.booked = 0 GROUP BY sale_day
                """, batch)
        return Set(days.map(Month.init))
    }
}
