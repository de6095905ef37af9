/// Decides which files have been left in peace long enough to be claimed, and when to look again. It is told of events and
/// looks, with the instant at which they came, and touches nothing itself. Senders' modification times count for nothing.
package struct Settling<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    typealias Entry = SettlingEntry<Instant>

    /// What a look at a file leads to.
    package enum Verdict: Hashable, Sendable {
        /// To be claimed now. `steady` is set where two looks, far enough apart, saw the same; see `Claim.take`.
        case claim(steady: Fingerprint?)
        case wait
        case gone
    }

    package let pace: Pace
    private var entries: [Place: Entry] = [:]
    private var agenda = Agenda<Instant, (place: Place, ticket: UInt64)>()
    private var tickets: UInt64 = 0

    package init(pace: Pace) { self.pace = pace }

    /// Names that are known and not yet claimed.
    package var count: Int { entries.count }

    /// Where those names are.
    package var inboxes: Set<Inbox> { Set(entries.keys.map(\.inbox)) }

    /// When `due` will next have something to say, or a little earlier; nil while only events can change anything.
    package var nextLook: Instant? { agenda.earliest }

    /// An event came in for that name.
    package mutating func touched(_ place: Place, at now: Instant) {
        var entry = entries[place] ?? Entry(firstSeen: now, name: place.name)
        entry.stir(at: now)
        schedule(&entry, place, due: now.advanced(by: pace.settle))
        entries[place] = entry
    }

    /// A scan of an inbox found these and nothing else. Other names that wait for a look are left to that look.
    package mutating func scanned(_ inbox: Inbox, found files: [FoundFile], at now: Instant) {
        let names = Set(files.map(\.place.name))
        for (place, entry) in entries where place.inbox == inbox && entry.due == nil && !names.contains(place.name) {
            entries[place] = nil
        }
        for file in files { found(file, at: now) }
    }

    private mutating func found(_ file: FoundFile, at now: Instant) {
        guard var entry = entries[file.place] else {
            var new = Entry(firstSeen: now.advanced(by: .zero - max(file.age, .zero)), name: file.place.name)
            _ = new.look(file.fingerprint, at: now)
            schedule(&new, file.place, due: new.lastStir.advanced(by: quietTime(for: file)))
            entries[file.place] = new
            return
        }
        if entry.look(file.fingerprint, at: now) {
            entry.stir(at: now)
            schedule(&entry, file.place, due: now.advanced(by: pace.settle))
        } else if entry.due == nil, !entry.isRefused {
            schedule(&entry, file.place, due: now)
        }
        entries[file.place] = entry
    }

    /// The names to look at now, the longest waiting first. Each is to be followed by `looked`, and where that says so by the
    /// claim's outcome. Events may come in between: they mean what the name bears since then, and count.
    package mutating func due(at now: Instant) -> [Place] {
        var due: [Place] = []
        while let (listed, (place, ticket)) = agenda.next(at: now) {
            guard var entry = entries[place], entry.ticket == ticket, let time = entry.due else { continue }
            entry.ticket = nil
            if time <= listed {
                entry.due = nil
                due.append(place)
            } else {
                schedule(&entry, place, due: time)
            }
            entries[place] = entry
        }
        return due
    }

    /// What a look found at a place, nil where nothing is there any more.
    package mutating func looked(_ place: Place, found file: FoundFile?, at now: Instant) -> Verdict {
        guard let file, var entry = entries[place] else {
            forget(place)
            return .gone
        }
        defer { entries[place] = entry }
        if entry.look(file.fingerprint, at: now) {
            entry.stir(at: max(entry.lastStir, file.age >= .zero ? now.advanced(by: .zero - file.age) : now))
        }
        guard entry.reason != .workingName else { return .wait }
        if case .isControlFile(let name) = file.agreement {
            entry.reason = .controlFile
            update(Place(place.inbox, name)) { if $0.isUnconfirmed { $1.schedule(&$0, Place(place.inbox, name), due: now) } }
            return .wait
        }
        // The kernel's note of the last change counts as much as the last event, which may have been lost. It is of no use
        // where it lies in the future, since somebody has set the clock back.
        let sinceStir = entry.lastStir.duration(to: now)
        let quiet = file.age >= .zero ? min(file.age, sinceStir) : sinceStir
        let needed = quietTime(for: file)
        guard quiet >= needed else {
            schedule(&entry, place, due: now.advanced(by: needed - quiet))
            return .wait
        }
        guard isConfirmed(&entry, file, at: now) else { return .wait }
        let isSteady = entry.seen.map { $0.since.duration(to: now) >= pace.steady } ?? false
        return .claim(steady: isSteady ? file.fingerprint : nil)
    }

    /// Whether all that was agreed says that the file is whole. A control file that was looked at brings a look at its own file,
    /// so that nothing needs to be planned for the time in which there is none.
    private mutating func isConfirmed(_ entry: inout Entry, _ file: FoundFile, at now: Instant) -> Bool {
        switch file.agreement {
        case .nothing, .isControlFile: break
        case .missing(let control):
            entry.reason = .unconfirmed(control)
            return false
        case .given(let control, let age, let isEmpty):
            let needed = quietTime(isEmpty: isEmpty)
            guard age < .zero || age >= needed else {
                entry.reason = .unconfirmed(control)
                schedule(&entry, file.place, due: now.advanced(by: needed - age))
                return false
            }
        }
        if entry.isUnconfirmed { entry.reason = .unsettled }
        return true
    }

    /// The claim found a writer, or could not be sure that there is none.
    package mutating func busy(_ place: Place, at now: Instant) {
        update(place) { entry, settling in
            if !entry.isDue {
                entry.reason = .beingWritten
                settling.schedule(&entry, place, due: now.advanced(by: settling.pace.pause(afterTries: entry.busyTries)))
            }
            entry.busyTries += 1
        }
    }

    /// The claim was refused; only an event or a change brings the name back into consideration.
    package mutating func refused(_ place: Place, _ refusal: Refusal) {
        update(place) { entry, _ in
            if !entry.isDue { entry.reason = .refused(refusal) }
        }
    }

    /// The surroundings did not allow it now, through no fault of the file.
    package mutating func postponed(_ place: Place, until time: Instant) {
        update(place) { entry, settling in settling.schedule(&entry, place, due: time) }
    }

    /// Claimed, or gone. An event since then means another file under the same name.
    package mutating func forget(_ place: Place) {
        guard let entry = entries[place], entry.isDue else {
            entries[place] = nil
            return
        }
        var other = Entry(firstSeen: entry.lastStir, name: place.name)
        other.due = entry.due
        other.ticket = entry.ticket
        entries[place] = other
    }

    /// Names that have waited for a day, those that were refused, and those that wait for a control file, sorted by place.
    package func waiting(at now: Instant) -> [Waiting] {
        entries.compactMap { place, entry in
            let since = entry.firstSeen.duration(to: now)
            return entry.isRefused || entry.isUnconfirmed || since >= pace.lingering
                ? Waiting(place: place, since: since, reason: entry.reason) : nil
        }.sorted { ($0.place.inbox.description, $0.place.name) < ($1.place.inbox.description, $1.place.name) }
    }

    /// An inbox has gone, with what was in it.
    package mutating func forget(_ inbox: Inbox) {
        for place in entries.keys where place.inbox == inbox { entries[place] = nil }
    }

    private func quietTime(for file: FoundFile) -> Duration { quietTime(isEmpty: file.fingerprint.size == 0) }

    private func quietTime(isEmpty: Bool) -> Duration { isEmpty ? pace.emptySettle : pace.settle }

    private mutating func update(_ place: Place, _ change: (inout Entry, inout Self) -> Void) {
        guard var entry = entries[place] else { return }
        change(&entry, &self)
        entries[place] = entry
    }

    /// A later time needs no new line on the agenda: the old one is reached first and written again then.
    private mutating func schedule(_ entry: inout Entry, _ place: Place, due: Instant) {
        guard entry.reason != .workingName else { return }
        let listed = entry.ticket != nil ? entry.due : nil
        entry.due = due
        if let listed, listed <= due { return }
        tickets &+= 1
        entry.ticket = tickets
        agenda.add((place, tickets), due: due)
    }
}
