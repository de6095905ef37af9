import Batches
import Folders
import Ledger
import Operations
import Sellout
import Synchronization

/// What the counters and the status want of the ledger beside the files on their way: what operators have done since the daemon
/// started, whichever program they used, and who is late.
final class BooksReview: Sendable {
    /// By reseller; those of whom no file is known are missing.
    let freshness = Published<[String: Freshness]>([:])
    /// Nil before the first look.
    let surroundings = Published<Surroundings?>(nil)
    private let state = Mutex(State())

    private struct State {
        /// Up to which line of the audit log steps have been counted; nil before the start.
        var lastLine: Int64?
        var judged: ContinuousClock.Instant?
    }

    /// Days change more slowly than the ledger.
    private static let pause = Duration.seconds(30)

    /// What operators did before now counts no more.
    func begin(_ ledger: any Bookkeeping) throws(LedgerFault) {
        let last = try ledger.deeds(after: .max).lastLine
        state.withLock { $0.lastLine = last }
    }

    /// What operators have done since the last time, by step. One runner at a time asks; a fault is the stocktaking's to tell, which
    /// asks the same ledger.
    func carryOut(_ ledger: any Bookkeeping, _ root: Root) -> [String: Int] {
        judge(ledger, root)
        guard let line = state.withLock({ $0.lastLine }), let deeds = try? ledger.deeds(after: line) else { return [:] }
        // Also backwards: an older ledger may have been put back.
        state.withLock { $0.lastLine = deeds.lastLine }
        return deeds.counts
    }

    private func judge(_ ledger: any Bookkeeping, _ root: Root) {
        guard state.withLock({ $0.judged.map { $0.duration(to: .now) >= BooksReview.pause } ?? true }) else { return }
        let today = Timestamp.now().day
        guard let arrivals = try? ledger.arrivals(since: Freshness.lookback(from: today)) else { return }
        if let seen = try? Surroundings(watching: root, ledger: ledger) { surroundings.publish(seen) }
        freshness.publish(arrivals.mapValues { Freshness(of: $0, on: today) })
        state.withLock { $0.judged = .now }
    }
}
