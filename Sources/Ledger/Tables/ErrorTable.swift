import Sellout

/// `error_reports`, numbered from 1 without gaps in the order of the file, so that any page of them is found at once.
struct ErrorTable {
    /// Why a row stands here, which says when its line goes again.
    enum Cause: Int64 {
        /// Wrong in the file: stays.
        case form = 0
        /// Of a waiting row: goes when the row is resolved again.
        case waiting = 1
        /// Of a row that the ledger has already: goes when it is compared again.
        case repeated = 2
    }

    let connection: Connection

    private static let columns = "sheet, row_number, column_name, error_type, error_message, field_name, field_value, suggestion"

    func append(_ errors: some Sequence<(RowError, Cause)>, to rows: RowRange) throws(LedgerFault) {
        var id = try last(rows)
        for (error, cause) in errors {
            id += 1
            try connection.run(
                "INSERT INTO error_reports (id, cause, \(ErrorTable.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id, cause.rawValue,
                error.sheet, error.row, error.column, error.type.rawValue, error.message, error.field, error.value, error.suggestion)
        }
    }

    private func last(_ rows: RowRange) throws(LedgerFault) -> Int64 {
        try connection.first("SELECT max(id) FROM error_reports WHERE id BETWEEN ? AND ?", rows.first, rows.last) {
            row throws(LedgerFault) in
            row.optionalInt64(0)
        }.flatMap { $0 } ?? rows.first
    }

    func drop(_ rows: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM error_reports WHERE id BETWEEN ? AND ?", rows.first, rows.last)
    }

    /// How many went.
    @discardableResult func drop(_ rows: RowRange, _ cause: Cause) throws(LedgerFault) -> Int {
        try connection.run("DELETE FROM error_reports WHERE id BETWEEN ? AND ? AND cause = ?", rows.first, rows.last, cause.rawValue)
    }

    /// Numbers them again in the order of the file, after some have gone or come.
    func sort(_ batch: BatchRow) throws(LedgerFault) {
        let rows = batch.rows
        // The upper half of the batch's range is the place to sort in: nobody has two thousand million errors.
        let aside = rows.first + (1 << 31)
        try connection.run(
            """
            INSERT INTO error_reports (id, cause, \(ErrorTable.columns))
            SELECT ?1 + row_number() OVER (
                ORDER BY coalesce((SELECT min(number) FROM batch_sheets h WHERE h.batch = ?2 AND h.sheet = e.sheet), 4294967295),
                e.row_number, e.id), e.cause, \(ErrorTable.columns)
            FROM error_reports e WHERE e.id BETWEEN ?3 AND ?1
            """, aside, batch.number, rows.first)
        try connection.run("DELETE FROM error_reports WHERE id BETWEEN ? AND ?", rows.first, aside)
        try connection.run(
            "UPDATE error_reports SET id = id - ?1 + ?2 WHERE id BETWEEN ?1 AND ?3", aside, rows.first, rows.last)
    }

    func list(_ rows: RowRange, after: Int, limit: Int) throws(LedgerFault) -> [RowError] {
        try connection.all(
            "SELECT \(ErrorTable.columns) FROM error_reports WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
            rows.first + 1 + Int64(max(0, after)), rows.last, limit, read: ErrorTable.read)
    }

    private static func read(_ row: Statement) throws(LedgerFault) -> RowError {
        guard let type = RowErrorType(rawValue: row.text(3)) else {
            throw LedgerFault.broken("There is no row error type \(row.text(3)).")
        }
        return RowError(
            sheet: row.text(0), row: row.int(1), column: row.optionalText(2), type: type, message: row.text(4), field: row.optionalText(5),
            value: row.optionalText(6), suggestion: row.optionalText(7))
    }

    func counts(_ rows: RowRange) throws(LedgerFault) -> [(type: String, count: Int)] {
        try connection.all(
            "SELECT error_type, count(*) FROM error_reports WHERE id BETWEEN ? AND ? GROUP BY error_type ORDER BY 2 DESC, 1", rows.first,
            rows.last
        ) { row throws(LedgerFault) in (row.text(0), row.int(1)) }
    }

    /// Whether these are the very errors that waiting rows have already.
    func waitingErrors(_ rows: RowRange, are errors: [RowError]) throws(LedgerFault) -> Bool {
        let present = try connection.cursor(
            "SELECT \(ErrorTable.columns) FROM error_reports WHERE id BETWEEN ? AND ? AND cause = ? ORDER BY id", rows.first, rows.last,
            Cause.waiting.rawValue)
        defer { present.reset() }
        for error in errors {
            guard try present.step(), try ErrorTable.read(present) == error else { return false }
        }
        return try !present.step()
    }
}
