/// What operators have said of one sale of a row that failed, field by field.
package struct SettledRow: Hashable, Sendable {
    package let sheet: String
    package let row: Int
    /// By a report's name; nil where the row as a whole was wrong.
    package let field: String?
    /// As the file had it.
    package let original: String?
    /// Nil where the row was dismissed: it is no sale.
    package let corrected: String?
    package let reason: String

    package init(sheet: String, row: Int, field: String?, original: String?, corrected: String?, reason: String) {
        self.sheet = sheet
        self.row = row
        self.field = field
        self.original = original
        self.corrected = corrected
        self.reason = reason
    }

    package var isDismissed: Bool { corrected == nil }

    private static let dismissed = "dismissed by operations"

    /// Why dismissed rows are no sales, as a report says it.
    package static func skipReason(_ why: String) -> String { why.isEmpty ? dismissed : "\(dismissed): \(why)" }

    package static func isSkipReason(_ reason: String) -> Bool { reason == dismissed || reason.hasPrefix("\(dismissed): ") }
}
