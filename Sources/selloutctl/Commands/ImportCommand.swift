import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `import`: reference data from a file; what it would change, and how an import is taken back.
enum ImportCommand {
    static let all = [
        Command(
            CommandShape(
                "import", operands: ["KIND|list|undo", "[FILE|N]"],
                options: [
                    OptionShape("dry-run", "only shows what would change"), ReferenceWords.why, Page.since("imports"),
                ] + Page.options("1000"),
                summary: "Takes \(ReferenceData.Kind.allCases.map(\.rawValue).joined(separator: ", ")) from a file.",
                details: """
                    Good lines are taken, bad ones listed by number; then the exit status is 1.
                    products  ean,functional_name,description
                    prices    ean,currency,price,valid_from
                    mappings  reseller,code,ean
                    stores    reseller,code,name,type,city,country    (type physical or online)
                    rates     Date, USD, JPY, … as the ECB publishes them
                    import list      the imports and their numbers, also of files dropped into reference/inbox; newest first
                    import undo N    puts back what import N has changed, as far as nobody has changed it since
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let words = session.arguments.operands
        switch words[0] {
        case "list":
            if words.count > 1 { throw session.arguments.misuse("\(words[1]) is one word too many.") }
            try list(session)
        case "undo":
            guard words.count > 1 else { throw session.arguments.misuse("N is missing.") }
            try undo(words[1], session)
        default:
            guard let kind = ReferenceData.Kind(rawValue: words[0]) else {
                let near = Nearest.question(for: words[0], among: ReferenceData.Kind.allCases.map(\.rawValue) + ["list", "undo"])
                throw session.arguments.misuse("There is no kind \(words[0])\(near)")
            }
            guard words.count > 1 else { throw session.arguments.misuse("FILE is missing.") }
            try take(kind, words[1], session)
        }
    }

    private static func take(_ kind: ReferenceData.Kind, _ path: String, _ session: Session) throws {
        let file = try session.wiring.file(session.whereabouts, path)
        let isTried = session.arguments.has("dry-run")
        let desk = try session.desk(mayCreate: !isTried)
        let taken =
            isTried
            ? try desk.tryReference(kind, from: file)
            : try desk.importReference(kind, from: file, reason: session.arguments.value("why") ?? "")
        let affected = try desk.salesAffected(by: taken)
        if session.wantsJSON {
            try session.printJSON(taken.json(salesAffected: affected, isTried: isTried))
        } else {
            try print(taken, affected, isTried: isTried, session.output)
        }
        if let sentence = taken.refusedSentence { throw Refused(.wrong, sentence) }
    }

    private static func print(_ taken: ReferenceImport, _ affected: Int?, isTried: Bool, _ output: Output) throws {
        let number = taken.number.map { " This is import \($0)." } ?? ""
        try output.print((isTried ? "Nothing is changed yet. " : "") + taken.sentence + number + CorrectionAnswer.advice(affected))
        try ImportCommand.print(taken.records, output)
        let more = taken.change.new + taken.change.changed - taken.records.count
        if isTried, more > 0 { try output.print("… and \(more) more.") }
        guard taken.linesRefused > 0 else { return }
        var table = Table([.right("LINE"), .left("COLUMN"), .left("WHAT IS WRONG")], none: "", to: output)
        for problem in taken.problems { try table.row([String(problem.row), problem.column ?? "-", problem.message]) }
        try table.end()
    }

    private static func print(_ records: [ChangedRecord], _ output: Output) throws {
        for one in records {
            try output.print("  " + Printable.line("\(one.kind) \(one.record): \(one.old ?? "nothing") -> \(one.new ?? "nothing")"))
        }
    }

    private static func undo(_ number: String, _ session: Session) throws {
        guard let line = Int64(number) else { throw session.arguments.misuse("undo wants an import's number, not \(number).") }
        let answer = try session.desk(mayCreate: true).undo(import: line, reason: session.arguments.value("why") ?? "")
        if session.wantsJSON { return try session.printJSON(answer.json) }
        try session.output.print(answer.sentence)
        try print(Array(answer.undone.left.prefix(OperatorDesk.recordsTold)), session.output)
    }

    private static func list(_ session: Session) throws {
        let page = try session.arguments.page(of: 1000)
        let found = try session.readingDesk().imports(
            ImportFilter(since: try session.arguments.since(), limit: page.wanted, offset: page.offset))
        var listing = Listing(
            session, [.right("IMPORT"), .left("AT"), .left("WHO"), .left("KIND"), .left("UNDONE"), .left("WHAT")], none: "No imports.")
        try listing.page(page, found, \.json) { one in
            [
                String(one.line), String(one.at.description.prefix(16)), one.actor, one.kind, one.isUndone ? "yes" : "-", one.reason,
            ]
        }
    }
}
