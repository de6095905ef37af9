import Calling
import Operations
import Reports
import Sellout
import Texts

/// `errors`: what is wrong with a file and its rows.
enum ErrorsCommand {
    static let all = [
        Command(
            CommandShape(
                "errors", operands: ["BATCH"],
                options: [OptionShape("type", "T", "only errors of this type")] + Page.options("all"),
                summary: "What is wrong with a file and its rows."), run: run)
    ]

    private static let columns: [Table.Column] = [
        .left("SHEET"), .right("ROW"), .left("COLUMN"), .left("ERROR"), .left("VALUE"), .left("MESSAGE"), .left("SUGGESTION"),
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        let (page, type) = (try arguments.page(of: .max), try arguments.errorType())
        let desk = try session.desk()
        let batch = try desk.batch(arguments.operands[0])
        var listing = Listing(session, columns, none: "No errors.")
        // What is wrong with the file as a whole comes first, as in its report.
        let refusal = type == nil ? batch.refusal : nil
        var shown = 0
        if let refusal, page.offset == 0 {
            try listing.add(refusal.json, ["-", "-", "-", refusal.type.rawValue, "-", refusal.message, refusal.suggestion ?? ""])
            shown = 1
        }
        let before = refusal == nil ? 0 : 1
        try desk.errors(of: batch, type: type, limit: page.wanted - shown, offset: max(0, page.offset - before)) { errors in
            for error in errors.prefix(page.limit - shown) { try listing.add(error.json, fields(error)) }
            shown += errors.count
        }
        try listing.end()
        if shown > page.limit { try listing.tellOfMore(page) }
    }

    private static func fields(_ error: RowError) -> [String] {
        [
            error.sheet, String(error.row), error.column ?? "-", error.type.rawValue, error.value ?? "-", error.message,
            error.suggestion ?? "",
        ]
    }
}
