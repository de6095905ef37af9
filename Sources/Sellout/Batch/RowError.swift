/// One thing wrong with one row: where, what, and what to do about it.
package struct RowError: Hashable, Codable, Sendable {
    package let sheet: String
    package let row: Int
    /// As the sheet names it: `F`.
    package let column: String?
    package let type: RowErrorType
    package let message: String
    package let field: String?
    package let value: String?
    package let suggestion: String?

    package init(
        sheet: String, row: Int, column: String? = nil, type: RowErrorType, message: String, field: String? = nil, value: String? = nil,
        suggestion: String? = nil
    ) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.type = type
        self.message = message
        self.field = field
        self.value = value
        self.suggestion = suggestion
    }
}
