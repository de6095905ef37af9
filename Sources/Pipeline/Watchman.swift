import Batches
import Dispatch
import Folders
import Ledger
import Linux
import Operations
import Sellout

/// Goes the rounds: hears the news, asks `Rounds` what is to be done, and sends each errand down a lane of its own. He waits for
/// nothing himself, so that stopping, news and status always get their turn.
actor Watchman {
    private nonisolated let executor = QueueExecutor(label: "watchman")
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    nonisolated let standing = Published(Standing())

    /// How soon a change by the operators' command is seen.
    private static let glance = Duration.milliseconds(500)

    private let workplace: Workplace
    private let watch: any Watching
    private let references: ReferenceDesk
    private var rounds: Rounds<ContinuousClock.Instant>
    private var lanes = Lanes()
    private var runs: [BatchID: Run] = [:]
    /// Where the files lie that were just claimed, which saves looking for them.
    private var claimed: [BatchID: StoredFile] = [:]
    private var planned: ContinuousClock.Instant?
    private var whenSwept: (@Sendable () -> Void)?
    private var whenIdle: (@Sendable () -> Void)?
    private var ledgerAskedAt: SuspendingClock.Instant?
    private var foreignChanges = 0

    init(_ workplace: Workplace, watch: any Watching, files: any FileViewing, pace: Pace, limiter: Limiter) {
        self.workplace = workplace
        self.watch = watch
        references = ReferenceDesk(workplace, reading: files)
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
        if case .claimed(_, let outcomes, _, _) = news {
            for case .claimed(let file) in outcomes.map(\.outcome) { claimed[file.batch] = file }
        }
        if case .ended(let batch, _) = news { runs[batch] = nil }
        for errand in rounds.take(news, at: .now) { perform(errand) }
        scheduleWake()
        publish()
        if rounds.haveSwept { fire(&whenSwept) }
        if rounds.isStopping, rounds.areIdle { fire(&whenIdle) }
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

    /// Shows that he is awake, and asks whether another process has changed the ledger.
    private func lookUp() {
        publish()
        if ledgerAskedAt == nil {
            ledgerAskedAt = .now
            lanes["glance"].async { [workplace, weak self] in
                let changes = try? workplace.ledger.foreignChanges()
                self?.onQueue { $0.ledgerSays(changes) }
            }
        }
        executor.queue.asyncAfter(deadline: .now() + .milliseconds(Int(Watchman.glance / .milliseconds(1)))) { [weak self] in
            self?.assumeIsolated { if !$0.rounds.isStopping { $0.lookUp() } }
        }
    }

    private func ledgerSays(_ changes: Int?) {
        ledgerAskedAt = nil
        guard let changes, changes != foreignChanges else { return }
        foreignChanges = changes
        take(.ledgerChanged)
    }
}

/// Errands, each on a lane where nothing else waits for it.
extension Watchman {
    private func perform(_ errand: Errand) {
        let workplace = workplace
        switch errand {
        case .look: send("look") { [watch] in .looked(InboxSurvey(workplace.root, watch).look()) }
        case .visit(let sender, let places):
            send("door of \(sender)") {
                .visited(sender, places, Result { () throws(SystemFault) in try InboxScan(root: workplace.root).look(at: places) })
            }
        case .claim(let sender, let wishes): send("door of \(sender)") { Intake(workplace).take(wishes, from: sender) }
        case .takeStock: send("stock") { Stocktaking(workplace).carryOut() }
        case .read(let batch): read(batch)
        case .answer(let sender, let batches): send("outbox of \(sender)") { Answering(workplace).answer(batches, of: sender) }
        case .giveBack(let batches): send("giving back") { Stocktaking(workplace).giveBack(batches) }
        case .resettle(let batch): send("resettling") { Resettlement(workplace).carryOut(batch) }
        case .takeReference(let file): send("reference") { [references] in references.take(file) }
        case .tell(let telling): lanes["journal"].async { workplace.events.tell(telling) }
        }
    }

    private func send(_ lane: String, _ errand: @escaping @Sendable () -> News) {
        lanes[lane].async { [weak self] in self?.hear(errand()) }
    }

    private func read(_ batch: Batch) {
        let run = Run(batch)
        runs[batch.id] = run
        let lane = lanes.takeFree()
        lane.async { [workplace, file = claimed.removeValue(forKey: batch.id), weak self] in
            let end = Journey(workplace).run(run, file)
            self?.onQueue { watchman in
                watchman.lanes.giveFree(lane)
                watchman.take(.ended(batch.id, end))
            }
        }
    }
}

/// Serial queues, since a thread of its own comes with each: a concurrent queue has no more threads than the machine has cores,
/// and an errand that hangs would hold up the others.
private struct Lanes {
    private var named: [String: DispatchQueue] = [:]
    private var free: [DispatchQueue] = []

    subscript(_ name: String) -> DispatchQueue {
        mutating get {
            if let lane = named[name] { return lane }
            let lane = DispatchQueue(label: name)
            named[name] = lane
            return lane
        }
    }

    /// For one file, from whoever had it last.
    mutating func takeFree() -> DispatchQueue { free.popLast() ?? DispatchQueue(label: "file") }

    mutating func giveFree(_ lane: DispatchQueue) { free.append(lane) }
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
