import Confinement
import Dispatch
import Folders
import Ledger
import Operations
import Sellout

/// The whole way, put together: what a program starts, asks and stops.
package final class SellOutPipeline: Sendable {
    package struct Settings: Sendable {
        package var maxFiles = 24
        package var maxFilesPerReseller = 4
        package var pace = Pace()
        /// How long running files may go on after a wish to stop.
        package var grace = Duration.seconds(20)

        package init() {}
    }

    private let workplace: Workplace
    private let settings: Settings
    private let works: Works
    private let debts = Debts()
    private let references: ReferenceDesk
    private let reconciler: Reconciler

    package init(_ workplace: Workplace, watch: any Watching, reading: any FileReading, settings: Settings) {
        self.workplace = workplace
        self.settings = settings
        let answering = Answering(workplace)
        let journey = Journey(workplace, answering: answering, debts: debts)
        let wake = Wake()
        works = Works(limiter: Limiter(maxFiles: settings.maxFiles, maxFilesPerReseller: settings.maxFilesPerReseller)) {
            [debts] file, progress in
            journey.run(file, progress)
            // Not at once, or a file that cannot be read now would be tried without end.
            if !debts.isEmpty { wake.call(.settled) }
            if journey.leavesRowsToResolve(file) { wake.call(.everything) }
        }
        references = ReferenceDesk(workplace, reading: reading) { wake.call(.everything) }
        reconciler = Reconciler(
            workplace, works: works, answering: answering, debts: debts, references: references, watch: watch, pace: settings.pace)
        wake.connect { [weak reconciler] in reconciler?.request($0) }
    }

    /// Recovers what an earlier process left, sweeps once, and goes on by itself. `crashed` says that the process before this
    /// one died by its own fault; `recovered` is called once that is in the ledger, and before any file is begun.
    package func start(crashed: Bool, recovered: () -> Void = {}) throws {
        _ = try workplace.ledger.recover(crashed: crashed)
        recovered()
        _ = try Outbox(root: workplace.root).tidy()
        reconciler.start()
    }

    /// Claims nothing new, gives running files their grace, and leaves the rest pending, their tries uncounted.
    package func stop() {
        reconciler.stop()
        for batch in works.close(waiting: settings.grace) { debts.owe(batch) }
        try? debts.settle(in: workplace.ledger)
    }

    package func reconcileSoon() { reconciler.request() }

    package func snapshot() -> WorksSnapshot { works.snapshot() }

    /// Names in inboxes that have waited for a day, or are never taken.
    package var lingering: [Waiting] { reconciler.lingering }

    /// Why the daemon is not ready, in sentences; empty where it is.
    package var reasonsNotReady: [String] {
        (reconciler.hasSwept ? [] : ["The first sweep is still going on."]) + workplace.surroundings.reasonsNotReady
    }

    /// All that is wrong around the daemon, whether it keeps work from being done or not.
    package var problems: [String] { workplace.surroundings.sentences }

    package func pingReconciler(_ answer: @escaping @Sendable () -> Void) { reconciler.ping(answer) }
    package func pingLimiter(_ answer: @escaping @Sendable () -> Void) {
        _ = works.snapshot()
        answer()
    }
    package func pingLedger(_ answer: @escaping @Sendable () -> Void) {
        DispatchQueue.global().async { [workplace] in if (try? workplace.ledger.ping()) != nil { answer() } }
    }
}
