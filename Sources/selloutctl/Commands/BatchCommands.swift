import Calling
import Operations
import Reports
import Sellout

/// `batches`, `show`, `errors`: what became of the files.
enum BatchCommands {
    static let all = [
        Command(
            CommandShape(
                "batches",
                options: [
                    OptionShape("reseller", "R", "only this reseller's"), OptionShape("status", "S", "only those in this state"),
                    OptionShape("limit", "N", "so many at most (1000)"),
                ], summary: "The files that have come, newest first."), run: batches),
        Command(CommandShape("show", operands: ["BATCH"], summary: "All that is known of one batch; with --json its report.")) { session in
            let report = try session.readingDesk().report(session.arguments.operands[0])
            if session.wantsJSON { return try session.output.write(report.operatorsJSONBytes) }
            try ReportPage(report).print(to: session.output)
        },
        Command(
            CommandShape(
                "errors", operands: ["BATCH"], options: [OptionShape("limit", "N", "so many at most (all)")],
                summary: "What is wrong with a file and its rows."), run: errors),
    ]

    static func table(none: String, _ output: Output) -> Table { Table(columns, none: none, to: output) }

    private static let columns: [Table.Column] = [
        .left("BATCH"), .left("RECEIVED"), .left("RESELLER"), .left("STATUS"), .right("ROWS"), .right("TAKEN"), .right("FAILED"),
        .right("EUR"), .left("FILE"),
    ]

    static func fields(_ report: Report) -> [String] {
        let batch = report.batch
        return [
            batch.id.short, String(batch.receivedAt.description.prefix(16)), batch.reseller, batch.state.rawValue,
            String(batch.counts.total),
            String(batch.counts.processed), String(batch.counts.failed), batch.totals.euros.description, batch.filename,
        ]
    }

    @Sendable private static func batches(_ session: Session) throws {
        let arguments = session.arguments
        let state = try arguments.state()
        let limit = try arguments.limit(or: 1000)
        let found = try session.readingDesk().batches(reseller: arguments.value("reseller"), state: state, limit: limit)
        var listing = Listing(session, columns, none: "No batches.")
        for report in found { try listing.add(report.summary, fields(report)) }
        try listing.end()
    }

    @Sendable private static func errors(_ session: Session) throws {
        let limit = try session.arguments.limit(or: .max)
        let desk = try session.readingDesk()
        let batch = try desk.batch(session.arguments.operands[0])
        var listing = Listing(
            session,
            [.left("SHEET"), .right("ROW"), .left("COLUMN"), .left("ERROR"), .left("VALUE"), .left("MESSAGE"), .left("SUGGESTION")],
            none: "No errors.")
        if let refusal = batch.refusal {
            try listing.add(refusal.json, ["-", "-", "-", refusal.type.rawValue, "-", refusal.message, refusal.suggestion ?? ""])
        }
        try desk.errors(of: batch, limit: limit - (batch.refusal == nil ? 0 : 1)) { errors in
            for error in errors {
                try listing.add(
                    error.json,
                    [
                        error.sheet, String(error.row), error.column ?? "-", error.type.rawValue, error.value ?? "-", error.message,
                        error.suggestion ?? "",
                    ])
            }
        }
        try listing.end()
    }
}
