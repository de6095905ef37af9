import Batches
import Folders
import Ledger
import Linux
import Sellout

/// The watchman's rounds: decides what to do next from what has happened. Touches nothing, waits for nothing, and knows the time
/// only as it is told.
package struct Rounds<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    let pace: Pace
    var doorsteps: [Sender: Doorstep<Instant>] = [:]
    /// Senders whose doors are to be seen to, the next one in front.
    var turns: [Sender] = []
    var doorsVisited = 0
    var uploads = Uploads<Instant>()
    package internal(set) var limiter: Limiter
    var answers = Answers()
    package internal(set) var troubles = Troubles()
    /// Batches whose try ended through no fault of the file, and of which the ledger must still hear: with a full disk even
    /// giving a batch back can fail.
    var debts: Set<BatchID> = []
    /// Files that wait for the outcome of another one of the same content, by that one.
    var twins: [BatchID: [Batch]] = [:]
    var resettleable: [Batch] = []
    /// Reference files in the spool, the one under way too.
    var references: Set<BatchID> = []
    var referencesWaiting: [StoredFile] = []
    /// Brands whose ranking is to be renewed, without those under way.
    var fitsOwed: [Int64] = []
    /// Their batches were changed while they ran: the next stock is to be taken when they have ended.
    var passedOver: Set<BatchID> = []

    var look = Chore()
    var lookForUploads = Chore()
    var stock = Chore()
    var resettling = Chore()
    var givingBack = Chore()
    var takingReference = Chore()
    var publishingFits = Chore()

    /// False while files may lie in the spool of which the ledger does not know: what is claimed then would overtake them.
    var spoolIsKnown = false

    var nextSweep: Instant
    /// While something keeps work from being done: the next try, and how many were in vain.
    var retry: (at: Instant, tries: Int)?
    var giveBackAt: Instant?
    /// Tries in a row that came to no end.
    var triesInVain = 0
    private var hasStarted = false
    package internal(set) var isStopping = false
    package internal(set) var lingering: [Waiting] = []

    /// At most so many doors are seen to at the same time: one that hangs does not hold up the others.
    private static var mostVisits: Int { 4 }
    /// No more is claimed of a reseller while so many of its files per place wait for their turn: the rest waits in its inbox.
    private static var waitingPerPlace: Int { 4 }
    /// So many rankings are renewed in one go: the market is loaded once for them, and a stop waits for no more.
    private static var fitsAtOnce: Int { 16 }
    package static var sweepInterval: Duration { .seconds(60) }

    package init(pace: Pace, limiter: Limiter, at now: Instant) {
        self.pace = pace
        self.limiter = limiter
        nextSweep = now
        look.isWanted = true
        lookForUploads.isWanted = true
        stock.isWanted = true
    }

    /// Inboxes and books have been looked through once.
    package var haveSwept: Bool { look.wasDone && stock.wasDone }

    /// Everything that was begun has come to its end.
    package var areIdle: Bool {
        limiter.isIdle && answers.areIdle && doorsVisited == 0 && uploads.areIdle && !givingBack.isUnderWay && !takingReference.isUnderWay
            && !publishingFits.isUnderWay
    }

    /// When the rounds are to be woken, if nothing happens before.
    package func wakes(after now: Instant) -> Instant? {
        guard hasStarted, !isStopping, !troubles.endWork else { return nil }
        var times = [nextSweep]
        if let retry { times.append(retry.at) }
        if let giveBackAt, !givingBack.isUnderWay { times.append(giveBackAt) }
        if let again = uploads.looksAgain { times.append(again) }
        if doorsVisited < Self.mostVisits {
            times += doorsteps.compactMap { sender, door in mayClaim(from: sender) ? door.wakes(after: now) : nil }
        }
        return times.min()
    }

    /// What is to be done about it.
    package mutating func take(_ news: News, at now: Instant) -> [Errand] {
        var errands: [Errand] = []
        switch news {
        case .heard(let events): hear(events, at: now, &errands)
        case .looked(let look): looked(look, at: now, &errands)
        case .visited(let sender, let places, let found): visited(sender, places, found, at: now, &errands)
        case .claimed(let sender, let outcomes, let entered, let conditions):
            claimed(sender, outcomes, at: now, &errands)
            if !sender.isImport { note(entered: entered, of: outcomes.map(\.outcome)) }
            note(conditions, &errands)
        case .handed(let found): handed(found, at: now, &errands)
        case .took(let sender, let outcomes, let entered, let conditions):
            took(sender, outcomes, at: now, &errands)
            if !sender.isImport { note(entered: entered, of: outcomes.map(\.outcome)) }
            note(conditions, &errands)
        case .stock(let stock, let conditions): counted(stock, conditions, at: now, &errands)
        case .ledgerChanged: stock.isWanted = true
        case .ledgerFails(let condition): note([condition], &errands)
        case .ended(let batch, let end): ended(batch, end, at: now, &errands)
        case .answered(let sender, _, let conditions):
            answers.done(sender)
            note(conditions, &errands)
        case .gaveBack(let batches, let conditions):
            givingBack.isUnderWay = false
            debts.subtract(batches)
            giveBackAt = debts.isEmpty ? nil : now.advanced(by: .seconds(1))
            stock.isWanted = stock.isWanted || !batches.isEmpty
            note(conditions, &errands)
        case .resettled(let batch, let changed, let conditions):
            resettling.isUnderWay = false
            if changed { answers.owe(batch) }
            note(conditions, &errands)
        case .referenceTaken(let batch, let changed, let conditions):
            takingReference.isUnderWay = false
            references.remove(batch)
            if conditions.contains(where: \.isTrouble) {
                // An older file must not be taken after a newer one, whose values it would put back: the next stock has them in order.
                references = []
                referencesWaiting = []
            }
            stock.isWanted = stock.isWanted || changed
            note(conditions, &errands)
        case .fitsPublished(let conditions):
            publishingFits.isUnderWay = false
            note(conditions, &errands)
        case .profiles(let withheld, let conditions):
            // Files may lie in the spool that were left there for want of a profile.
            if withheld != limiter.withheld { spoolIsKnown = false }
            limiter.withheld = withheld
            look.isWanted = true
            stock.isWanted = true
            note(conditions, &errands)
        case .started: hasStarted = true
        case .woke: break
        case .stopping: isStopping = true
        }
        decide(at: now, &errands)
        return errands
    }
}

/// What to begin.
extension Rounds {
    private mutating func decide(at now: Instant, _ errands: inout [Errand]) {
        guard hasStarted else { return }
        // What is owed is found in the ledger when it is whole again.
        if troubles.endWork { return answers.forget() }
        while let (sender, batches) = answers.next() { errands.append(.answer(sender, batches)) }
        guard !isStopping else { return }
        scheduleRetry(at: now)
        if nextSweep <= now {
            nextSweep = now.advanced(by: Self.sweepInterval)
            look.isWanted = true
            stock.isWanted = true
            uploads.reconsider()
            lookForUploads.isWanted = true
        }
        if uploads.isDue(at: now) { lookForUploads.isWanted = true }
        if look.begins() { errands.append(.look) }
        if lookForUploads.begins() { errands.append(.lookForUploads) }
        if stock.begins() { errands.append(.takeStock) }
        if let time = giveBackAt, time <= now, givingBack.begins(if: !debts.isEmpty) { errands.append(.giveBack(Array(debts))) }
        if takingReference.begins(if: !referencesWaiting.isEmpty) { errands.append(.takeReference(referencesWaiting.removeFirst())) }
        if resettling.begins(if: !resettleable.isEmpty) { errands.append(.resettle(resettleable.removeFirst())) }
        if publishingFits.begins(if: !fitsOwed.isEmpty) {
            errands.append(.publishFits(Array(fitsOwed.prefix(Self.fitsAtOnce))))
            fitsOwed.removeFirst(min(Self.fitsAtOnce, fitsOwed.count))
        }
        seeToDoors(at: now, &errands)
        while let (sender, drops) = uploads.next(where: mayClaim) { errands.append(.takeUploads(sender, drops)) }
        while let batch = limiter.admit() { errands.append(.read(batch)) }
    }

    /// After 1 s, then 2 s, and so on up to a minute everything is tried again.
    private mutating func scheduleRetry(at now: Instant) {
        guard troubles.areTriedSoon else {
            retry = nil
            return
        }
        let tries = retry?.tries ?? 0
        guard let due = retry?.at else {
            retry = (now.advanced(by: .seconds(1)), 0)
            return
        }
        guard due <= now else { return }
        retry = (now.advanced(by: min(.seconds(1 << min(tries + 1, 6)), .seconds(60))), tries + 1)
        look.isWanted = true
        stock.isWanted = true
    }

    private func mayClaim(from sender: Sender) -> Bool {
        guard spoolIsKnown, troubles.allowClaiming else { return false }
        guard !sender.isImport else { return true }
        let name = sender.description
        // What is agreed about control files stands in the profile too: until it reads, their files stay where they are.
        guard !limiter.withheld.contains(name) else { return false }
        return limiter.waiting(of: name) < limiter.maxFiles * Self.waitingPerPlace
    }

    /// One errand at each door in turn, so that whoever drops very many files keeps nobody else waiting.
    private mutating func seeToDoors(at now: Instant, _ errands: inout [Errand]) {
        for _ in 0..<turns.count where doorsVisited < Self.mostVisits {
            let sender = turns.removeFirst()
            turns.append(sender)
            guard mayClaim(from: sender) else { continue }
            switch doorsteps[sender]?.nextErrand(at: now) {
            case .visit(let places): errands.append(.visit(sender, places))
            case .claim(let wishes): errands.append(.claim(sender, wishes))
            case nil: continue
            }
            doorsVisited += 1
        }
    }
}
