import Calling
import Ledger
import Operations
import Sellout
import Texts

/// `row`: one row of a file, and what an operator says of it.
enum RowCommand {
    static let all = [
        Command(
            CommandShape(
                "row", operands: ["BATCH", "SHEET:ROW", "[set|dismiss]", "[FIELD=VALUE …]"],
                options: [
                    OptionShape("why", "T", "why, for the report and the audit log"),
                    OptionShape("store", "S", "of a row with many sales, those of this store"),
                    OptionShape("product", "P", "those of this product"),
                    OptionShape("column", "C", "the one that is wrong in this column"),
                    OptionShape("sure", "take values that can hardly be true"),
                ], summary: "A row that failed: what it says, and settling it in place.",
                details: """
                    set puts VALUE in the place of what the row says: product (EAN, code or name), store, date (2025-01-28, or
                    2025-01 for a month), quantity, amount or price of a piece, order, country, city, cost, fee. The row is then
                    compared and counted like any other. dismiss says that the row is no sale, and wants --why. SHEET may be left
                    out where the file has one.
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        let (batch, place) = (arguments.operands[0], try place(arguments))
        let values = Array(arguments.operands.dropFirst(3))
        let reason = arguments.value("why") ?? ""
        switch arguments.operands.dropFirst(2).first {
        case nil: try show(try session.desk().row(batch, place), session)
        case "dismiss":
            guard values.isEmpty else { throw arguments.misuse("dismiss takes no fields.") }
            guard !reason.isEmpty else { throw arguments.misuse("dismiss wants --why T.") }
            let settled = try session.desk().dismiss(batch, place, reason: reason)
            try session.answer(settled.json, settled.sentence("dismissed"))
        case "set":
            guard !values.isEmpty else { throw arguments.misuse("set wants FIELD=VALUE.") }
            let settled = try session.desk().correct(batch, place, values, isSure: arguments.has("sure"), reason: reason)
            try session.answer(settled.json, settled.sentence("corrected"))
        case let word?: throw arguments.misuse("\(word) is neither set nor dismiss.")
        }
    }

    private static func place(_ arguments: Arguments) throws -> RowPlace {
        try RowPlace(
            arguments.operands[1], column: arguments.value("column"), store: arguments.value("store"), product: arguments.value("product"))
    }

    private static func show(_ story: RowStory, _ session: Session) throws {
        if session.wantsJSON { return try session.printJSON(story.json) }
        let parts: [SalePart] = [.product, .store, .date, .quantity, .amount, .order]
        var sales = Table(
            [
                .left("STANDING"), .left("PRODUCT"), .left("STORE"), .left("DATE"), .right("QTY"), .right("AMOUNT"), .left("ORDER"),
                .left("WRONG IN"),
            ], none: "", to: session.output)
        for sale in story.sales {
            let columns = sale.columns.isEmpty ? "-" : sale.columns.joined(separator: ", ")
            try sales.row([sale.standing.rawValue] + parts.map { sale.parts.text($0) ?? "-" } + [columns])
        }
        try sales.end()
        for error in story.errors {
            let advice = error.suggestion.map { " \($0)" } ?? ""
            try session.output.print(Printable.line("\(error.type.rawValue): \(error.message)\(advice)"))
        }
        for settled in story.settled {
            try session.output.print(Printable.line("\(settled.by.at) \(settled.by.actor) settled \(settled.row.sentence)"))
        }
    }
}
