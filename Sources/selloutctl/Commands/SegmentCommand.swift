import Audience
import Calling
import Ledger
import Operations
import Texts

/// `segment`: questions about audience batches that are kept under a name.
enum SegmentCommand {
    private static let words = ["list", "save", "show", "export", "delete"]

    static let all = [
        Command(
            CommandShape(
                "segment", operands: ["[\(words.joined(separator: "|"))]", "[NAME|NUMBER]", "[UPLOAD]"],
                options: StudioWords.forms + StudioWords.question + Page.options("1000"),
                summary: "Saves which records of an audience batch are wanted, and writes them out.",
                details: """
                    segment [list]             all of them, also those that people have saved on the dashboard
                    segment save NAME UPLOAD   with the options that ask; saved again under the same name it replaces the one before
                    segment show NAME          what it asks, and how many records answer that today
                    segment export NAME --csv|--xlsx    those records, into a pipe or a file
                    segment delete NAME        the records stay where they are

                    A segment holds no records: it asks its batch anew each time, so whoever was forgotten is in none. Where several bear
                    one name, say the number from the list. Letters count in either case.
                    """), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        let word = arguments.operands.first ?? "list"
        guard words.contains(word) else { throw ReferenceWords.unknown(word, words, session) }
        if word != "export" { try StudioWords.refuseForms(word, arguments) }
        let question = try StudioWords.question(arguments)
        guard word == "save" || question == StudioQuestion() else { throw arguments.misuse("Only segment save asks something new.") }
        switch word {
        case "list":
            if arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
            try list(session)
        case "save":
            let named = try ReferenceWords.words(session, ["NAME", "UPLOAD"])
            try save(named[0], question, of: named[1], session)
        case "export":
            try StudioWords.checkForm(session)
            let (desk, named) = (try session.readingDesk(), try ReferenceWords.words(session, ["NAME"])[0])
            let segment = try segment(named, desk)
            try StudioWords.export(
                segment.question, of: try desk.audienceBatch(segment.uploadID), segment: segment.name, desk, session)
        case "show": try show(try ReferenceWords.words(session, ["NAME"])[0], session)
        default:
            let (desk, named) = (try session.desk(), try ReferenceWords.words(session, ["NAME"])[0])
            let segment = try segment(named, desk)
            try desk.delete(segment: segment.id, for: .operators)
            try session.answer(["id": .number(segment.id), "deleted": .bool(true)], "The segment “\(segment.name)” is deleted.")
        }
    }

    /// By its name, or by its number.
    private static func segment(_ given: String, _ desk: OperatorDesk) throws(Refused) -> AudienceSegment {
        let named = try desk.segments(for: .operators).filter { $0.name == given }
        if named.count == 1 { return named[0] }
        if let id = Int64(given), named.isEmpty { return try desk.segment(id, for: .operators) }
        guard !named.isEmpty else { throw Refused(.unknown, "There is no segment “\(given)”.") }
        let numbers = named.prefix(5).map { String($0.id) }.joined(separator: ", ")
        throw Refused(.unknown, "\(named.count) segments are called “\(given)”; say the number of one: \(numbers).")
    }

    private static func list(_ session: Session) throws {
        let page = try session.arguments.page(of: 1000)
        let desk = try session.readingDesk()
        let found = try desk.segments(for: .operators, limit: page.wanted, offset: page.offset)
        let columns: [Table.Column] = [
            .right("NUMBER"), .left("SAVED"), .left("BY"), .left("UPLOAD"), .left("NAME"), .left("ASKS FOR"),
        ]
        var listing = Listing(session, columns, none: "No segments.")
        try listing.page(page, found, \.json) { segment in
            [
                String(segment.id), String(segment.savedAt.description.prefix(16)), segment.savedBy, segment.uploadID,
                Printable.line(segment.name), Printable.line(segment.question.words, longest: 200),
            ]
        }
    }

    private static func save(_ name: String, _ question: StudioQuestion, of uploadID: String, _ session: Session) throws {
        let desk = try session.desk()
        let batch = try desk.audienceBatch(uploadID)
        let table = try desk.studioTable(of: try desk.studioSource(of: batch, enriched: question.isEnriched))
        let isNew = try !desk.segments(for: .operators, of: uploadID).contains { $0.owner == nil && $0.name == name }
        let saved = try desk.save(segment: name, question, of: batch, seenAs: table, for: .operators)
        let count = try count(saved, table, desk)
        try session.answer(
            saved.json(count: count),
            "\(isNew ? "Saved" : "Saved in the place of the one before"): “\(saved.name)” is \(records(count)) of \(uploadID).")
    }

    private static func show(_ named: String, _ session: Session) throws {
        let desk = try session.readingDesk()
        let segment = try segment(named, desk)
        let batch = try desk.audienceBatch(segment.uploadID)
        let table = try desk.studioTable(of: try desk.studioSource(of: batch, enriched: segment.question.isEnriched))
        let count = try count(segment, table, desk)
        if session.wantsJSON { return try session.printJSON(segment.json(count: count)) }
        for line in [
            "“\(segment.name)” is \(records(count)) of \(batch.uploadID) (\(batch.name)).", "It asks for \(segment.question.words).",
            "Saved by \(segment.savedBy), \(segment.savedAt).",
        ] { try session.output.print(Printable.line(line, longest: 8000)) }
    }

    private static func count(_ segment: AudienceSegment, _ table: StudioTable, _ desk: OperatorDesk) throws(Refused) -> Int {
        try desk.answer { () throws(StudioFault) in try table.rows(for: segment.question).count }
    }

    private static func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }
}

extension AudienceSegment {
    fileprivate var json: JSONValue { json(count: nil) }

    /// `count` where it was counted.
    fileprivate func json(count: Int?) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("id", .number(id)), JSONValue.Member("name", .text(name)), JSONValue.Member("upload_id", .text(uploadID)),
            JSONValue.Member("question", question.json), JSONValue.Member("saved_at", .text(savedAt.description)),
            JSONValue.Member("saved_by", .text(savedBy)),
        ]
        if let count { members.append(JSONValue.Member("records", .number(count))) }
        return .object(members)
    }
}
