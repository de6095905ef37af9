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
    private let watchman: Watchman

    package init(_ workplace: Workplace, watch: any Watching, settings: Settings) {
        self.workplace = workplace
        self.settings = settings
        watchman = Watchman(
            workplace, watch: watch, pace: settings.pace,
            limiter: Limiter(maxFiles: settings.maxFiles, maxFilesPerReseller: settings.maxFilesPerReseller))
    }

    /// Recovers what an earlier process left, and goes on by itself. `crashed` says that the process before this one died by its
    /// own fault; `recovered` is called once that is in the ledger, and before any file is begun; `swept` after the first look at
    /// everything, from another thread.
    package func start(crashed: Bool, recovered: () -> Void = {}, swept: @escaping @Sendable () -> Void = {}) throws {
        _ = try workplace.ledger.recover(crashed: crashed)
        try workplace.review.begin(workplace.ledger)
        recovered()
        _ = try Outbox(root: workplace.root).tidy()
        watchman.start(swept: swept)
    }

    /// Claims nothing new, gives running files their grace, and leaves the rest pending, their tries uncounted.
    package func stop() {
        let idle = DispatchSemaphore(value: 0)
        watchman.stop { idle.signal() }
        _ = idle.wait(timeout: .now() + .milliseconds(Int(settings.grace / .milliseconds(1))))
        for batch in watchman.unfinished { try? workplace.ledger.giveBack(batch) }
    }

    /// The profiles are others now; `faults` says what is wrong with them, in one text, and `withheld` whose files wait for it.
    package func profilesChanged(faults: String?, withheld: Withheld = .nobody) {
        watchman.hear(.profiles(withheld, [faults.map { .fails(.profiles, $0) } ?? .works(.profiles)]))
    }

    package var standing: Standing { watchman.standing.value }

    /// Who has not sent what it usually has sent by now, as of a minute ago at most.
    package var freshness: [String: Freshness] { workplace.review.freshness.value }

    /// What stands around the files, as of a minute ago at most; nil before the first look.
    package var surroundings: Surroundings? { workplace.review.surroundings.value }
}
