import Operations
import Reports
import Texts

/// `resellers`: who has a profile, and whether the profiles are right. Needs no ledger.
enum ResellerCommands {
    static let all = [
        Command(
            CommandShape(
                "resellers", operands: ["[check]"], summary: "The resellers and their terms; `check` tells the profiles' mistakes.")
        ) { session in
            switch session.arguments.operands.first {
            case nil: try list(session)
            case "check": try check(session)
            case .some(let word): throw UsageError("resellers knows only check, not \(word).", command: "resellers")
            }
        }
    ]

    private static func list(_ session: Session) throws {
        let terms = try session.wiring.profiles(session.place.profiles).terms.sorted { $0.reseller < $1.reseller }
        var listing = Listing(
            session,
            [.left("RESELLER"), .left("VENDOR"), .left("COUNTRY"), .left("CURRENCY"), .left("APPROVAL"), .left("STORES"), .left("LIVING")],
            none: "No profiles in \(session.place.profiles).")
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
        let (terms, faults) = try session.wiring.profiles(session.place.profiles)
        if session.wantsJSON {
            try session.printJSON(["profiles": .number(terms.count), "faults": .array(faults.map(JSONValue.text))])
        } else {
            for fault in faults { try session.output.print(Printable.text(fault)) }
            if faults.isEmpty { try session.output.print("\(terms.count) profiles in \(session.place.profiles), all right.") }
        }
        guard faults.isEmpty else {
            throw Refused(.wrong, faults.count == 1 ? "1 mistake is in the profiles." : "\(faults.count) mistakes are in the profiles.")
        }
    }
}
