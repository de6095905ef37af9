import Batches
import Failpoints
import Glibc
import Linux

/// Takes files of one sender out of its inboxes into the spool, each by one rename, while the kernel vouches that nobody is
/// writing to it. Files that are taken together share the syncs of spool and inboxes: every step is done for all of them before
/// the next one.
package struct Claim: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// Called once before the first claim, since a lease that is broken sends a signal that would end the process.
    package static func ignoreLeaseSignals() { Lease.ignoreSignals() }

    /// A file that has been seen to be settled.
    package struct Wish: Sendable {
        package let place: Place
        /// What it was when it was seen: another one, or a changed one, is not claimed.
        let seen: Fingerprint
        /// Two looks, far enough apart, saw the same: that must do where leases cannot be had.
        let isSteady: Bool

        package init(_ place: Place, seen: Fingerprint, isSteady: Bool = false) {
            self.place = place
            self.seen = seen
            self.isSteady = isSteady
        }
    }

    /// The outcomes in the order of the wishes. Batches that are claimed stay in the spool's hand until it is told to let go.
    package func take(_ wishes: [Wish], as batches: [BatchID]? = nil) -> [ClaimOutcome] {
        var outcomes = wishes.map { _ in ClaimOutcome.gone }
        var inboxes: [Inbox: Result<Folder, SystemFault>] = [:]
        var removals: [Removal] = []
        for (number, wish) in wishes.enumerated() {
            do throws(SystemFault) {
                let inbox = try opened(wish.place.inbox, &inboxes)
                switch try Finding(wish, in: inbox) {
                case .free(let file, let lease):
                    let batch = batches?[number] ?? BatchID()
                    removals.append(
                        Removal(number, batch, wish.place, inbox, file, lease, root.spool, upload: UploadNotes(droppedIn: wish.place.inbox))
                    )
                case .not(let outcome): outcomes[number] = outcome
                }
            } catch { outcomes[number] = error.saysNoSuchFolder ? .gone : .failed(error) }
        }
        return take(removals, outcomes)
    }

    func take(_ all: [Removal], _ before: [ClaimOutcome]) -> [ClaimOutcome] {
        var outcomes = before
        var removals = all
        /// Goes on with those for which the step did well.
        func step(_ body: (Removal) throws(SystemFault) -> ClaimOutcome?) {
            removals = removals.filter { removal in
                do throws(SystemFault) {
                    guard let outcome = try body(removal) else { return true }
                    outcomes[removal.number] = outcome
                } catch { outcomes[removal.number] = .failed(error) }
                return false
            }
        }
        // The senders may believe from now on that we have their files, so the content must survive a power cut too.
        if removals.count > 1 { for removal in removals { removal.file.startWriting() } }
        step { removal throws(SystemFault) in
            try removal.file.sync(path: removal.path)
            return nil
        }
        step { removal throws(SystemFault) in
            try removal.makeCrate()
            return nil
        }
        // No file moves into a folder that a power cut could take away.
        let spoolFault = fault { () throws(SystemFault) in
            guard !removals.isEmpty else { return }
            try root.spool.sync()
            try Failpoint.claimOriginNoted.pass()
        }
        step { removal throws(SystemFault) in try removal.rename(unless: spoolFault) }
        var inboxFaults: [ObjectIdentifier: SystemFault] = [:]
        for (key, together) in Dictionary(grouping: removals, by: { ObjectIdentifier($0.inbox) }) {
            inboxFaults[key] = fault { () throws(SystemFault) in
                try Failpoint.claimRenamed.pass()
                for removal in together { try removal.syncCrate() }
                try together.first?.inbox.sync()
                try Failpoint.claimSynced.pass()
            }
        }
        step { removal throws(SystemFault) in try removal.finish(unless: inboxFaults[ObjectIdentifier(removal.inbox)]) }
        return outcomes
    }

    private func opened(_ inbox: Inbox, _ known: inout [Inbox: Result<Folder, SystemFault>]) throws(SystemFault) -> Folder {
        if let result = known[inbox] { return try result.get() }
        let result = Result { () throws(SystemFault) in try root.open(inbox) }
        known[inbox] = result
        return try result.get()
    }

    private func fault(of body: () throws(SystemFault) -> Void) -> SystemFault? {
        do throws(SystemFault) {
            try body()
            return nil
        } catch { return error }
    }
}

/// What a file that is wished for turns out to be when it is opened.
enum Finding {
    case free(Descriptor, Lease?)
    case not(ClaimOutcome)

    init(_ wish: Claim.Wish, in inbox: Folder) throws(SystemFault) {
        let name = wish.place.name
        // Looked at before it is opened: opening a device may have effects.
        guard let found = try inbox.status(of: name) else {
            self = .not(.gone)
            return
        }
        if let refusal = Refusal(found) {
            self = .not(.refused(refusal))
            return
        }
        let file: Descriptor
        do { file = try inbox.open(name, flags: O_RDONLY | O_NONBLOCK) } catch {
            switch error.errno {
            case ENOENT: self = .not(.gone)
            case ELOOP: self = .not(.refused(.symbolicLink))
            case ENXIO: self = .not(.refused(.special))
            case EACCES: self = .not(.refused(.unreadable))
            case EAGAIN: self = .not(.busy)
            default: throw error
            }
            return
        }
        let opened = try FileStatus(of: file, path: inbox.path(of: name))
        if let refusal = Refusal(opened) {
            self = .not(.refused(refusal))
        } else if opened.fingerprint != wish.seen {
            self = .not(.busy)
        } else {
            switch Lease.ask(for: file) {
            case .writerHasItOpen: self = .not(.busy)
            case .notToBeHad: self = wish.isSteady ? .free(file, nil) : .not(.busy)
            case .granted(let lease): self = .free(file, lease)
            }
        }
    }
}
