import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `stores`: listed, searched and corrected, and two that are one put together.
enum StoresCommand {
    private static let words = ["list", "clusters", "set", "end", "merge", "split"]

    static let all = [
        Command(
            CommandShape(
                "stores", operands: ["[\(words.joined(separator: "|"))]", "[WORD …]"],
                options: ReferenceWords.listing + ReferenceWords.ending + [ReferenceWords.why],
                summary: "The stores that files name: lists them, corrects them, finds those that are one.",
                details: """
                    stores [list] [--reseller R] [--like TEXT]
                    stores set RESELLER STORE name=… type=physical|online city=… country=…
                    stores end RESELLER STORE [--from DAY | --never]    later sales there wait
                    stores clusters [RESELLER]           stores that are probably one, with what each sold
                    stores merge RESELLER STORE INTO     names of the one mean the other from now on
                    stores split RESELLER STORE          takes that back
                    A store is named by its code or its name. Sales follow by rebook.
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let why = ReferenceWords.why(session)
        switch session.arguments.operands.first {
        case nil, "list"?: try list(session)
        case "clusters"?: try clusters(session)
        case "set"?:
            let (words, fields) = try ReferenceWords.fields(session, behind: ["RESELLER", "STORE"])
            try ReferenceWords.answer(
                try session.desk(mayCreate: true).set(store: words[1], of: words[0], fields: fields, reason: why), session)
        case "end"?:
            let words = try ReferenceWords.words(session, ["RESELLER", "STORE"])
            let day = try ReferenceWords.end(session)
            try ReferenceWords.answer(try session.desk(mayCreate: true).end(store: words[1], of: words[0], from: day, reason: why), session)
        case "merge"?:
            let words = try ReferenceWords.words(session, ["RESELLER", "STORE", "INTO"])
            try ReferenceWords.answer(
                try session.desk(mayCreate: true).merge(store: words[1], into: words[2], of: words[0], reason: why), session)
        case "split"?:
            let words = try ReferenceWords.words(session, ["RESELLER", "STORE"])
            try ReferenceWords.answer(try session.desk(mayCreate: true).split(store: words[1], of: words[0], reason: why), session)
        case let word?: throw ReferenceWords.unknown(word, words, session)
        }
    }

    private static func list(_ session: Session) throws {
        if session.arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
        try ReferenceWords.list(
            session,
            [
                .left("RESELLER"), .left("CODE"), .left("NAME"), .left("TYPE"), .left("CITY"), .left("COUNTRY"), .left("BY"), .left("IS"),
                .left("ENDED"),
            ], none: "No stores."
        ) { (entry: StoreEntry) in
            let store = entry.store
            return [
                store.reseller, store.code, store.name, store.isOnline ? "online" : "physical", store.city, store.country,
                entry.isFromFile ? "file" : "operator", entry.mergedInto ?? "-", store.endedFrom?.description ?? "-",
            ]
        } _: {
            try session.readingDesk().stores($0)
        }
    }

    private static func clusters(_ session: Session) throws {
        let words = Array(session.arguments.operands.dropFirst())
        if words.count > 1 { throw session.arguments.misuse("\(words[1]) is one word too many.") }
        let found = try session.readingDesk().storeClusters(of: words.first ?? session.arguments.value("reseller"))
        if session.wantsJSON { return try session.printJSON(.array(found.map(\.json))) }
        var table = Table(
            [
                .right("CLUSTER"), .left("RESELLER"), .left("CODE"), .left("NAME"), .left("CITY"), .right("SALES"), .right("EUR"),
                .left("ALIKE BY"),
            ], none: "No stores are alike.", to: session.output)
        for (number, cluster) in found.enumerated() {
            for member in cluster.members {
                let (figures, store) = (member.figures, member.figures.store)
                try table.row([
                    String(number + 1), store.reseller, store.code, store.name, store.city, String(figures.sales),
                    figures.euros.description, member.likeness?.rawValue ?? "-",
                ])
            }
        }
        try table.end()
    }
}
