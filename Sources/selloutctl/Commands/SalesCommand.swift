import Calling
import Ledger
import Operations
import Reports
import Texts

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
                ], summary: "The final sales, as a table, CSV or JSON."), run: run)
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
        let desk = try session.readingDesk()
        func each(_ body: (SaleLine) throws -> Void) throws {
            try desk.sales(reseller: arguments.value("reseller"), batch: arguments.value("batch"), from: from, to: to) { line in
                try body(line)
                return true
            }
        }
        if arguments.has("csv") { return try csv(session.output, each) }
        var listing = Listing(session, columns, none: "No sales.")
        try each { line in try listing.add(line.json, fields(line)) }
        try listing.end()
    }

    private static func csv(_ output: Output, _ each: ((SaleLine) throws -> Void) throws -> Void) throws {
        var text = CSVText()
        text.line(SaleLine.columns.map(JSONValue.text))
        try output.write(text.bytes)
        try each { line in
            text.removeAll()
            text.line(line.fields)
            try output.write(text.bytes)
        }
    }

    private static func fields(_ line: SaleLine) -> [String] {
        [
            String(line.batch.prefix(8)), line.date.description, line.reseller, line.store, line.ean, line.productName,
            String(line.quantity),
            line.local.description, line.currency, line.euros.description,
        ]
    }
}
