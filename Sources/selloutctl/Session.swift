import Ledger
import Operations
import Reports
import Sellout
import Texts

/// One call of the command: what was asked, and what it may use to do it.
struct Session {
    let arguments: Arguments
    let output: Output
    let wiring: Wiring
    let place: Place

    var wantsJSON: Bool { arguments.has("json") }

    /// The operators' desk over this root's ledger; only a command that enters something may create one.
    func desk(mayCreate: Bool = false) throws -> OperatorDesk {
        let ledger = try wiring.openLedger(try place.ledgerPath(mayCreate: mayCreate))
        // The profiles as they are now; where they cannot be seen from here, as the daemon saw them last.
        let current = try wiring.profiles(place.profiles).terms
        let noted = try ledger.notedResellers().filter { old in !current.contains { $0.reseller == old.reseller } }
        return OperatorDesk(ledger: ledger, terms: noted + current, actor: Operator.name, clock: wiring.now)
    }

    func printJSON(_ value: JSONValue) throws {
        try output.write(JSONText.bytes(of: value, .indented))
        try output.print("")
    }

    /// The result as JSON where that was asked for, as a sentence otherwise.
    func answer(_ json: @autoclosure () -> JSONValue, _ sentence: @autoclosure () -> String) throws {
        if wantsJSON { try printJSON(json()) } else { try output.print(Printable.text(sentence())) }
    }
}
