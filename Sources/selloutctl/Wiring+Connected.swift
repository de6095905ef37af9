import Foundation
import Ledger
import Operations
import Sellout

extension Wiring {
    /// What the command stands on when operators call it.
    static let connected = Wiring(
        openLedger: { path in try SQLiteLedger(path: path) }, profiles: { _ in ([], []) }, files: NoFiles(), daemonRuns: { _ in nil },
        now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
}
