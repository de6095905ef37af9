import Linux

#if FAILPOINTS
    import Foundation
    import Synchronization
#endif

/// A named place between two steps of a file's way. A debug build can be told to die or to fail there; a release build
/// compiles `pass()` to nothing.
///
/// `SELLOUT_FAILPOINT=claim.renamed=die` dies as by SIGKILL, `=trap` as by a broken promise, `=28` fails with that errno.
/// `@3` behind it waits for the third time that the place is passed: `rows.staged=die@3`. `SELLOUT_FAILPOINT_WHILE=FILE` holds
/// the order back while there is no such file, so that a disk can be full for a time; `=hold` waits until it has gone.
package enum Failpoint: String, CaseIterable, Sendable {
    case claimFolderMade = "claim.folder-made"
    case claimOriginNoted = "claim.origin-noted"
    case claimRenamed = "claim.renamed"
    case claimSynced = "claim.synced"
    case dropCleared = "drop.cleared"
    case recognised = "batch.recognised"
    case reassigned = "batch.reassigned"
    case batchRegistered = "batch.registered"
    case tryBegun = "try.begun"
    case rowsStaged = "rows.staged"
    case rowsComplete = "rows.complete"
    case settled = "batch.settled"
    case reportWritten = "report.written"
    case reportFileSynced = "report.file-synced"
    case reportRenamed = "report.renamed"
    case reportSynced = "report.synced"
    case reportNoted = "report.noted"
    case archiveFolderMade = "archive.folder-made"
    case archiveRenamed = "archive.renamed"
    case archiveSynced = "archive.synced"

    #if FAILPOINTS
        package func pass() throws(SystemFault) {
            guard let order = FailpointOrder.fromEnvironment, order.point == self, order.isDue() else { return }
            switch order.harm {
            case .die: kill(getpid(), SIGKILL)
            case .trap: preconditionFailure("failpoint \(rawValue)")
            case .hold: order.waitForRelease()
            case .fail(let errno): throw SystemFault("failpoint", path: rawValue, errno: errno)
            }
        }
    #else
        @inlinable package func pass() throws(SystemFault) {}
    #endif
}

#if FAILPOINTS
    /// What the environment asks for, read once.
    final class FailpointOrder: Sendable {
        enum Harm { case die, trap, hold, fail(errno: Int32) }

        let point: Failpoint
        let harm: Harm
        private let passesLeft: Mutex<Int>
        private let condition = ProcessInfo.processInfo.environment["SELLOUT_FAILPOINT_WHILE"]

        static let fromEnvironment = ProcessInfo.processInfo.environment["SELLOUT_FAILPOINT"].flatMap(FailpointOrder.init)

        init?(_ text: String) {
            let halves = text.split(separator: "=")
            guard halves.count == 2, let point = Failpoint(rawValue: String(halves[0])) else { return nil }
            let order = halves[1].split(separator: "@")
            switch order[0] {
            case "die": harm = .die
            case "trap": harm = .trap
            case "hold": harm = .hold
            default:
                guard let errno = Int32(order[0]) else { return nil }
                harm = .fail(errno: errno)
            }
            self.point = point
            passesLeft = Mutex(order.count > 1 ? Int(order[1]) ?? 1 : 1)
        }

        func waitForRelease() {
            while let condition, FileManager.default.fileExists(atPath: condition) { Thread.sleep(forTimeInterval: 0.01) }
        }

        /// True once `@N` passes have gone by; an errno then goes on failing, as a full disk does.
        func isDue() -> Bool {
            if let condition, !FileManager.default.fileExists(atPath: condition) { return false }
            return passesLeft.withLock { left in
                left -= 1
                return left <= 0
            }
        }
    }
#endif
