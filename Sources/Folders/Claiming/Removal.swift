import Failpoints
import Glibc
import Linux

/// A file on its way from its inbox to its crate: already renamed, and not yet known to be ours.
struct Removal {
    private let place: Place
    private let inbox: Folder
    private let file: Descriptor
    private let lease: Lease?
    private let crate: SpoolCrate

    /// Nil where the file had gone. On a fault nothing is left in the spool.
    init?(of file: Descriptor, at place: Place, in inbox: Folder, under lease: Lease?, into crate: SpoolCrate) throws(SystemFault) {
        do { try inbox.move(place.name, to: crate.folder, as: place.name) } catch {
            crate.discard()
            guard error.errno == ENOENT else { throw error }
            return nil
        }
        self.place = place
        self.inbox = inbox
        self.file = file
        self.lease = lease
        self.crate = crate
    }

    /// Makes the rename last and then asks whether anybody came back for the file meanwhile; if so, it goes back.
    func finish() throws(SystemFault) -> ClaimOutcome {
        do {
            try Failpoint.claimRenamed.pass()
            try crate.folder.sync()
            try inbox.sync()
            try Failpoint.claimSynced.pass()
            let ours = try FileStatus(of: file, path: inbox.path(of: place.name))
            let isWhatWasSeen = try crate.folder.status(of: place.name)?.isSameFile(as: ours) == true && ours.links == 1
            // Where it cannot go back, because its name has been given to a new file, it stays ours: whoever reads it from
            // the spool finds out whether it is still being written.
            if lease?.isBeingBroken == true || !isWhatWasSeen, putBack() { return .busy }
            return .claimed(
                ClaimedFile(batch: crate.batch, place: place, size: ours.fingerprint.size, receivedAt: ours.fingerprint.changed))
        } catch {
            // What cannot be put back is in the spool, whole, and is adopted like after a crash.
            _ = putBack()
            throw error
        }
    }

    private func putBack() -> Bool {
        guard (try? crate.folder.move(place.name, to: inbox, as: place.name)) != nil else { return false }
        crate.discard()
        try? inbox.sync()
        return true
    }
}
