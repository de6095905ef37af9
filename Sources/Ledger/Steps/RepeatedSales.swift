import Sellout

/// Writes the errors of sales that the ledger has already, in pieces, naming the batch that brought them first.
struct RepeatedSales {
    let connection: Connection
    let batch: BatchRow
    private(set) var count = 0
    private var piece: [(RowError, ErrorTable.Cause)] = []
    private var earlierBatches: [Int64: String] = [:]

    init(connection: Connection, batch: BatchRow) {
        self.connection = connection
        self.batch = batch
    }

    mutating func add(_ bag: SaleBag, earlier: SaleBag) throws(LedgerFault) {
        guard let first = earlier.ids.first else { return }
        let origin = try name(ofBatch: RowRange.batch(of: first))
        for id in bag.ids {
            guard let (sheet, row) = try place(of: id) else { continue }
            let error = RowError(
                sheet: sheet, row: row, type: .duplicateTransaction, message: "This sale is in the ledger already: \(origin).",
                suggestion: "Leave the row out. If the figures were wrong before, send the corrected ones.")
            piece.append((error, .repeated))
            count += 1
        }
        if piece.count >= 1000 { try flush() }
    }

    mutating func flush() throws(LedgerFault) {
        try ErrorTable(connection: connection).append(piece, to: batch.rows)
        piece.removeAll(keepingCapacity: true)
    }

    private mutating func name(ofBatch number: Int64) throws(LedgerFault) -> String {
        if let known = earlierBatches[number] { return known }
        let record = try BatchTable(connection: connection).get(number: number)?.record
        let name = record.map { "batch \($0.id.short), \($0.filename), received on \($0.receivedAt.day)" } ?? "an earlier batch"
        earlierBatches[number] = name
        return name
    }

    private func place(of id: Int64) throws(LedgerFault) -> (sheet: String, row: Int)? {
        try connection.first(
            """
            SELECT coalesce(h.sheet, ''), t.row_number FROM staging_sales t
            LEFT JOIN batch_sheets h ON h.batch = ? AND h.number = t.sheet WHERE t.id = ?
            """, batch.number, id
        ) { row throws(LedgerFault) in (row.text(0), row.int(1)) }
    }
}
