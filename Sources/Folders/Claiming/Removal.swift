import Batches
import Glibc
import Linux

/// One file on its way into its crate, the batch's folder in the spool: from its inbox, or from the crate in which it was uploaded.
final class Removal {
    /// Its place among the wishes.
    let number: Int
    let place: Place
    /// Where it lies.
    let inbox: Folder
    let file: Descriptor
    private let upload: UploadNotes?
    private let batch: BatchID
    private let lease: Lease?
    private let spool: Spool
    private var crate: Folder?

    init(
        _ number: Int, _ batch: BatchID, _ place: Place, _ inbox: Folder, _ file: Descriptor, _ lease: Lease?, _ spool: Spool,
        upload: UploadNotes? = nil
    ) {
        self.number = number
        self.batch = batch
        self.place = place
        self.inbox = inbox
        self.file = file
        self.lease = lease
        self.spool = spool
        self.upload = upload
    }

    var path: String { inbox.path(of: place.name) }

    func makeCrate() throws(SystemFault) { crate = try spool.makeCrate(for: batch, from: place.inbox, upload) }

    /// Not where there is a fault. On a fault of its own nothing is left in the spool.
    func rename(unless fault: SystemFault?) throws(SystemFault) -> ClaimOutcome? {
        guard let crate else { return .gone }
        do throws(SystemFault) {
            if let fault { throw fault }
            try inbox.move(place.name, to: crate, as: place.name)
            return nil
        } catch {
            spool.discardCrate(of: batch, from: place.inbox)
            if error.errno == ENOENT, fault == nil { return .gone }
            throw error
        }
    }

    func syncCrate() throws(SystemFault) { try crate?.sync() }

    /// The rename is durable, unless there was a fault. Has anybody come back for the file meanwhile? If so, it goes back.
    func finish(unless fault: SystemFault?) throws(SystemFault) -> ClaimOutcome? {
        guard let crate else { return .gone }
        do throws(SystemFault) {
            if let fault { throw fault }
            let ours = try FileStatus(of: file, path: path)
            let isWhatWasSeen = try crate.status(of: place.name)?.isSameFile(as: ours) == true && ours.links == 1
            // Where it cannot go back, because its name has been given to a new file, it stays ours: whoever reads it from
            // the spool finds out whether it is still being written.
            if lease?.isBeingBroken == true || !isWhatWasSeen, putBack(from: crate) { return .busy }
            let name = FileName(of: batch, from: place.inbox)
            return .claimed(StoredFile(batch, of: place.inbox, named: place.name, ours.fingerprint, in: spool.folder, name, upload: upload))
        } catch {
            // What cannot be put back is in the spool, whole, and is adopted like after a crash.
            if !putBack(from: crate) { spool.letGo([batch]) }
            throw error
        }
    }

    private func putBack(from crate: Folder) -> Bool {
        guard (try? crate.move(place.name, to: inbox, as: place.name)) != nil else { return false }
        // The crate stays until the file is durable in its inbox; `tidy` removes an empty one.
        if (try? inbox.sync()) != nil { spool.discardCrate(of: batch, from: place.inbox) } else { spool.letGo([batch]) }
        return true
    }
}
