import Batches
import Folders
import Ledger
import Sellout
import Synchronization

/// How things stand at one moment: what status, readiness and heartbeat are answered from, without asking anybody who may be busy.
package struct Standing: Sendable {
    /// When the watchman last looked up from his work: he does so twice a second.
    package var at = SuspendingClock.now
    /// Since when the ledger owes an answer; nil where it owes none.
    package var ledgerAskedAt: SuspendingClock.Instant?
    package var reasonsNotReady = ["The first sweep is still going on."]
    /// All that is wrong around the daemon, whether it keeps work from being done or not.
    package var problems: [String] = []
    /// Those of them that are one reseller's alone, by reseller.
    package var problemsByReseller: [String: [String]] = [:]
    /// Names in inboxes that have waited for a day, or are never taken.
    package var lingering: [Waiting] = []
    /// Uploads that are never taken as they are, the longest waiting first.
    package var uploadsLeftAlone: [UploadLeftAlone] = []
    package var maxFiles = 0
    package var maxFilesPerReseller = 0
    package var waiting: [String: Int] = [:]
    package var running: [Run] = []

    package init() {}

    init(_ rounds: Rounds<ContinuousClock.Instant>, running: [Run], ledgerAskedAt: SuspendingClock.Instant?) {
        self.ledgerAskedAt = ledgerAskedAt
        reasonsNotReady = (rounds.haveSwept ? [] : reasonsNotReady) + rounds.troubles.reasonsNotReady
        problems = rounds.troubles.all
        problemsByReseller = rounds.troubles.byReseller
        lingering = rounds.lingering
        uploadsLeftAlone = rounds.uploads.leftAlone.map { UploadLeftAlone(drop: $0, refusal: $1) }.sorted { $0.drop.since < $1.drop.since }
        maxFiles = rounds.limiter.maxFiles
        maxFilesPerReseller = rounds.limiter.maxFilesPerReseller
        waiting = rounds.limiter.waitingByReseller
        self.running = running.sorted { $0.began < $1.began }
    }
}

/// A file that is being read, and how far it has come.
package final class Run: Sendable {
    package let batch: Batch
    package let began = ContinuousClock.now
    private let count = Atomic(0)
    private let share = Atomic(0)

    init(_ batch: Batch) { self.batch = batch }

    package var rows: Int { count.load(ordering: .relaxed) }

    /// Of the file, as far as its reader says; never 100 before its end.
    package var percent: Int { share.load(ordering: .relaxed) }

    func note(percent: Int) { share.store(percent, ordering: .relaxed) }

    func add(rows: Int) { count.wrappingAdd(rows, ordering: .relaxed) }
}
