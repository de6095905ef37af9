import Sellout

/// By what failed rows are put together.
package enum ErrorTrait: String, CaseIterable, Sendable {
    case type, field, store, product
}

/// Errors of a batch that have something in common.
package struct ErrorGroup: Hashable, Sendable {
    /// The type, the field, the store or the product; nil where the rows do not tell.
    package let key: String?
    package let errors: Int
    /// A row can have several errors.
    package let rows: Int
    /// The first of them, in the order of the file.
    package let first: RowError

    package init(key: String?, errors: Int, rows: Int, first: RowError) {
        self.key = key
        self.errors = errors
        self.rows = rows
        self.first = first
    }
}

/// The only place that knows from which tables it is seen of which store and product a failed row is: where the error names it, the
/// error; else the batch's staged row of that number, where all that the file's row sells is of one. A row whose form was wrong was
/// never staged.
struct ErrorAnalysis {
    private static let key = Column<String?>(computed: "said_key")
    private static let errors = Column<Int>(computed: "count(*)")
    private static let rows = Column<Int>(computed: "count(DISTINCT sheet || char(0) || row_number)")
    /// https://sqlite.org/lang_select.html#bareagg: beside a single min(), bare columns are those of the row that has it.
    private static let first = Column<Int64>(computed: "min(id)")
    private static let sheet = Column<String>(computed: "sheet")
    private static let row = Column<Int>(computed: "row_number")
    private static let column = Column<String?>(computed: "column_name")
    private static let type = Column<RowErrorType>(computed: "error_type")
    private static let message = Column<String>(computed: "error_message")
    private static let field = Column<String?>(computed: "field_name")
    private static let value = Column<String?>(computed: "field_value")
    private static let suggestion = Column<String?>(computed: "suggestion")
    private static let all =
        ColumnList(key, errors, rows, first) + ColumnList(sheet, row, column, type, message, field, value, suggestion)

    private static let staged = """
        SELECT h.sheet AS staged_sheet, t.row_number AS staged_row,
        iif(min(t.store) = max(t.store), coalesce(stores.store, w.named_store), NULL) AS staged_store,
        iif(min(t.product) = max(t.product), coalesce(products.functional_name, g.named_code, g.named_name,
            printf('%013d', coalesce(p.product_ean, g.named_ean))), NULL) AS staged_product
        FROM sale_rows t
        JOIN edition_sheets h ON h.edition = t.id >> 32 AND h.number = t.sheet
        JOIN edition_stores n ON n.edition = t.id >> 32 AND n.number = t.store
        JOIN store_namings w ON w.id = n.naming
        LEFT JOIN stores ON stores.id = n.store_id
        JOIN edition_products p ON p.edition = t.id >> 32 AND p.number = t.product
        JOIN product_namings g ON g.id = p.naming
        LEFT JOIN products ON products.product_ean = printf('%013d', p.product_ean)
        WHERE t.id BETWEEN ? AND ? GROUP BY t.sheet, t.row_number
        """

    let connection: Connection

    /// The most errors first.
    func groups(of rows: RowRange, by trait: ErrorTrait) throws(LedgerFault) -> [ErrorGroup] {
        let errors = "error_reports WHERE id BETWEEN ? AND ?"
        let order = "GROUP BY said_key ORDER BY 2 DESC, said_key"
        switch trait {
        case .type: return try ask("(SELECT *, error_type AS said_key FROM \(errors)) \(order)", rows)
        case .field: return try ask("(SELECT *, field_name AS said_key FROM \(errors)) \(order)", rows)
        case .store:
            return try ask(
                "(\(joined("iif(field_name = 'store', nullif(field_value, ''), NULL)", "staged_store"))) \(order)", rows, times: 2)
        case .product:
            let own = "iif(field_name IN ('ean', 'code', 'name'), nullif(field_value, ''), NULL)"
            return try ask("(\(joined("NULL", "staged_product, \(own)"))) \(order)", rows, times: 2)
        }
    }

    private func joined(_ own: String, _ others: String) -> String {
        """
        SELECT error_reports.*, coalesce(\(own), \(others)) AS said_key FROM error_reports
        LEFT JOIN (\(Self.staged)) ON staged_sheet = sheet AND staged_row = row_number
        WHERE error_reports.id BETWEEN ? AND ?
        """
    }

    /// `rest` has the batch's range so often.
    private func ask(_ rest: String, _ rows: RowRange, times: Int = 1) throws(LedgerFault) -> [ErrorGroup] {
        let groups = try connection.cursor(Self.all, from: rest, RowRanges(rows: rows, times: times))
        defer { groups.reset() }
        var found: [ErrorGroup] = []
        while try groups.step() {
            let first = RowError(
                sheet: try groups[Self.sheet], row: try groups[Self.row], column: try groups[Self.column], type: try groups[Self.type],
                message: try groups[Self.message], field: try groups[Self.field], value: try groups[Self.value],
                suggestion: try groups[Self.suggestion])
            found.append(ErrorGroup(key: try groups[Self.key], errors: try groups[Self.errors], rows: try groups[Self.rows], first: first))
        }
        return found
    }
}

private struct RowRanges: Bindable {
    let rows: RowRange
    let times: Int

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        for _ in 0..<times { try rows.bind(to: statement, at: &place) }
    }
}
