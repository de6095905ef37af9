import Batches
import Failpoints
import Linux

/// A batch's folder in the spool while a claim is filling it; until it is dropped, nobody tidies it away.
final class SpoolCrate {
    let folder: Folder
    let batch: BatchID
    private let spool: Spool

    /// Makes the folder and notes in it whence the file comes, so that one adopted after a crash still knows.
    init(_ batch: BatchID, for place: Place, in spool: Spool) throws(SystemFault) {
        self.batch = batch
        self.spool = spool
        spool.begin(batch)
        do { folder = try spool.folder.makeFolder(batch.folderName, mode: 0o700) } catch {
            // What could not be made or not be opened is empty, and its name is no other's.
            try? spool.folder.removeFolder(batch.folderName)
            spool.end(batch)
            throw error
        }
        do {
            try Failpoint.claimFolderMade.pass()
            try folder.note(place.inbox.description, as: Spool.origin)
            try folder.sync()
            try spool.folder.sync()
            try Failpoint.claimOriginNoted.pass()
        } catch {
            discard()
            spool.end(batch)
            throw error
        }
    }

    deinit { spool.end(batch) }

    /// Removes the folder where no file is in it.
    func discard() {
        try? folder.remove(Spool.origin)
        try? spool.folder.removeFolder(batch.folderName)
    }
}
