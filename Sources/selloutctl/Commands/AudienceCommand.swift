import Audience
import Calling
import Ledger
import Operations
import Texts

/// `audience`: batches of records of people and companies.
enum AudienceCommand {
    private static let words = ["list", "show", "export", "forget", "delete"]

    static let all = [
        Command(
            CommandShape(
                "audience", operands: ["[\(words.joined(separator: "|"))]", "[UPLOAD|ADDRESS]"],
                options: StudioWords.forms + [StudioWords.enriched] + Page.options("1000"),
                summary: "Batches of audience records: lists them, writes one out, forgets a person.",
                details: """
                    audience [list]            all batches, newest first
                    audience show UPLOAD       one of them, without its records
                    audience export UPLOAD --csv|--xlsx [--enriched]
                                               its records, into a pipe or a file; strangers' texts are not sent to a terminal
                    audience forget ADDRESS    every record in which a field is ADDRESS goes for good, from all batches, whatever the case of
                                               its letters; the audit log learns how many there were, and not whose
                    audience delete UPLOAD     the batch and its records go for good
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let word = session.arguments.operands.first ?? "list"
        guard words.contains(word) else { throw ReferenceWords.unknown(word, words, session) }
        if word == "export" { try StudioWords.checkForm(session) } else { try StudioWords.refuseForms(word, session.arguments) }
        if session.arguments.has("enriched"), word != "export" {
            throw session.arguments.misuse("audience \(word) takes no --enriched.")
        }
        guard word != "list" else {
            if session.arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
            return try list(session)
        }
        let named = try ReferenceWords.words(session, [word == "forget" ? "ADDRESS" : "UPLOAD"])[0]
        switch word {
        case "show": try show(named, session)
        case "export":
            let desk = try session.readingDesk()
            try StudioWords.export(try StudioWords.question(session.arguments), of: try desk.audienceBatch(named), desk, session)
        case "forget":
            let answer = try session.desk().forget(audience: named)
            try session.answer(answer.json, answer.sentence)
        default:
            try session.desk().delete(audienceBatch: named)
            try session.answer(["upload_id": .text(named), "deleted": .bool(true)], "\(named) and its records are gone for good.")
        }
    }

    private static func list(_ session: Session) throws {
        let page = try session.arguments.page(of: 1000)
        let desk = try session.readingDesk()
        let found = try desk.audienceBatches(AudienceFilter(limit: page.wanted, offset: page.offset))
        let owners = try Dictionary(Set(found.compactMap(\.owner)).map { id in (id, try desk.owner(id: id)) }) { first, _ in first }
        func owner(_ batch: AudienceBatch) -> String? { batch.owner.flatMap { owners[$0] ?? nil } }
        var listing = Listing(
            session, [.left("UPLOAD"), .left("CAME"), .right("RECORDS"), .left("OWNER"), .left("NAME")], none: "No audience batches.")
        try listing.page(page, found, { $0.json(owner: owner($0)) }) { batch in
            [
                batch.uploadID, String(batch.createdAt.description.prefix(16)), String(batch.rows), owner(batch) ?? "-",
                Printable.line(batch.name),
            ]
        }
    }

    private static func show(_ uploadID: String, _ session: Session) throws {
        let desk = try session.readingDesk()
        let batch = try desk.audienceBatch(uploadID)
        let owner = try batch.owner.flatMap { id in try desk.owner(id: id) }
        if session.wantsJSON { return try session.printJSON(batch.json(owner: owner)) }
        let lines = [
            ("upload", batch.uploadID), ("name", batch.name), ("came", batch.createdAt.description), ("from", batch.source),
            ("owner", owner ?? "-"), ("records", String(batch.rows)), ("fields", batch.fields.joined(separator: ", ")),
        ]
        for (what, text) in lines {
            try session.output.print(what.padding(to: 9) + Printable.line(text, longest: 2000))
        }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
