import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `map`, `unmapped`: the reference data by which a reseller's rows are understood.
enum ReferenceCommands {
    private static let reseller = OptionShape("reseller", "R", "only this reseller's")

    static let all = [
        Command(
            CommandShape(
                "map", operands: ["[RESELLER]", "[CODE]", "[EAN]"],
                options: [
                    OptionShape("accept-suggestions", "in place of the three words: ask for each product that is alike"),
                    OptionShape("yes", "with it: ask nothing, and map only those whose size and kind agree"), reseller,
                ],
                summary: "Says which product a reseller's code or product name means.",
                details: "Rows that wait for it are resolved again by the daemon, and new reports go out.")
        ) { session in
            if session.arguments.has("accept-suggestions") { return try AcceptedSuggestions(session: session).run() }
            if session.arguments.has("yes") { throw session.arguments.misuse("--yes goes with --accept-suggestions.") }
            let words = session.arguments.operands
            guard words.count == 3 else { throw session.arguments.misuse("\(["RESELLER", "CODE", "EAN"][words.count]) is missing.") }
            let outcome = try session.desk(mayCreate: true).map(reseller: words[0], code: words[1], ean: words[2])
            try session.answer(outcome.json, outcome.sentence)
        },
        Command(
            CommandShape(
                "unmapped",
                options: [reseller, OptionShape("stores", "unknown stores instead, of resellers whose stores are closed")]
                    + Page.options("all"),
                summary: "Products that rows wait for, and what each probably is; with --stores unknown stores.")
        ) { session in
            let (desk, reseller) = (try session.readingDesk(), session.arguments.value("reseller"))
            if session.arguments.has("stores") { return try list(try desk.unknownStores(reseller: reseller), session) }
            try list(try desk.suggestions(reseller: reseller), session)
        },
    ]

    private static let sums: [Table.Column] = [
        .right("ROWS"), .right("BATCHES"), .right("QTY"), .right("LOCAL"), .left("CUR"), .left("SINCE"), .right("DAYS"),
    ]

    private static func fields(_ sums: WaitingSums, _ currency: String?, _ session: Session) -> [String] {
        let days = max(0, session.wiring.now().day.number - sums.since.day.number)
        return [
            String(sums.rows), String(sums.batches), String(sums.quantity), sums.local?.description ?? "-",
            sums.local == nil ? "-" : currency ?? "-", sums.since.day.description, String(days),
        ]
    }

    private static func list(_ all: [SuggestedMapping], _ session: Session) throws {
        let page = try session.arguments.page(of: .max)
        var listing = Listing(
            session, [.left("RESELLER"), .left("CODE"), .left("NAME"), .left("EAN")] + sums + [.left("SUGGESTION")],
            none: "No row waits for a mapping.")
        try listing.page(page, page.cut(all), \.json) { one in
            let product = one.product
            return [product.reseller, product.code, product.name, product.ean?.description ?? "-"]
                + fields(product.waits, one.currency, session) + [one.advice]
        }
    }

    private static func list(_ all: [SuggestedStore], _ session: Session) throws {
        let page = try session.arguments.page(of: .max)
        var listing = Listing(
            session, [.left("RESELLER"), .left("STORE")] + sums + [.left("LIKE IT ARE")], none: "No row waits for a store.")
        try listing.page(page, page.cut(all), \.json) { one in
            [one.store.reseller, one.store.name] + fields(one.store.waits, one.currency, session) + [one.advice]
        }
    }
}
