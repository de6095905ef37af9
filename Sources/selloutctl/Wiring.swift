import Batches
import Ledger
import Operations
import Reports
import Sellout

/// What the command is connected to: the ledger, the profiles, the confined reader, and whether a daemon runs.
struct Wiring: Sendable {
    var openLedger: @Sendable (_ path: String) throws -> any Bookkeeping
    /// The profiles of a folder, and a sentence for each that cannot be read.
    var profiles: @Sendable (_ folder: String) throws -> (terms: [Terms], faults: [String])
    /// A look into files through the confined reader.
    var files: @Sendable (Place) throws -> any FileReading
    /// What would become of a file, as if it had been dropped; nothing is changed.
    var check: @Sendable (_ place: Place, _ path: String, _ reseller: String?) throws -> Report
    /// How much a file looks like each reseller's, the likeliest first.
    var signs: @Sendable (_ place: Place, _ path: String) throws -> [ProfileSigns] = { _, _ in [] }
    /// Nil where that cannot be told.
    var daemonRuns: @Sendable (_ root: String) -> Bool?
    var now: @Sendable () -> Timestamp
}
