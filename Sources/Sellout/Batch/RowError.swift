/// One thing wrong with one row: where, what, and what to do about it.
public struct RowError: Hashable, Codable, Sendable {
    public let sheet: String
    public let row: Int
    /// As the sheet names it: `F`.
    public let column: String?
    public let type: RowErrorType
    public let message: String
    public let field: String?
    public let value: String?
    public let suggestion: String?

    public init(
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
