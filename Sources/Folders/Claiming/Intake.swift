import Linux

/// Brings settled files from the inboxes into the spool, one step at a time: its owner tells it of events and of the time,
/// asks it for the next file, and decides when to scan. It waits for nothing and belongs on one queue.
package struct Intake<Instant: InstantProtocol & Sendable>: Sendable where Instant.Duration == Duration {
    /// An inbox from which nothing can be claimed for now, through no fault of its files.
    private struct Trouble {
        let fault: SystemFault
        let faultsInARow: Int
        let until: Instant
    }

    private let root: Root
    private var settling: Settling<Instant>
    /// Settled names that have not been looked at yet, the next one last.
    private var ripe: [Place] = []
    private var troubles: [Inbox: Trouble] = [:]

    package init(root: Root, pace: Pace) {
        self.root = root
        settling = Settling(pace: pace)
    }

    /// When `next` may have something to say, by the clock alone; nil while only events and scans can change anything.
    package func nextLook(after now: Instant) -> Instant? { ripe.isEmpty ? settling.nextLook : now }

    /// Names waiting in the inboxes.
    package var count: Int { settling.count }

    /// What keeps files from being claimed, by inbox.
    package var faults: [Inbox: SystemFault] { troubles.mapValues(\.fault) }

    /// Names for the status: refused ones, and those that have been waiting for a day.
    package func waiting(at now: Instant) -> [Waiting] { settling.waiting(at: now) }

    /// True where the watch ought to be refreshed and the inboxes be scanned.
    package mutating func heard(_ events: [FolderEvent], at now: Instant) -> Bool {
        var needsScan = false
        for event in events {
            switch event {
            case .touched(let place): settling.touched(place, at: now)
            case .foldersChanged, .overflow: needsScan = true
            }
        }
        return needsScan
    }

    /// Looks into every inbox there is. One that cannot be read is noted as a fault and keeps what is known of it.
    package mutating func scan(at now: Instant) throws(SystemFault) {
        let inboxes = try root.inboxes()
        for gone in settling.inboxes.union(troubles.keys).subtracting(inboxes) {
            settling.forget(gone)
            troubles[gone] = nil
        }
        for inbox in inboxes {
            do throws(SystemFault) {
                settling.scanned(inbox, found: try InboxScan(root: root).files(in: inbox), at: now)
            } catch { note(error, in: inbox, at: now) }
        }
    }

    /// Claims the next settled file; nil where there is none now.
    package mutating func next(at now: Instant) -> ClaimedFile? {
        if ripe.isEmpty { ripe = settling.due(at: now).reversed() }
        while let place = ripe.popLast() {
            if let trouble = troubles[place.inbox], trouble.until > now {
                settling.postponed(place, until: trouble.until)
                continue
            }
            do throws(SystemFault) {
                if let claimed = try claim(place, at: now) { return claimed }
            } catch {
                note(error, in: place.inbox, at: now)
                settling.postponed(place, until: troubles[place.inbox]?.until ?? now)
            }
        }
        return nil
    }

    private mutating func claim(_ place: Place, at now: Instant) throws(SystemFault) -> ClaimedFile? {
        guard case .claim(let steady) = settling.looked(place, found: try InboxScan(root: root).look(at: place), at: now) else {
            return nil
        }
        let outcome = try Claim(root: root).take(place, steady: steady)
        troubles[place.inbox] = nil
        switch outcome {
        case .claimed(let file):
            settling.forget(place)
            return file
        case .busy: settling.busy(place, at: now)
        case .gone: settling.forget(place)
        case .refused(let refusal): settling.refused(place, refusal)
        }
        return nil
    }

    /// Tried again after 1 s, then 2 s, and so on up to a minute.
    private mutating func note(_ fault: SystemFault, in inbox: Inbox, at now: Instant) {
        let faults = (troubles[inbox]?.faultsInARow ?? 0) + 1
        let pause = min(Duration.seconds(1 << min(faults - 1, 6)), .seconds(60))
        troubles[inbox] = Trouble(fault: fault, faultsInARow: faults, until: now.advanced(by: pause))
    }
}
