import Calling
import Cells
import Ledger
import Operations
import Reports
import Texts

/// What `mappings`, `stores` and `products` have in common: a word that says what is to be done, and a listing where there is none.
enum ReferenceWords {
    static let listing: [OptionShape] =
        [
            OptionShape("like", "TEXT", "only those of which a code, a name or an EAN holds this text"),
            OptionShape("reseller", "R", "only this reseller's"), OptionShape("csv", "print CSV"),
        ] + Page.options("1000")
    static let why = OptionShape("why", "T", "why, for the audit log")

    static let ending = [
        OptionShape("from", "DAY", "the first day without a meaning (today)"), OptionShape("never", "takes an end back"),
    ]

    /// Nil where an end is taken back.
    static func end(_ session: Session) throws(UsageError) -> CivilDay? {
        let arguments = session.arguments
        if arguments.has("never") {
            if arguments.value("from") != nil { throw arguments.misuse("--from and --never exclude each other.") }
            return nil
        }
        return try arguments.day("from", endOfMonth: false) ?? session.wiring.now().day
    }

    static func list<Entry: ListedEntry>(
        _ session: Session, _ columns: [Table.Column], none: String, _ row: (Entry) -> [String],
        _ found: (ReferenceFilter) throws -> [Entry]
    ) throws {
        let arguments = session.arguments
        if arguments.has("csv"), session.wantsJSON { throw arguments.misuse("--csv and --json exclude each other.") }
        let page = try arguments.page(of: 1000)
        let entries = try found(
            ReferenceFilter(reseller: arguments.value("reseller"), like: arguments.value("like"), limit: page.wanted, offset: page.offset))
        if arguments.has("csv") {
            var listing = try CSVListing(Entry.columns, to: session.output)
            for entry in entries.prefix(page.limit) { try listing.add(entry.fields) }
            return
        }
        var listing = Listing(session, columns, none: none)
        try listing.page(page, entries, \.json, row)
    }

    static func answer(_ answer: CorrectionAnswer, _ session: Session) throws { try session.answer(answer.json, answer.sentence) }

    static func why(_ session: Session) -> String { session.arguments.value("why") ?? "" }

    /// The words behind the first, exactly those.
    static func words(_ session: Session, _ wanted: [String]) throws(UsageError) -> [String] {
        let words = Array(session.arguments.operands.dropFirst())
        if words.count < wanted.count { throw session.arguments.misuse("\(wanted[words.count]) is missing.") }
        if words.count > wanted.count { throw session.arguments.misuse("\(words[wanted.count]) is one word too many.") }
        return words
    }

    /// `name=…` behind so many words.
    static func fields(_ session: Session, behind wanted: [String]) throws(UsageError) -> (words: [String], fields: [String: String]) {
        let words = Array(session.arguments.operands.dropFirst())
        if words.count < wanted.count { throw session.arguments.misuse("\(wanted[words.count]) is missing.") }
        var fields: [String: String] = [:]
        for word in words.dropFirst(wanted.count) {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw session.arguments.misuse("\(word) does not say FIELD=VALUE.") }
            guard fields.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw session.arguments.misuse("\(parts[0]) is given twice.")
            }
        }
        return (Array(words.prefix(wanted.count)), fields)
    }

    static func unknown(_ word: String, _ known: [String], _ session: Session) -> UsageError {
        let name = session.arguments.command?.name ?? ""
        return session.arguments.misuse("\(name) knows no \(word)\(Nearest.question(for: word, among: known))")
    }
}
