import Calling
import Ledger
import Operations
import Reports

/// `sales`: final sales, streamed.
enum SalesCommand {
    static let all = [
        Command(
            CommandShape(
                "sales",
                options: [
                    OptionShape("csv", "print CSV"), OptionShape("reseller", "R", "only this reseller's"),
                    OptionShape("from", "D", "from this day or month on"), OptionShape("to", "D", "to this day or month"),
                    OptionShape("batch", "B", "only this batch's"),
                    OptionShape("as-of", "T", "as the books stood then: 2026-03-31 or 2026-03-31T12:00"),
                    Page.since("only sales of files that came"),
                ] + Page.options("all"), summary: "The sales in the books, as a table, CSV or JSON."), run: run)
    ]

    private static let columns: [Table.Column] = [
        .left("BATCH"), .left("DATE"), .left("RESELLER"), .left("STORE"), .left("EAN"), .left("PRODUCT"), .right("QTY"), .right("LOCAL"),
        .left("CUR"), .right("EUR"),
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        if arguments.has("csv"), session.wantsJSON { throw session.arguments.misuse("--csv and --json exclude each other.") }
        let from = try arguments.day("from", endOfMonth: false)
        let to = try arguments.day("to", endOfMonth: true)
        if let from, let to, from > to { throw session.arguments.misuse("--from \(from) is after --to \(to).") }
        let asOf = try arguments.moment("as-of")
        let desk = try session.readingDesk()
        let (page, since) = (try arguments.page(of: .max), try arguments.since())
        var count = 0
        func each(_ body: (SaleLine) throws -> Void) throws {
            try desk.sales(
                SalesFilter(reseller: arguments.value("reseller"), from: from, to: to, asOf: asOf, since: since),
                batch: arguments.value("batch"), limit: page.wanted, offset: page.offset
            ) { line in
                if count < page.limit { try body(line) }
                count += 1
                return true
            }
        }
        if arguments.has("csv") { return try csv(session.output, each) }
        var listing = Listing(session, columns, none: "No sales.")
        try each { line in try listing.add(line.json, fields(line)) }
        try listing.end()
        if count > page.limit { try listing.tellOfMore(page) }
    }

    private static func csv(_ output: Output, _ each: ((SaleLine) throws -> Void) throws -> Void) throws {
        var listing = try CSVListing(SaleLine.columns, to: output)
        try each { line in try listing.add(line.fields) }
    }

    private static func fields(_ line: SaleLine) -> [String] {
        [
            String(line.batch.prefix(8)), line.date.description, line.reseller, line.store, line.ean, line.productName,
            String(line.quantity),
            line.local.description, line.currency, line.euros.description,
        ]
    }
}
