import Calling
import Ledger
import Operations
import Reports
import Sellout

/// `batches`, `pending`, `show`: what became of the files.
enum BatchCommands {
    static let all = [
        Command(
            CommandShape(
                "batches",
                options: [
                    OptionShape("reseller", "R", "only this reseller's"), OptionShape("status", "S", "only those in this state"),
                    OptionShape("search", "T", "only those with this in the file's name, or at the start of the id"),
                    Page.since("those that came"),
                ] + Page.options("1000"), summary: "The files that have come, newest first."), run: batches),
        Command(
            CommandShape(
                "pending", options: [OptionShape("reseller", "R", "only this reseller's")] + Page.options("1000"),
                summary: "The files that wait for approval, newest first, and why."), run: pending),
        Command(CommandShape("show", operands: ["BATCH"], summary: "All that is known of one batch; with --json its report.")) { session in
            let report = try session.readingDesk().report(session.arguments.operands[0])
            if session.wantsJSON { return try session.printJSON(report.operatorsJSON) }
            try ReportPage(report).print(to: session.output)
        },
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
        let (page, since) = (try arguments.page(of: 1000), try arguments.since())
        let filter = BatchFilter(
            resellers: arguments.value("reseller").map { [$0] }, states: state.map { [$0] }, search: arguments.value("search"),
            since: since,
            limit: page.wanted, offset: page.offset)
        let found = try session.readingDesk().batches(filter)
        var listing = Listing(session, columns, none: "No batches.")
        try listing.page(page, found, \.summary, fields)
    }

    @Sendable private static func pending(_ session: Session) throws {
        let page = try session.arguments.page(of: 1000)
        let filter = BatchFilter(
            resellers: session.arguments.value("reseller").map { [$0] }, states: [.stagingComplete], limit: page.wanted, offset: page.offset
        )
        var listing = Listing(
            session,
            [
                .left("BATCH"), .left("RECEIVED"), .left("RESELLER"), .right("ROWS"), .right("VALID"), .right("FAILED"), .left("FILE"),
                .left("WHY"),
            ],
            none: "Nothing waits for approval.")
        try listing.page(page, try session.readingDesk().batches(filter), \.summary) { report in
            let (batch, counts) = (report.batch, report.batch.counts)
            return [
                batch.id.short, String(batch.receivedAt.description.prefix(16)), batch.reseller, String(counts.total),
                String(counts.processed + counts.unchanged), String(counts.failed), batch.filename, batch.message,
            ]
        }
    }
}
