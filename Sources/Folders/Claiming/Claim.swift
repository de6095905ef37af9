import Failpoints
import Glibc
import Linux

/// Takes a file out of an inbox into the spool, in one rename, while the kernel vouches that nobody is writing to it.
public struct Claim: Sendable {
    private let root: Root

    public init(root: Root) { self.root = root }

    /// Called once before the first claim, since a lease that is broken sends a signal that would end the process.
    public static func ignoreLeaseSignals() { Lease.ignoreSignals() }

    /// `steady` is what the file was in two looks a settle time apart; it counts only where leases cannot be had.
    /// A fault of the surroundings is thrown with nothing half done.
    public func take(_ place: Place, steady: Fingerprint? = nil, as batch: BatchName = .random()) throws(SystemFault) -> ClaimOutcome {
        let inbox: Folder
        do { inbox = try root.open(place.inbox) } catch {
            guard error.saysNoSuchFolder else { throw error }
            return .gone
        }
        // Looked at before it is opened: opening a device may have effects.
        guard let seen = try inbox.status(of: place.name) else { return .gone }
        if let refusal = Refusal(seen) { return .refused(refusal) }
        let file: Descriptor
        do { file = try inbox.open(place.name, flags: O_RDONLY | O_NONBLOCK) } catch {
            switch error.errno {
            case ENOENT: return .gone
            case ELOOP: return .refused(.symbolicLink)
            case ENXIO: return .refused(.special)
            case EACCES: return .refused(.unreadable)
            case EAGAIN: return .busy
            default: throw error
            }
        }
        let opened = try FileStatus(of: file, path: inbox.path(of: place.name))
        if let refusal = Refusal(opened) { return .refused(refusal) }
        switch Lease.ask(for: file) {
        case .writerHasItOpen: return .busy
        case .notToBeHad:
            guard steady == opened.fingerprint else { return .busy }
            return try move(place, from: inbox, file: file, lease: nil, to: batch)
        case .granted(let lease):
            return try move(place, from: inbox, file: file, lease: lease, to: batch)
        }
    }

    private func move(_ place: Place, from inbox: Folder, file: Descriptor, lease: Lease?, to batch: BatchName) throws(SystemFault)
        -> ClaimOutcome
    {
        // The sender may believe from now on that we have it, so its content must survive a power cut too.
        try file.sync(path: inbox.path(of: place.name))
        let crate = try SpoolCrate(batch, for: place, in: root.spool)
        do { try inbox.move(place.name, to: crate.folder, as: place.name) } catch {
            crate.discard()
            guard error.errno == ENOENT else { throw error }
            return .gone
        }
        do {
            try Failpoint.claimRenamed.pass()
            try crate.folder.sync()
            try inbox.sync()
            try Failpoint.claimSynced.pass()
            let ours = try FileStatus(of: file, path: inbox.path(of: place.name))
            let isWhatWasSeen = try crate.folder.status(of: place.name)?.isSameFile(as: ours) == true && ours.links == 1
            // Where it cannot go back, because its name has been given to a new file, it stays ours: whoever reads it from
            // the spool finds out whether it is still being written.
            if lease?.isBeingBroken == true || !isWhatWasSeen, putBack(crate, place, to: inbox) { return .busy }
            return .claimed(
                ClaimedFile(batch: batch, place: place, size: ours.fingerprint.size, receivedAt: ours.fingerprint.changed))
        } catch {
            // What cannot be put back is in the spool, whole, and is adopted like after a crash.
            _ = putBack(crate, place, to: inbox)
            throw error
        }
    }

    private func putBack(_ crate: SpoolCrate, _ place: Place, to inbox: Folder) -> Bool {
        guard (try? crate.folder.move(place.name, to: inbox, as: place.name)) != nil else { return false }
        crate.discard()
        try? inbox.sync()
        return true
    }
}
