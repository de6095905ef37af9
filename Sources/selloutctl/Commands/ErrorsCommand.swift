import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `errors`: what is wrong with a file and its rows, one by one or put together.
enum ErrorsCommand {
    static let all = [
        Command(
            CommandShape(
                "errors", operands: ["BATCH"],
                options: [
                    OptionShape("by", "TRAIT", "put together by type, field, store or product, the most first"),
                    OptionShape("type", "T", "only errors of this type"), OptionShape("csv", "print CSV"),
                ] + Page.options("all"),
                summary: "What is wrong with a file and its rows.",
                details: "A row whose form is wrong tells neither store nor product, unless that is what is wrong."), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let arguments = session.arguments
        if arguments.has("csv"), session.wantsJSON { throw arguments.misuse("--csv and --json exclude each other.") }
        let list = ErrorList(session: session, page: try arguments.page(of: .max), type: try arguments.errorType())
        guard let trait = try arguments.errorTrait() else { return try list.run() }
        guard arguments.value("type") == nil else { throw arguments.misuse("--by and --type exclude each other.") }
        try grouped(by: trait, list.page, session)
    }

    private static func grouped(by trait: ErrorTrait, _ page: Page, _ session: Session) throws {
        let desk = try session.readingDesk()
        let batch = try desk.batch(session.arguments.operands[0])
        let groups = page.cut(try desk.errorGroups(of: batch, by: trait))
        if session.arguments.has("csv") {
            var listing = try CSVListing(ErrorGroup.columns(trait), to: session.output)
            for group in groups.prefix(page.limit) { try listing.add(group.fields) }
            return
        }
        try sayFirst(batch, session)
        var listing = Listing(
            session,
            [.left(trait.rawValue.uppercased()), .right("ERRORS"), .right("ROWS"), .left("FIRST"), .left("VALUE"), .left("MESSAGE")],
            none: batch.refusal.map { "No row failed: the file was refused as a whole, \($0.type.rawValue)." } ?? "No errors.")
        try listing.page(page, groups, { $0.json(trait) }) { group in
            let first = group.first
            return [
                group.key ?? "-", String(group.errors), String(group.rows), "\(first.sheet) \(first.row)", first.value ?? "-",
                first.message,
            ]
        }
    }

    /// Where much has failed, people read that before anything else.
    fileprivate static func sayFirst(_ batch: Batch, _ session: Session) throws {
        guard !session.wantsJSON, batch.counts.areManyFailed else { return }
        try session.output.print(batch.counts.failedSentence + "\n")
    }
}

/// Errors one by one.
private struct ErrorList {
    let session: Session
    let page: Page
    let type: RowErrorType?

    private static let columns: [Table.Column] = [
        .left("SHEET"), .right("ROW"), .left("COLUMN"), .left("ERROR"), .left("VALUE"), .left("MESSAGE"), .left("SUGGESTION"),
    ]

    func run() throws {
        let desk = try session.readingDesk()
        let batch = try desk.batch(session.arguments.operands[0])
        if session.arguments.has("csv") {
            var listing = try CSVListing(RowError.columns, to: session.output)
            _ = try each(of: batch, at: desk) { refusal in
                try listing.add(refusal.fields)
            } row: { error in
                try listing.add(error.fields)
            }
            return
        }
        try ErrorsCommand.sayFirst(batch, session)
        var listing = Listing(session, ErrorList.columns, none: "No errors.")
        let hasMore = try each(of: batch, at: desk) { refusal in
            try listing.add(refusal.json, ["-", "-", "-", refusal.type.rawValue, "-", refusal.message, refusal.suggestion ?? ""])
        } row: { error in
            try listing.add(error.json, fields(error))
        }
        try listing.end()
        if hasMore { try listing.tellOfMore(page) }
    }

    /// What is wrong with the file as a whole comes first, as in its report. Whether there are more than the page has.
    private func each(
        of batch: Batch, at desk: OperatorDesk, file: (FileRefusal) throws -> Void, row: (RowError) throws -> Void
    ) throws -> Bool {
        let refusal = type == nil ? batch.refusal : nil
        var shown = 0
        if let refusal, page.offset == 0 {
            try file(refusal)
            shown = 1
        }
        let before = refusal == nil ? 0 : 1
        try desk.errors(of: batch, type: type, limit: page.wanted - shown, offset: max(0, page.offset - before)) { errors in
            for error in errors.prefix(page.limit - shown) { try row(error) }
            shown += errors.count
        }
        return shown > page.limit
    }

    private func fields(_ error: RowError) -> [String] {
        [
            error.sheet, String(error.row), error.column ?? "-", error.type.rawValue, error.value ?? "-", error.message,
            error.suggestion ?? "",
        ]
    }
}
