import Calling
import Operations
import Reports
import Sellout
import Texts

/// `map`, `unmapped`, `mappings`, `import`: the reference data by which a reseller's rows are understood.
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
                "unmapped", options: [reseller] + Page.options("all"), summary: "Products that rows wait for, and what each probably is."),
            run: unmapped),
        Command(
            CommandShape(
                "mappings", options: [reseller] + Page.options("all"), summary: "Which product each reseller's code or name means."),
            run: mappings),
        Command(
            CommandShape(
                "import", operands: ["KIND", "FILE"],
                summary: "Takes \(ReferenceData.Kind.allCases.map(\.rawValue).joined(separator: ", ")) from a file.",
                details: """
                    Good lines are taken, bad ones listed by number; then the exit status is 1.
                    products  ean,functional_name,description
                    prices    ean,currency,price,valid_from
                    mappings  reseller,code,ean
                    stores    reseller,code,name,type,city,country    (type physical or online)
                    rates     Date, USD, JPY, … as the ECB publishes them
                    """), run: importFile),
    ]

    @Sendable private static func unmapped(_ session: Session) throws {
        let page = try session.arguments.page(of: .max)
        let waiting = page.cut(try session.readingDesk().suggestions(reseller: session.arguments.value("reseller")))
        var listing = Listing(
            session, [.left("RESELLER"), .left("CODE"), .left("NAME"), .right("ROWS"), .right("BATCHES"), .left("SUGGESTION")],
            none: "No row waits for a mapping.")
        try listing.page(page, waiting, \.json) { one in
            let product = one.product
            return [product.reseller, product.code, product.name, String(product.rows), String(product.batches), one.advice]
        }
    }

    @Sendable private static func mappings(_ session: Session) throws {
        let page = try session.arguments.page(of: .max)
        let known = page.cut(try session.readingDesk().mappings(reseller: session.arguments.value("reseller")))
        var listing = Listing(session, [.left("RESELLER"), .left("CODE"), .left("EAN"), .left("PRODUCT")], none: "Nothing is mapped yet.")
        try listing.page(page, known, \.json) { [$0.mapping.reseller, $0.mapping.code, $0.mapping.ean.description, $0.productName] }
    }

    @Sendable private static func importFile(_ session: Session) throws {
        let words = session.arguments.operands
        guard let kind = ReferenceData.Kind(rawValue: words[0]) else {
            let near = Nearest.question(for: words[0], among: ReferenceData.Kind.allCases.map(\.rawValue))
            throw session.arguments.misuse("There is no kind \(words[0])\(near)")
        }
        let taken = try session.desk(mayCreate: true).importReference(
            kind, from: try session.wiring.file(session.whereabouts, words[1]))
        if session.wantsJSON {
            try session.printJSON(taken.json)
        } else {
            try session.output.print(taken.sentence)
            if taken.linesRefused > 0 { try problems(taken, session.output) }
        }
        if let sentence = taken.refusedSentence { throw Refused(.wrong, sentence) }
    }

    private static func problems(_ taken: ReferenceImport, _ output: Output) throws {
        var table = Table([.right("LINE"), .left("COLUMN"), .left("WHAT IS WRONG")], none: "", to: output)
        for problem in taken.problems { try table.row([String(problem.row), problem.column ?? "-", problem.message]) }
        try table.end()
    }
}
