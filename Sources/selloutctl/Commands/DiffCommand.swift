import Calling
import Ledger
import Operations
import Sellout
import Texts

/// `diff`: what two batches say, beside each other.
enum DiffCommand {
    static let all = [
        Command(
            CommandShape(
                "diff", operands: ["BATCH", "BATCH"], options: [OptionShape("csv", "print CSV")],
                summary: "What two batches say differently of a store, a product and a day.",
                details: "Rows that still wait are among them. The amounts are in each batch's own currency."), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        if arguments.has("csv"), session.wantsJSON { throw arguments.misuse("--csv and --json exclude each other.") }
        let compared = try session.readingDesk().compare(arguments.operands[0], with: arguments.operands[1])
        if session.wantsJSON { return try session.printJSON(compared.json) }
        if arguments.has("csv") {
            var listing = try CSVListing(SaleDifference.columns, to: session.output)
            for one in compared.found.all { try listing.add(one.fields) }
            return
        }
        try print(compared, session.output)
    }

    private static func print(_ compared: ComparedBatches, _ output: Output) throws {
        for (title, batch) in [("First ", compared.first), ("Second", compared.second)] {
            try output.print(Printable.line("\(title)  \(batch.id.short)  \(batch.reseller)  \(batch.filename)"))
        }
        try output.print("")
        if !compared.found.all.isEmpty {
            var table = Table(
                [
                    .left("DIFFERENCE"), .left("DATE"), .left("STORE"), .left("PRODUCT"), .left("NAME"), .right("QTY 1"), .right("QTY 2"),
                    .right("LOCAL 1"), .right("LOCAL 2"),
                ], none: "", to: output)
            for one in compared.found.all { try table.row(fields(one)) }
            try table.end()
            try output.print("")
        }
        try output.print(compared.sentence)
        for caution in compared.cautions { try output.print(caution) }
    }

    private static func fields(_ one: SaleDifference) -> [String] {
        func amount(_ figures: SaleDifference.Figures?) -> String { figures.map { $0.amount?.description ?? "?" } ?? "-" }
        let kind =
            switch one.kind {
            case .onlyFirst: "only in the first"
            case .onlySecond: "only in the second"
            case .otherFigures: "other figures"
            }
        return [
            kind, one.date.description, one.store, one.product, one.productName, one.first.map { String($0.quantity) } ?? "-",
            one.second.map { String($0.quantity) } ?? "-", amount(one.first), amount(one.second),
        ]
    }
}
