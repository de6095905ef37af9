import Sellout

/// The errors of one row of a file.
extension ErrorTable {
    private static let ofRow = "\(RowRange.within(table)) AND error_reports.sheet = ? AND error_reports.row_number = ?"

    func list(_ rows: RowRange, sheet: String, row: Int) throws(LedgerFault) -> [RowError] {
        try connection.all(Self.told, from: "error_reports WHERE \(Self.ofRow) ORDER BY id", rows, sheet, row, read: Self.read)
    }

    func dropWaiting(_ rows: RowRange, sheet: String, row: Int) throws(LedgerFault) {
        try connection.run("DELETE FROM error_reports WHERE \(Self.ofRow) AND cause = ?", rows, sheet, row, Cause.waiting)
    }

    func drop(_ rows: RowRange, _ fault: MalformedRow.Fault, sheet: String, row: Int) throws(LedgerFault) {
        try connection.run(
            "DELETE FROM error_reports WHERE \(Self.ofRow) AND cause = ? AND column_name IS ? AND (field_name IS ? OR field_name IS NULL)",
            rows, sheet, row, Cause.form, fault.column, fault.field)
    }
}
