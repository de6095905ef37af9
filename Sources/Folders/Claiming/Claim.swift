import Batches
import Glibc
import Linux

/// Takes a file out of an inbox into the spool, in one rename, while the kernel vouches that nobody is writing to it.
package struct Claim: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// Called once before the first claim, since a lease that is broken sends a signal that would end the process.
    package static func ignoreLeaseSignals() { Lease.ignoreSignals() }

    /// `steady` is what the file was in two looks a settle time apart; it counts only where leases cannot be had.
    /// A fault of the surroundings is thrown with nothing half done.
    package func take(_ place: Place, steady: Fingerprint? = nil, as batch: BatchID = BatchID()) throws(SystemFault) -> ClaimOutcome {
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

    private func move(_ place: Place, from inbox: Folder, file: Descriptor, lease: Lease?, to batch: BatchID) throws(SystemFault)
        -> ClaimOutcome
    {
        // The sender may believe from now on that we have it, so its content must survive a power cut too.
        try file.sync(path: inbox.path(of: place.name))
        let crate = try SpoolCrate(batch, for: place, in: root.spool)
        return try Removal(of: file, at: place, in: inbox, under: lease, into: crate)?.finish() ?? .gone
    }
}
