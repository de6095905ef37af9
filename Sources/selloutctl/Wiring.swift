import Ledger
import Operations
import Sellout

/// What the command is connected to: the ledger, the profiles, the confined reader, and whether a daemon runs.
struct Wiring: Sendable {
    var openLedger: @Sendable (_ path: String) throws -> any Bookkeeping
    /// The profiles of a folder, and a sentence for each that cannot be read.
    var profiles: @Sendable (_ folder: String) throws -> (terms: [Terms], faults: [String])
    var files: any FileReading
    /// Nil where that cannot be told.
    var daemonRuns: @Sendable (_ root: String) -> Bool?
    var now: @Sendable () -> Timestamp
}
