import Operations
import Reports

/// `map`, `unmapped`: which of our products a reseller means.
enum ProductCommands {
    private static let reseller = OptionShape("reseller", "R", "only this reseller's")

    static let all = [
        Command(
            CommandShape(
                "map", operands: ["[RESELLER]", "[CODE]", "[EAN]"],
                options: [
                    OptionShape("accept-suggestions", nil, "in place of the three words: show what unmapped lists as alike, and map it"),
                    reseller,
                ],
                summary: "Says which product a reseller's code or product name means.",
                details: "Rows that wait for it are resolved again by the daemon, and new reports go out.")
        ) { session in
            if session.arguments.has("accept-suggestions") { return try acceptSuggestions(session) }
            let words = session.arguments.operands
            guard words.count == 3 else { throw UsageError("\(["RESELLER", "CODE", "EAN"][words.count]) is missing.", command: "map") }
            let outcome = try session.desk(mayCreate: true).map(reseller: words[0], code: words[1], ean: words[2])
            try session.answer(outcome.json, outcome.sentence)
        },
        Command(
            CommandShape("unmapped", options: [reseller], summary: "Products that rows wait for, and what each probably is.")
        ) { session in try list(try session.desk().suggestions(reseller: session.arguments.value("reseller")), session) },
    ]

    private static func list(_ waiting: [SuggestedMapping], _ session: Session) throws {
        var listing = Listing(
            session, [.left("RESELLER"), .left("CODE"), .left("NAME"), .right("ROWS"), .right("BATCHES"), .left("SUGGESTION")],
            none: "No row waits for a mapping.")
        for one in waiting {
            let product = one.product
            try listing.add(
                one.json, [product.reseller, product.code, product.name, String(product.rows), String(product.batches), one.advice])
        }
        try listing.end()
    }

    /// Shows them first: what was mapped wrongly can then be found and mapped again.
    private static func acceptSuggestions(_ session: Session) throws {
        if !session.arguments.operands.isEmpty { throw UsageError("--accept-suggestions takes no further words.", command: "map") }
        let desk = try session.desk()
        let suggestions = try desk.suggestions(reseller: session.arguments.value("reseller")).filter { $0.suggestion != nil }
        if !session.wantsJSON { try list(suggestions, session) }
        let outcomes = try desk.accept(suggestions)
        if session.wantsJSON { return try session.printJSON(.array(outcomes.map(\.json))) }
        for outcome in outcomes { try session.output.print(Printable.text(outcome.sentence)) }
    }
}
