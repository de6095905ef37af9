import Sellout
import Texts

/// All errors of a batch as CSV, piece by piece.
package struct ErrorLines {
    private var text = CSVText()

    package init() { text.line(RowError.columns.map(JSONValue.text)) }

    package mutating func add(_ errors: [RowError]) {
        for error in errors { text.line(error.fields) }
    }

    /// What has been added since it was taken last.
    package mutating func taken() -> [UInt8] {
        defer { text.removeAll() }
        return text.bytes
    }
}

/// One failed row, with the same columns as CSV and as JSON.
extension RowError {
    package static let columns = [
        "sheet", "row_number", "column", "error_type", "error_message", "field_name", "field_value", "suggestion",
    ]

    /// In the order of `columns`.
    package var fields: [JSONValue] { RowError.columns.map { json[$0] ?? .null } }
}

extension FileRefusal {
    /// In the order of a row's columns.
    package var fields: [JSONValue] { RowError.columns.map { json[$0] ?? .null } }
}
