import Calling
import Operations
import Reports
import Sellout
import Texts

/// `resellers`: who has a profile, and whether the profiles are right. `profile draft`: a first profile from a file that nobody
/// knows. None needs a ledger.
enum ResellerCommands {
    static let all = [
        Command(
            CommandShape(
                "resellers", operands: ["[check]"], summary: "The resellers and their terms; `check` tells the profiles' mistakes.")
        ) { session in
            switch session.arguments.operands.first {
            case nil: try list(session)
            case "check": try check(session)
            case .some(let word): throw session.arguments.misuse("resellers knows only check, not \(word).")
            }
        },
        Command(
            CommandShape(
                "profile", operands: ["draft", "FILE"], summary: "Looks at an unknown workbook and writes a first profile to edit.",
                details:
                    "Tables, grids and blocks are told by words and values. Each guess bears a comment, unsure. The profile goes to standard output."
            ), run: draft),
    ]

    private static func list(_ session: Session) throws {
        let terms = try session.wiring.profiles(session.whereabouts.profiles).terms.sorted { $0.reseller < $1.reseller }
        var listing = Listing(
            session,
            [.left("RESELLER"), .left("VENDOR"), .left("COUNTRY"), .left("CURRENCY"), .left("APPROVAL"), .left("STORES"), .left("LIVING")],
            none: "No profiles in \(session.whereabouts.profiles).")
        for one in terms {
            try listing.add(
                one.json,
                [
                    one.reseller, one.vendorName, one.country, one.currency, one.approval.rawValue, one.storesAreOpen ? "open" : "closed",
                    one.isLivingDocument ? "yes" : "no",
                ])
        }
        try listing.end()
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
