import Batches
import Folders
import Glibc
import Linux
import Sellout

/// What to remember of what has happened.
extension Rounds {
    mutating func note(_ conditions: [Troubles.Condition], _ errands: inout [Errand]) {
        let hadStopped = !troubles.reasonsNotReady.isEmpty
        // What stops everybody is not to wait for as long as a shut outbox is tried in vain.
        defer { if !hadStopped, !troubles.reasonsNotReady.isEmpty { retry = nil } }
        for condition in conditions {
            switch troubles.note(condition) {
            case .works(let part):
                errands.append(.tell(.recovered("\(part)")))
                // A look has found it open, and knows of no report that waits for it.
                if case .shutOutbox = part { stock.isWanted = true }
            case .fails(_, let sentence): errands.append(.tell(.troubled(sentence)))
            case nil: break
            }
        }
    }

    mutating func hear(_ events: [FolderEvent], at now: Instant, _ errands: inout [Errand]) {
        for event in events {
            switch event {
            case .touched(let place): door(of: place.inbox.sender) { $0.touched(place, at: now) }
            case .handedOver: lookForUploads.isWanted = true
            case .foldersChanged:
                look.isWanted = true
                lookForUploads.isWanted = true
            case .overflow(let reason):
                look.isWanted = true
                lookForUploads.isWanted = true
                errands.append(.tell(.overflowed(reason)))
            }
        }
    }

    private mutating func door(of sender: Sender, _ change: (inout Doorstep<Instant>) -> Void) {
        if doorsteps[sender] == nil { turns.append(sender) }
        var door = doorsteps.removeValue(forKey: sender) ?? Doorstep(pace: pace)
        change(&door)
        doorsteps[sender] = door
    }

    mutating func looked(_ found: Look, at now: Instant, _ errands: inout [Errand]) {
        look.done()
        note(found.conditions, &errands)
        guard let survey = found.survey else { return }
        for inbox in survey.inboxes {
            guard let files = found.found[inbox] else { continue }
            door(of: inbox.sender) { $0.scanned(inbox, found: files, at: now) }
        }
        forgetGone(survey)
        let closed = survey.troubles.sorted { $0.key < $1.key }.map { Troubles.Condition.fails(.folder($0.key), "\($0.value)") }
        let open = troubles.parts.filter { part in
            switch part {
            case .folder(let path): survey.troubles[path] == nil
            // Nothing lies there any more, so nothing can be in the way.
            case .claiming(let sender), .closed(let sender): doorsteps[sender]?.isQuiet ?? true
            case .shutOutbox(let sender): doorsteps[sender] == nil && !answers.owes(sender)
            default: false
            }
        }.sorted { $0.description < $1.description }.map { Troubles.Condition.works($0) }
        note(open + closed, &errands)
        lingering = doorsteps.sorted { $0.key < $1.key }.flatMap { $0.value.waiting(at: now) }
        errands.append(.tell(.swept))
    }

    /// Inboxes that are there no more. What cannot be seen now is not gone.
    private mutating func forgetGone(_ survey: Survey) {
        let inboxes = Set(survey.inboxes)
        let senders = Set(inboxes.map(\.sender)).union(survey.unseen)
        for sender in doorsteps.keys where !survey.unseen.contains(sender) {
            for inbox in doorsteps[sender]?.inboxes ?? [] where !inboxes.contains(inbox) { doorsteps[sender]?.forget(inbox) }
            guard !senders.contains(sender), doorsteps[sender]?.isVisited == false else { continue }
            doorsteps[sender] = nil
            turns.removeAll { $0 == sender }
        }
    }

    mutating func visited(
        _ sender: Sender, _ places: [Place], _ found: Result<[FoundFile?], SystemFault>, at now: Instant, _ errands: inout [Errand]
    ) {
        doorsVisited -= 1
        switch found {
        case .success(let files):
            door(of: sender) { $0.looked(at: places, found: files, at: now) }
            if doorsteps[sender]?.isQuiet == true { note([.works(.closed(sender)), .works(.claiming(sender))], &errands) }
        case .failure(let fault):
            door(of: sender) { $0.failed(places, at: now) }
            note([.fails(Troubles.Part(fault, at: sender), "\(fault)")], &errands)
        }
    }

    mutating func claimed(
        _ sender: Sender, _ outcomes: [(place: Place, outcome: ClaimOutcome)], at now: Instant, _ errands: inout [Errand]
    ) {
        doorsVisited -= 1
        var fault: SystemFault?
        door(of: sender) { fault = $0.claimed(outcomes, at: now) }
        for case .claimed(let file) in outcomes.map(\.outcome) where sender.isImport { expect(file) }
        let works = [Troubles.Condition.works(.closed(sender)), .works(.claiming(sender))]
        note(fault.map { [.fails(Troubles.Part($0, at: sender), "\($0)")] } ?? works, &errands)
    }

    /// What was claimed and could not be entered is adopted before anything else is claimed.
    mutating func note(entered: [Batch], of outcomes: [ClaimOutcome]) {
        if entered.count < outcomes.count(where: { $0.file != nil }) { spoolIsKnown = false }
        for batch in entered { limiter.add(batch) }
    }

    mutating func handed(_ found: Result<[HandedDrop], SystemFault>, at now: Instant, _ errands: inout [Errand]) {
        lookForUploads.done()
        switch found {
        case .success(let drops):
            uploads.found(drops)
            // Of those that wait the next errand tells.
            if uploads.isNothingWaiting { note([.works(.uploads)], &errands) }
        case .failure(let fault):
            uploads.lookAgain(at: now)
            note([.fails(.uploads, "\(fault)")], &errands)
        }
    }

    mutating func took(
        _ sender: Sender, _ outcomes: [(drop: HandedDrop, outcome: ClaimOutcome)], at now: Instant, _ errands: inout [Errand]
    ) {
        let fault = uploads.took(sender, outcomes, at: now)
        for case .claimed(let file) in outcomes.map(\.outcome) where sender.isImport { expect(file) }
        note([fault.map { .fails(.uploads, "\($0)") } ?? .works(.uploads)], &errands)
    }

    mutating func counted(_ found: Stock?, _ conditions: [Troubles.Condition], at now: Instant, _ errands: inout [Errand]) {
        stock.done()
        note(conditions, &errands)
        guard let found else { return }
        spoolIsKnown = true
        // Those that are still to be given back would be given back in the midst of their next try.
        for batch in found.pending where !debts.contains(batch.id) {
            if limiter.isRunning(batch.id) { passedOver.insert(batch.id) } else { limiter.add(batch) }
        }
        for batch in found.unanswered {
            if limiter.isRunning(batch.id) { passedOver.insert(batch.id) } else { answers.owe(batch) }
        }
        resettleable = found.resettleable.filter { !limiter.isRunning($0.id) }
        for file in found.references { expect(file) }
        fitsOwed = found.fits
        note(partsNotNeeded.map { .works($0) }, &errands)
    }

    private mutating func expect(_ reference: StoredFile) {
        if references.insert(reference.batch).inserted { referencesWaiting.append(reference) }
    }

    mutating func ended(_ batch: BatchID, _ end: RunEnd, at now: Instant, _ errands: inout [Errand]) {
        limiter.done(batch)
        if passedOver.remove(batch) != nil { stock.isWanted = true }
        for twin in twins.removeValue(forKey: batch) ?? [] { limiter.add(twin) }
        switch end {
        case .settled(let record, let isBehind):
            triesInVain = 0
            note([.works(.ledger), .works(.reader), .works(.motion)], &errands)
            answers.owe(record)
            if isBehind { stock.isWanted = true }
        case .recognised(let record): limiter.add(record)
        case .overtaken(let record): answers.owe(record)
        case .waits(let record, let other):
            // Where that one has ended meanwhile, its outcome is known; one that is to be given back comes with this one in the next stock.
            if limiter.isRunning(other) {
                twins[other, default: []].append(record)
            } else if !debts.contains(other) {
                limiter.add(record)
            }
        case .givenBack(let condition):
            // Not at once, or a file that cannot be read now would be tried without end.
            debts.insert(batch)
            if giveBackAt == nil { giveBackAt = now.advanced(by: .seconds(pause(after: condition))) }
            note([condition], &errands)
        }
    }
}

extension Rounds {
    /// A file in motion soon stands still. What else keeps files from being read may take longer: 1 s, then 2 s, up to a minute.
    private mutating func pause(after condition: Troubles.Condition) -> Int {
        if case .fails(.motion, _) = condition { return 1 }
        defer { triesInVain += 1 }
        return min(1 << min(triesInVain, 6), 60)
    }

    /// What nobody waits for any more is no trouble, and nobody would come to say that it works again.
    private var partsNotNeeded: [Troubles.Part] {
        let nothingToRead = limiter.isIdle && limiter.waitsOnlyForProfiles && debts.isEmpty && references.isEmpty
        return troubles.parts.filter { part in
            switch part {
            case .outbox(let sender) where sender.isImport: references.isEmpty
            case .outbox(let sender): !answers.owes(sender)
            case .reader, .motion: nothingToRead
            case .rankings: fitsOwed.isEmpty && !publishingFits.isUnderWay
            default: false
            }
        }
    }
}

extension Troubles.Part {
    /// Whose trouble a fault at a sender's door is: a folder that may not be read or written is its owner's alone.
    init(_ fault: SystemFault, at sender: Sender) {
        self = [EACCES, EPERM].contains(fault.errno) ? .closed(sender) : .claiming(sender)
    }
}
