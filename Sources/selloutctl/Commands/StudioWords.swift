import Audience
import Calling
import Ledger
import Operations
import Reports

/// What `audience export` and `segment` have in common: how records are asked for, and how they go into a file.
enum StudioWords {
    static let forms = [
        OptionShape("csv", "export: comma-separated values, a column for each field"), OptionShape("xlsx", "export: a workbook"),
        OptionShape("out", "FILE", "export: into this new file; else to standard output"),
    ]
    static let enriched = OptionShape("enriched", "with the columns that say what is known beside what was sent")
    static let question = [
        OptionShape("search", "TEXT", "records of which any column contains this"),
        OptionShape(
            "where", "CONDITION", "\"COLUMN contains TEXT\", is, is not, is empty, is not empty; may be given several times", repeats: true),
        OptionShape("sort", "COLUMN", "in the order of this column"), OptionShape("descending", "the largest first"),
        OptionShape("column", "COLUMN", "only this column; may be given several times", repeats: true), enriched,
    ]

    /// What the command line asks.
    static func question(_ arguments: Arguments) throws -> StudioQuestion {
        var question = StudioQuestion()
        if arguments.has("descending"), arguments.value("sort") == nil { throw arguments.misuse("--descending goes with --sort.") }
        question.search = arguments.value("search") ?? ""
        do throws(StudioFault) {
            for words in arguments.values("where") { question.conditions.append(try StudioQuestion.Condition(words: words)) }
            question.sort = arguments.value("sort")
            question.isDescending = arguments.has("descending")
            question.shown = arguments.values("column")
            question.isEnriched = arguments.has("enriched")
            return try question.checked()
        } catch { throw arguments.misuse(error.sentence) }
    }

    static func refuseForms(_ word: String, _ arguments: Arguments) throws(UsageError) {
        for form in ["csv", "xlsx", "out"] where arguments.has(form) || arguments.value(form) != nil {
            throw arguments.misuse("\(arguments.command?.name ?? "") \(word) takes no --\(form).")
        }
    }

    /// What is asked for must be clear before anything is read.
    static func checkForm(_ session: Session) throws {
        let arguments = session.arguments
        guard arguments.has("csv") != arguments.has("xlsx") else { throw arguments.misuse("An export wants --csv or --xlsx.") }
        if session.wantsJSON { throw arguments.misuse("An export writes a table, not JSON.") }
        guard arguments.value("out") != nil || !session.output.isTerminal else {
            throw Refused(.wrong, "The records are strangers' texts and could do anything to a terminal. Use --out, a pipe or a file.")
        }
    }

    static func export(
        _ question: StudioQuestion, of batch: AudienceBatch, segment: String? = nil, _ desk: OperatorDesk, _ session: Session
    ) throws {
        let table = try desk.studioTable(of: try desk.studioSource(of: batch, enriched: question.isEnriched))
        let export = try desk.answer { () throws(StudioFault) in
            try StudioExport(
                table, question, upload: (batch.uploadID, batch.name), segment: segment, at: session.wiring.now())
        }
        let path = session.arguments.value("out")
        guard session.arguments.has("xlsx") else { return try session.put(to: path) { take in try export.csv(take) } }
        if let refusal = export.refusal { throw Refused(.wrong, refusal) }
        try session.put(try export.workbookBytes(), to: path)
    }
}
