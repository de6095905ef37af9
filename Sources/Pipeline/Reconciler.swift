import Batches
import Dispatch
import Failpoints
import Folders
import Ledger
import Linux
import Sellout
import Synchronization

/// Makes the folders agree with the ledger. One function does it at start, after lost events, when another process has
/// changed the ledger, once a minute, and whenever a file has settled: there is no second code path for recovery.
///
/// Everything here runs on one serial queue; `Mutex` only carries the state between its blocks.
final class Reconciler: Sendable {
    /// What the look is to cover.
    enum Scope: Sendable {
        /// Only names that events have told of.
        case settled
        case everything
    }

    static let sweepInterval = Duration.seconds(60)
    /// How soon a change by the operators' command is seen.
    private static let glance = Duration.milliseconds(500)

    private let workplace: Workplace
    private let works: Works
    private let answering: Answering
    private let debts: Debts
    private let references: ReferenceDesk
    private let waiting: WaitingBatches
    private let watch: any Watching
    private let queue = DispatchQueue(label: "reconcile")
    private let state: Mutex<State>

    private struct State {
        var intake: Intake<ContinuousClock.Instant>
        var isStopped = false
        var hasSwept = false
        var foreignChanges = 0
        var nextSweep = ContinuousClock.now
        /// When the queue will wake by itself; later wishes are served by then.
        var wakes: ContinuousClock.Instant?
        var lingering: [Waiting] = []
        /// The last look left something to a run that may not see it.
        var hasPassedOver = false
    }

    init(
        _ workplace: Workplace, works: Works, answering: Answering, debts: Debts, references: ReferenceDesk, watch: any Watching, pace: Pace
    ) {
        self.workplace = workplace
        self.works = works
        self.answering = answering
        self.debts = debts
        self.references = references
        waiting = WaitingBatches(workplace, answering: answering)
        self.watch = watch
        state = Mutex(State(intake: Intake(root: workplace.root, pace: pace)))
    }

    var hasSwept: Bool { state.withLock { $0.hasSwept } }
    var lingering: [Waiting] { state.withLock { $0.lingering } }

    /// Watches first, then looks, so that nothing comes in between unseen. Returns after the first sweep.
    func start() {
        watch.start { [weak self] events in self?.heard(events) }
        queue.sync { reconcile(.everything) }
        glance()
    }

    func stop() {
        watch.stop()
        state.withLock { $0.isStopped = true }
        queue.sync {}
        waiting.stop()
    }

    /// As soon as the queue is free.
    func request(_ scope: Scope = .everything) {
        queue.async { [weak self] in self?.reconcile(scope) }
    }

    /// Answers when the queue is free: the heartbeat's question.
    func ping(_ answer: @escaping @Sendable () -> Void) { queue.async(execute: answer) }

    private func heard(_ events: [FolderEvent]) {
        queue.async { [self] in
            for case .overflow(let reason) in events { workplace.events.overflowed(reason) }
            reconcile(state.withLock { $0.intake.heard(events, at: .now) } ? .everything : .settled)
        }
    }

    private func reconcile(_ scope: Scope) {
        guard !state.withLock({ $0.isStopped }) else { return }
        if case .everything = scope { lookEverywhere() }
        while workplace.surroundings.allowsClaiming, let file = state.withLock({ $0.intake.next(at: .now) }) { takeUp(file) }
        tellClaimingFaults()
        scheduleNext()
    }

    private func lookEverywhere() {
        switch watch.refresh() {
        case .whole: workplace.works(.watching)
        case .degraded(let reason): workplace.note(reason, at: .watching)
        }
        do {
            try state.withLock { try $0.intake.scan(at: .now) }
            workplace.works(.scanning)
        } catch {
            workplace.note(error, at: .scanning)
        }
        agree()
        workplace.surroundings.tried()
        state.withLock {
            $0.hasSwept = true
            $0.nextSweep = .now.advanced(by: Reconciler.sweepInterval)
            $0.lingering = $0.intake.waiting(at: .now)
        }
        workplace.events.swept()
    }

    private func tellClaimingFaults() {
        let faults = state.withLock { $0.intake.faults }
        let worst = faults.min { $0.key.description < $1.key.description }
        if let worst { workplace.note(worst.value, at: .claiming) } else { workplace.works(.claiming) }
    }

    /// Spool, ledger, outboxes and archive, each step harmless where it has nothing to do.
    private func agree() {
        state.withLock { $0.hasPassedOver = false }
        do {
            try debts.settle(in: workplace.ledger)
            try adopt()
            try enqueuePending()
            waiting.lookAgain { [weak self] in self?.mayTake($0) ?? false }
            for batch in try workplace.ledger.owingReports() where mayTake(batch) { answering.answer(batch.id) }
            for batch in try workplace.ledger.unarchived() where mayTake(batch) { answering.answer(batch.id) }
            workplace.works(.ledger)
            workplace.works(.spool)
        } catch LedgerFault.broken(let sentence) {
            workplace.events.broke(sentence)
        } catch let fault as LedgerFault {
            workplace.note(fault, at: .ledger)
        } catch {
            workplace.note(error, at: .spool)
        }
    }

    /// Spool folders that the ledger does not know were claimed just before the process died; and one that it takes for archived
    /// was brought back by an operator's retry between the archive's rename and the ledger's note of it.
    private func adopt() throws {
        try workplace.root.spool.tidy()
        for file in try workplace.root.spool.files() {
            guard let inbox = file.inbox else { continue }
            let id = file.batch
            switch inbox.sender {
            case .reference: references.add(file)
            case .reseller(let reseller):
                guard !works.knows(id) else { continue }
                if let batch = try workplace.ledger.batch(id) {
                    if batch.isArchived, batch.state.isOver { answering.answer(id) }
                    continue
                }
                // Known once and no more: an operator has deleted it before its file was put away.
                guard try workplace.ledger.audit(AuditFilter(batch: id)).isEmpty else {
                    if let month = ArchiveMonth(of: file.receivedAt) { try workplace.root.archive.put(file.batch, receivedIn: month) }
                    continue
                }
                try register(id, reseller, inbox, file.name, file.size, file.receivedAt)
            }
        }
    }

    /// A file that runs is left to its run. Where somebody has changed its batch just before the run's end, nobody but the next
    /// look would take that up, so it comes soon.
    private func mayTake(_ batch: BatchRecord) -> Bool {
        guard works.knows(batch.id) else { return true }
        if works.isRunning(batch.id) { state.withLock { $0.hasPassedOver = true } }
        return false
    }

    private func enqueuePending() throws {
        for batch in try workplace.ledger.pending() where mayTake(batch) {
            // A retried batch's file lies in the archive; work is done in the spool.
            if try workplace.root.spool.file(of: batch.id) == nil, try workplace.root.archive.file(of: batch.id) != nil {
                try workplace.root.archive.bringBack(batch.id)
            }
            works.add(QueuedFile(batch))
        }
    }

    private func takeUp(_ file: ClaimedFile) {
        switch file.place.inbox.sender {
        case .reference: references.add(file.batch)
        case .reseller(let reseller):
            do {
                try register(file.batch, reseller, file.place.inbox, file.place.name, file.size, file.receivedAt)
            } catch {
                // The file is safe in the spool and is adopted when the ledger works again.
                workplace.note(error, at: .ledger)
            }
        }
    }

    private func register(
        _ id: BatchID, _ reseller: String, _ inbox: Inbox, _ name: FileName, _ size: Int64, _ receivedAt: Timestamp
    ) throws {
        let batch = BatchRecord(
            id: id, reseller: reseller, filename: name.printable, mode: inbox.mode, sizeBytes: size,
            host: workplace.host, receivedAt: receivedAt)
        try workplace.ledger.register(batch)
        try Failpoint.batchRegistered.pass()
        workplace.events.claimed(batch)
        works.add(QueuedFile(batch))
    }

    /// Wakes for the next settled file, the next try after a trouble, or the next sweep, whichever comes first.
    private func scheduleNext() {
        let comesSoon = !debts.isEmpty || state.withLock { $0.hasPassedOver }
        let pause = workplace.surroundings.pause ?? (comesSoon ? .seconds(1) : nil)
        let mayClaim = workplace.surroundings.allowsClaiming
        let (due, isNews) = state.withLock { state -> (ContinuousClock.Instant, Bool) in
            if let pause { state.nextSweep = min(state.nextSweep, .now.advanced(by: pause)) }
            // While nothing may be claimed, a settled file is no reason to wake.
            let look = mayClaim ? state.intake.nextLook(after: .now) : nil
            let due = min(state.nextSweep, look ?? state.nextSweep)
            if let planned = state.wakes, planned <= due, planned > .now { return (due, false) }
            state.wakes = due
            return (due, true)
        }
        guard isNews else { return }
        let wait = max(.zero, ContinuousClock.now.duration(to: due))
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(wait / .nanoseconds(1)))) { [weak self] in self?.wake() }
    }

    private func wake() {
        let sweepIsDue = state.withLock { state in
            state.wakes = nil
            return state.nextSweep <= .now
        }
        reconcile(sweepIsDue ? .everything : .settled)
    }

    /// Has another process changed the ledger?
    private func glance() {
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(Reconciler.glance / .milliseconds(1)))) { [weak self] in
            guard let self, !state.withLock({ $0.isStopped }) else { return }
            if let changes = try? workplace.ledger.foreignChanges() {
                let isNews = state.withLock { state in
                    defer { state.foreignChanges = changes }
                    return state.foreignChanges != changes
                }
                if isNews { reconcile(.everything) }
            }
            glance()
        }
    }
}
