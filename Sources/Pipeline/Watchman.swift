import Batches
import Dispatch
import Folders
import Ledger
import Linux
import Operations
import Sellout

/// Goes the rounds: hears the news, asks `Rounds` what is to be done, and sends a runner on each errand. He waits for nothing
/// himself, so that stopping, news and status always get their turn.
actor Watchman {
    private nonisolated let executor = QueueExecutor(label: "watchman")
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    nonisolated let standing = Published(Standing())

    /// How soon a change by the operators' command is seen.
    private static let glance = Duration.milliseconds(500)

    private let workplace: Workplace
    private let watch: any Watching
    private var rounds: Rounds<ContinuousClock.Instant>
    private let journal = DispatchQueue(label: "journal")
    private let glances = DispatchQueue(label: "glances")
    /// Without an errand just now.
    private var runners: [DispatchQueue] = []
    private var runs: [BatchID: Run] = [:]
    private var planned: ContinuousClock.Instant?
    private var whenSwept: (@Sendable () -> Void)?
    private var whenIdle: (@Sendable () -> Void)?
    private var ledgerAskedAt: SuspendingClock.Instant?
    private var foreignChanges: Int? = 0

    init(_ workplace: Workplace, watch: any Watching, pace: Pace, limiter: Limiter) {
        self.workplace = workplace
        self.watch = watch
        rounds = Rounds(pace: pace, limiter: limiter, at: .now)
    }

    /// Watches first, then looks, so that nothing comes in between unseen. `swept` is called after the first look.
    nonisolated func start(swept: @escaping @Sendable () -> Void) {
        watch.start { [weak self] events in self?.hear(.heard(events)) }
        onQueue { watchman in
            watchman.whenSwept = swept
            watchman.take(.started)
            watchman.lookUp()
        }
    }

    /// Begins nothing new; `idle` is called when what runs has ended.
    nonisolated func stop(idle: @escaping @Sendable () -> Void) {
        watch.stop()
        onQueue { watchman in
            watchman.whenIdle = idle
            watchman.take(.stopping)
        }
    }

    /// Batches that have begun and not ended, and those that the ledger has not been told of.
    nonisolated var unfinished: [BatchID] {
        executor.queue.sync { assumeIsolated { Array(Set($0.rounds.limiter.runningBatches).union($0.rounds.debts)) } }
    }

    nonisolated func hear(_ news: News) { onQueue { $0.take(news) } }

    private nonisolated func onQueue(_ body: @escaping @Sendable (isolated Watchman) -> Void) {
        executor.queue.async { self.assumeIsolated { body($0) } }
    }

    private func take(_ news: News) {
        for trip in trips(after: news) { send(trip) }
    }

    private func trips(after news: News) -> [Trip] {
        if case .ended(let batch, _) = news { runs[batch] = nil }
        let trips = rounds.take(news, at: .now).compactMap(trip)
        scheduleWake()
        publish()
        if rounds.haveSwept { fire(&whenSwept) }
        if rounds.isStopping, rounds.areIdle { fire(&whenIdle) }
        return trips
    }

    private func fire(_ call: inout (@Sendable () -> Void)?) {
        call?()
        call = nil
    }

    private func publish() {
        standing.publish(Standing(rounds, running: Array(runs.values), ledgerAskedAt: ledgerAskedAt))
    }

    private func scheduleWake() {
        let now = ContinuousClock.now
        guard let due = rounds.wakes(after: now) else { return }
        if let planned, planned <= due, planned > now { return }
        planned = due
        executor.queue.asyncAfter(deadline: .now() + .nanoseconds(max(0, Int(now.duration(to: due) / .nanoseconds(1))))) { [weak self] in
            self?.assumeIsolated { $0.take(.woke) }
        }
    }

    /// Shows that he is awake, and asks whether another process has changed the ledger, or taken it away.
    private func lookUp() {
        publish()
        if ledgerAskedAt == nil {
            ledgerAskedAt = .now
            glances.async { [workplace, weak self] in
                let answer = Result { () throws(LedgerFault) in try workplace.ledger.foreignChanges() }
                self?.onQueue { $0.ledgerSays(answer) }
            }
        }
        executor.queue.asyncAfter(deadline: .now() + .milliseconds(Int(Watchman.glance / .milliseconds(1)))) { [weak self] in
            self?.assumeIsolated { if !$0.rounds.isStopping { $0.lookUp() } }
        }
    }

    private func ledgerSays(_ answer: Result<Int, LedgerFault>) {
        ledgerAskedAt = nil
        guard !rounds.isStopping else { return }
        switch answer {
        case .success(let changes):
            guard changes != foreignChanges else { return }
            foreignChanges = changes
            take(.ledgerChanged)
        case .failure(let fault):
            // Whatever it says when it answers again is news.
            foreignChanges = nil
            take(.ledgerFails(Troubles.Condition(fault)))
        }
    }
}

/// A runner on an errand, and the news that he brings of it.
private typealias Trip = @Sendable () -> News

extension Watchman {
    /// Nil where nothing comes back.
    private func trip(_ errand: Errand) -> Trip? {
        let workplace = workplace
        switch errand {
        case .look: return { [watch] in .looked(InboxSurvey(workplace.root, watch).look()) }
        case .visit(let sender, let places):
            return { .visited(sender, places, InboxVisit(workplace).look(at: places, of: sender)) }
        case .claim(let sender, let wishes): return { Intake(workplace).take(wishes, from: sender) }
        case .lookForUploads: return { DropDesk(workplace).look() }
        case .takeUploads(let sender, let drops): return { DropDesk(workplace).take(drops, of: sender) }
        case .takeStock:
            return {
                let steps = workplace.review.carryOut(workplace.ledger, workplace.root)
                if !steps.isEmpty { workplace.events.operatorsDid(steps) }
                return Stocktaking(workplace).carryOut()
            }
        case .read(let batch):
            let run = Run(batch)
            runs[batch.id] = run
            return { .ended(batch.id, Journey(workplace).run(run)) }
        case .answer(let sender, let batches): return { Answering(workplace).answer(batches, of: sender) }
        case .giveBack(let batches): return { Stocktaking(workplace).giveBack(batches) }
        case .resettle(let batch): return { Resettlement(workplace).carryOut(batch) }
        case .takeReference(let file): return { ImportDesk(workplace).take(file) }
        case .publishFits(let brands): return { FitPublishing(workplace).publish(brands) }
        case .tell(let telling):
            journal.async { workplace.events.tell(telling) }
            return nil
        }
    }

    /// Each runner is a serial queue, since a thread of its own comes with it: a concurrent queue has no more threads than the
    /// machine has cores, and an errand that hangs would hold up the others.
    private func send(_ trip: @escaping Trip) {
        let runner = runners.popLast() ?? DispatchQueue(label: "runner")
        runner.async { [weak self] in
            var next: Trip? = trip
            while let trip = next { next = self?.bring(trip(), by: runner) }
        }
    }

    /// The runner takes the next errand along, which saves waking another: a small file's way is one runner's from the door to
    /// the outbox.
    private nonisolated func bring(_ news: News, by runner: DispatchQueue) -> Trip? {
        executor.queue.sync {
            assumeIsolated { watchman in
                let trips = watchman.trips(after: news)
                for trip in trips.dropFirst() { watchman.send(trip) }
                if trips.isEmpty { watchman.runners.append(runner) }
                return trips.first
            }
        }
    }
}

/// Runs an actor on a serial queue. Dispatch on Linux brings no such executor of its own.
final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
