import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `resellers`: who they are, what their profiles say, whether those are right. `permit`: whether their files are taken. `profile draft`:
/// a first profile from a file that nobody knows.
enum ResellerCommands {
    static let all = [
        Command(
            CommandShape(
                "resellers", operands: ["[check|set]", "[RESELLER]", "[FIELD=VALUE …]"],
                options: [OptionShape("reason", "T", "why, for the audit log")],
                summary: "The resellers and their terms; `check` tells the profiles' mistakes, `set` says who a reseller is.",
                details: """
                    set takes name, country, currency, owner, email and active (yes or no). What it says is shown to programs and in
                    listings, and wins over the profile; files are read by the profile all the same. A field without a VALUE takes
                    the word back. One that is not active is left out where programs ask for the resellers; its files are taken as long
                    as permit allows it.
                    """)
        ) { session in
            let operands = session.arguments.operands
            guard let word = operands.first else { return try list(session) }
            switch word {
            case "check" where operands.count == 1: try check(session)
            case "set": try set(session)
            default: throw session.arguments.misuse("resellers knows check, and set RESELLER FIELD=VALUE; not \(word).")
            }
        },
        Command(
            CommandShape(
                "permit", operands: ["RESELLER", "on|off"],
                options: [OptionShape("reason", "T", "why, for the reseller and the audit log")],
                summary: "Whether a reseller's files are taken, from its folders and over HTTP.",
                details: "What came before is read all the same. What comes while it is off fails, is kept, and can be retried later."
            ), run: permit),
        Command(
            CommandShape(
                "profile", operands: ["draft", "FILE"], summary: "Looks at an unknown workbook and writes a first profile to edit.",
                details:
                    "Tables, grids and blocks are told by words and values. Each guess bears a comment, unsure. The profile goes to standard output."
            ), run: draft),
    ]

    /// Those of the profiles, and those that only the ledger knows. Without a ledger nobody has been given an identity yet.
    private static func list(_ session: Session) throws {
        let profiles = try session.wiring.profiles(session.whereabouts.profiles).terms
        let terms = Dictionary(profiles.map { ($0.reseller, $0) }, uniquingKeysWith: { _, last in last })
        let records = (try? session.readingDesk().resellersByName()) ?? [:]
        var listing = Listing(
            session,
            [
                .left("RESELLER"), .left("NAME"), .left("COUNTRY"), .left("CURRENCY"), .left("OWNER"), .left("ACTIVE"), .left("UPLOADS"),
                .left("APPROVAL"), .left("STORES"), .left("LIVING"),
            ], none: "No profiles in \(session.whereabouts.profiles).")
        for name in Set(terms.keys).union(records.keys).sorted() {
            let (one, record) = (terms[name], records[name])
            try listing.add(json(one, record), [name] + identity(one, record) + rules(one))
        }
        try listing.end()
    }

    private static func identity(_ terms: Terms?, _ record: ResellerRecord?) -> [String] {
        guard let record else { return [terms?.vendorName ?? "-", terms?.country ?? "-", terms?.currency ?? "-", "-", "-", "-"] }
        let uploads = record.canUpload ? "on" : "off\(record.reason.map { ": \($0)" } ?? "")"
        return [
            record.name, record.country, record.currency ?? "-", record.ownerName ?? record.ownerEmail ?? "-",
            record.isActive ? "yes" : "no", uploads,
        ]
    }

    private static func rules(_ terms: Terms?) -> [String] {
        guard let terms else { return ["-", "-", "-"] }
        return [terms.approval.rawValue, terms.storesAreOpen ? "open" : "closed", terms.isLivingDocument ? "yes" : "no"]
    }

    /// What the profile says, with the operator's word in its place.
    private static func json(_ terms: Terms?, _ record: ResellerRecord?) -> JSONValue {
        guard let record else { return terms?.json ?? [:] }
        guard case .object(let said) = record.json, case .object(let profile)? = terms?.json else { return record.json }
        let names = Set(said.map(\.name))
        return .object(said + profile.filter { !names.contains($0.name) })
    }

    private static func set(_ session: Session) throws {
        let arguments = session.arguments
        guard arguments.operands.count > 2 else { throw arguments.misuse("set wants RESELLER and FIELD=VALUE.") }
        var change = ResellerChange()
        for word in arguments.operands.dropFirst(2) {
            guard let sign = word.firstIndex(of: "=") else { throw arguments.misuse("\(word) is no FIELD=VALUE.") }
            let value = String(word[word.index(after: sign)...])
            switch word[..<sign] {
            case "name": change.name = value
            case "country": change.country = value
            case "currency": change.currency = value
            case "owner": change.ownerName = value
            case "email": change.ownerEmail = value
            case "active" where value == "yes" || value == "no": change.isActive = value == "yes"
            case "active": throw arguments.misuse("active wants yes or no, not \(value).")
            case let field: throw arguments.misuse("\(field) is no field; there are name, country, currency, owner, email and active.")
            }
        }
        let record = try session.desk(mayCreate: true).set(change, of: arguments.operands[1], reason: arguments.value("reason") ?? "")
        try session.answer(record.json, "\(record.slug) is \(record.name).")
    }

    @Sendable private static func permit(_ session: Session) throws {
        let arguments = session.arguments
        let allowed: Bool
        switch arguments.operands[1] {
        case "on": allowed = true
        case "off": allowed = false
        case let word: throw arguments.misuse("permit wants on or off, not \(word).")
        }
        let record = try session.desk(mayCreate: true).permit(
            allowed, reseller: arguments.operands[0], reason: arguments.value("reason") ?? "")
        try session.answer(
            record.json,
            record.canUpload
                ? "Files of \(record.slug) are taken." : "Files of \(record.slug) are not taken from now on; what came before is read.")
    }

    private static func check(_ session: Session) throws {
        let (terms, faults) = try session.wiring.profiles(session.whereabouts.profiles)
        if session.wantsJSON {
            try session.printJSON(["profiles": .number(terms.count), "faults": .array(faults.map(JSONValue.text))])
        } else {
            for fault in faults { try session.output.print(Printable.line(fault)) }
            if faults.isEmpty { try session.output.print("\(terms.count) profiles in \(session.whereabouts.profiles), all right.") }
        }
        guard faults.isEmpty else {
            throw Refused(.wrong, faults.count == 1 ? "1 mistake is in the profiles." : "\(faults.count) mistakes are in the profiles.")
        }
    }

    @Sendable private static func draft(_ session: Session) throws {
        let words = session.arguments.operands
        guard words[0] == "draft" else { throw session.arguments.misuse("profile knows only draft, not \(words[0]).") }
        let glimpse = try FileGlimpse.of(try session.wiring.file(session.whereabouts, words[1]))
        guard let draft = ProfileDraft(glimpse) else {
            throw Refused(.wrong, "No sheet of this file has a row that could be a header.")
        }
        if session.wantsJSON { return try session.printJSON(["profile": .text(draft.text)]) }
        try session.output.write(Array(draft.text.utf8))
    }
}
