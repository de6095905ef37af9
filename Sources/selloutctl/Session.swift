import Calling
import Glibc
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
    let whereabouts: Whereabouts

    var wantsJSON: Bool { arguments.has("json") }

    /// The operators' desk over this root's ledger, for a command that changes something; only one that enters something may create
    /// the ledger.
    func desk(mayCreate: Bool = false) throws -> OperatorDesk {
        try desk(over: try wiring.openLedger(try whereabouts.ledgerPath(mayCreate: mayCreate)))
    }

    /// The same for a command that only looks: it waits for nobody who writes.
    func readingDesk() throws -> OperatorDesk { try desk(over: try wiring.readLedger(try whereabouts.readableLedgerPath())) }

    private func desk(over ledger: any Bookkeeping) throws -> OperatorDesk {
        // The profiles as they are now; where they cannot be seen from here, as the daemon saw them last.
        let current = try wiring.profiles(whereabouts.profiles).terms
        let noted = try ledger.notedResellers().filter { old in !current.contains { $0.reseller == old.reseller } }
        return OperatorDesk(ledger: ledger, terms: noted + current, actor: Operator.name, clock: wiring.now)
    }

    func printJSON(_ value: JSONValue) throws {
        try output.write(JSONText.bytes(of: value, .indented))
        try output.print("")
    }

    /// The result as JSON where that was asked for, as a sentence otherwise.
    func answer(_ json: @autoclosure () -> JSONValue, _ sentence: @autoclosure () -> String) throws {
        if wantsJSON { try printJSON(json()) } else { try output.print(Printable.line(sentence())) }
    }
}

/// A command: how it is called, and what it does.
struct Command: Sendable {
    let shape: CommandShape
    let run: @Sendable (Session) throws -> Void

    init(_ shape: CommandShape, run: @escaping @Sendable (Session) throws -> Void) {
        self.shape = shape
        self.run = run
    }
}

/// Who sits at the keyboard, for the audit log.
enum Operator {
    /// With sudo the account is another's, and SUDO_USER says who asked.
    static var name: String {
        if let name = unsafe getenv("SUDO_USER").map({ unsafe String(cString: $0) }), !name.isEmpty { return name }
        return unsafe getpwuid(getuid()).map { unsafe String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
    }
}
