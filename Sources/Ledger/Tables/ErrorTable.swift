import Sellout

/// `error_reports`, numbered from 1 without gaps in the order of the file, so that any page of them is found at once.
struct ErrorTable {
    /// Why a row stands here, which says when its line goes again.
    enum Cause: Int64, StoredAs {
        /// Wrong in the file: stays.
        case form = 0
        /// Of a waiting row: goes when the row is resolved again.
        case waiting = 1
        /// Of a row that the ledger has already: goes when it is compared again.
        case repeated = 2
    }

    static let table: StaticString = "error_reports"
    static let id = Column<Int64>(table, "id")
    static let cause = Column<Cause>(table, "cause")
    static let sheet = Column<String>(table, "sheet")
    static let row = Column<Int>(table, "row_number")
    static let column = Column<String?>(table, "column_name")
    static let type = Column<RowErrorType>(table, "error_type")
    static let message = Column<String>(table, "error_message")
    static let field = Column<String?>(table, "field_name")
    static let value = Column<String?>(table, "field_value")
    static let suggestion = Column<String?>(table, "suggestion")

    /// What its report says of an error.
    static let told = ColumnList(sheet, row, column, type, message, field, value, suggestion)
    private static let all = ColumnList(id, cause) + told
    private static let count = Column<Int>(computed: "count(*)")
    private static let inBatch = RowRange.within(table)

    let connection: Connection

    func append(_ errors: some Sequence<(RowError, Cause)>, to rows: RowRange) throws(LedgerFault) {
        let last = Column<Int64?>(computed: "max(id)")
        var id = try connection.all(last, from: "error_reports WHERE \(Self.inBatch)", rows).first.flatMap { $0 } ?? rows.first
        let insertion = try connection.insertion(of: Self.all)
        for (error, cause) in errors {
            id += 1
            try insertion.bind(id, to: Self.id)
            try insertion.bind(cause, to: Self.cause)
            try insertion.bind(error.sheet, to: Self.sheet)
            try insertion.bind(error.row, to: Self.row)
            try insertion.bind(error.column, to: Self.column)
            try insertion.bind(error.type, to: Self.type)
            try insertion.bind(error.message, to: Self.message)
            try insertion.bind(error.field, to: Self.field)
            try insertion.bind(error.value, to: Self.value)
            try insertion.bind(error.suggestion, to: Self.suggestion)
            try insertion.run()
        }
    }

    func drop(_ rows: RowRange) throws(LedgerFault) {
        try connection.run("DELETE FROM error_reports WHERE \(Self.inBatch)", rows)
    }

    /// How many went.
    @discardableResult func drop(_ rows: RowRange, _ cause: Cause) throws(LedgerFault) -> Int {
        try connection.run("DELETE FROM error_reports WHERE \(Self.inBatch) AND cause = ?", rows, cause)
    }

    /// Numbers them again in the order of the file, after some have gone or come.
    func sort(_ batch: BatchRow) throws(LedgerFault) {
        let rows = batch.rows
        // The upper half of the batch's range is the place to sort in: nobody has two thousand million errors.
        let aside = rows.first + (1 << 31)
        try connection.run(
            """
            INSERT INTO error_reports (\(Self.all.plain))
            SELECT ?1 + row_number() OVER (
                ORDER BY coalesce((SELECT min(number) FROM edition_sheets h WHERE h.edition = ?2 AND h.sheet = error_reports.sheet), \(RowRange.most)),
                row_number, id), cause, \(Self.told.plain)
            FROM error_reports WHERE id BETWEEN ?3 AND ?1
            """, aside, batch.edition, rows.first)
        try connection.run("DELETE FROM error_reports WHERE id BETWEEN ? AND ?", rows.first, aside)
        try connection.run("UPDATE error_reports SET id = id - ?1 + ?2 WHERE id BETWEEN ?1 AND ?3", aside, rows.first, rows.last)
    }

    func list(_ rows: RowRange, after: Int = 0, limit: Int) throws(LedgerFault) -> [RowError] {
        try connection.all(
            Self.told, from: "error_reports WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?", rows.first + 1 + Int64(max(0, after)), rows.last,
            limit, read: Self.read)
    }

    static func read(_ row: Statement) throws(LedgerFault) -> RowError {
        RowError(
            sheet: try row[sheet], row: try row[Self.row], column: try row[column], type: try row[type], message: try row[message],
            field: try row[field], value: try row[value], suggestion: try row[suggestion])
    }

    func counts(_ rows: RowRange) throws(LedgerFault) -> [(type: String, count: Int)] {
        try connection.all(
            ColumnList(Self.type, Self.count), from: "error_reports WHERE \(Self.inBatch) GROUP BY error_type ORDER BY 2 DESC, 1", rows
        ) { row throws(LedgerFault) in (try row[Self.type].rawValue, try row[Self.count]) }
    }

    /// Whether these are the very errors that waiting rows have already.
    func waitingErrors(_ rows: RowRange, are errors: [RowError]) throws(LedgerFault) -> Bool {
        let present = try connection.cursor(
            Self.told, from: "error_reports WHERE \(Self.inBatch) AND cause = ? ORDER BY id", rows, Cause.waiting)
        defer { present.reset() }
        for error in errors {
            guard try present.step(), try Self.read(present) == error else { return false }
        }
        return try !present.step()
    }
}
