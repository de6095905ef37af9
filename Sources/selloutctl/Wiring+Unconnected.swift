import Cells
import Foundation
import Operations
import Reports
import Sellout

/// Stands in until the ledger, the profiles and the confined reader are connected.
extension Wiring {
    static let unconnected = Wiring(
        openLedger: { path in throw Refused(.surroundings, "The ledger \(path) cannot be opened by this build.") },
        profiles: { _ in ([], []) }, files: NoFiles(), daemonRuns: { _ in nil },
        now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })

    private struct NoFiles: FileReading {
        func sheets(of path: String) throws -> [SheetOutline] { throw none }
        func rows(of path: String, _ body: (String, Row) throws -> Bool) throws { throw none }
        func check(_ path: String, reseller: String?) throws -> Report { throw none }
        private var none: Refused { Refused(.surroundings, "This build cannot look into files.") }
    }
}
