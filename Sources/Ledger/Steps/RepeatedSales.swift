import Sellout

/// Writes the errors of sales that the ledger has already, in pieces, naming the batch that brought them first.
struct RepeatedSales {
    private let connection: Connection
    private let batch: BatchRow
    private(set) var count = 0
    private var piece: [(RowError, ErrorTable.Cause)] = []
    private var origins: [Int64: (name: String, sha256: String?)] = [:]

    init(connection: Connection, batch: BatchRow) {
        self.connection = connection
        self.batch = batch
    }

    mutating func add(_ bag: SaleBag, earlier: SaleBag?) throws(LedgerFault) {
        var first = "an earlier batch"
        if let sale = earlier?.ids.first { first = try origin(of: RowRange.edition(of: sale)).name }
        for (id, before) in zip(bag.ids, bag.outcomes) where !batch.isBooked || bag.isLate || before == .repeated {
            guard let (sheet, row) = try place(of: id) else { continue }
            let error = RowError(
                sheet: sheet, row: row, type: .duplicateTransaction, message: "This sale is in the ledger already: \(first).",
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

    /// None of them counts.
    mutating func forget() {
        piece.removeAll()
        count = 0
    }

    /// Whether these are what an earlier batch of the very same content brought, whose record has been deleted since.
    mutating func isOfSameContent(_ earlier: SaleBag) throws(LedgerFault) -> Bool {
        for id in earlier.ids {
            guard try origin(of: RowRange.edition(of: id)).sha256 == batch.record.sha256 else { return false }
        }
        return batch.record.sha256 != nil
    }

    private mutating func origin(of edition: Int64) throws(LedgerFault) -> (name: String, sha256: String?) {
        if let known = origins[edition] { return known }
        let record = try BatchTable(connection: connection).get(ofEdition: edition)?.record
        let name = record.map { "batch \($0.id.short), \($0.filename), received on \($0.receivedAt.day)" } ?? "an earlier batch"
        origins[edition] = (name, record?.sha256)
        return (name, record?.sha256)
    }

    private static let columns = ColumnList(NamingTables.Sheets.name, SaleTable.row)

    private func place(of id: Int64) throws(LedgerFault) -> (sheet: String, row: Int)? {
        try connection.first(
            Self.columns,
            from: """
                sale_rows LEFT JOIN edition_sheets ON edition_sheets.edition = ? AND edition_sheets.number = sale_rows.sheet
                WHERE sale_rows.id = ?
                """, batch.edition, id
        ) { row throws(LedgerFault) in (try row[NamingTables.Sheets.name], Int(try row[SaleTable.row])) }
    }
}
