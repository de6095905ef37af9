import Batches
import Failpoints
import Glibc
import Linux

/// Where originals stay until the retention time is over: `YYYY/MM/BATCH/NAME`.
package final class Archive: Sendable {
    let folder: Folder
    private let spool: Folder

    init(folder: Folder, spool: Folder) {
        self.folder = folder
        self.spool = spool
    }

    /// Moves a batch's folder here from the spool. Done twice, or taken up after a crash, it only makes sure.
    package func put(_ batch: BatchID, receivedIn month: ArchiveMonth) throws(SystemFault) {
        let shelf = try folder.folder(month.yearFolder, orMakeWithMode: 0o700).folder(month.monthFolder, orMakeWithMode: 0o700)
        try Failpoint.archiveFolderMade.pass()
        do { try spool.move(batch.folderName, to: shelf, as: batch.folderName) } catch {
            guard error.errno == ENOENT, try shelf.status(of: batch.folderName) != nil else { throw error }
        }
        try Failpoint.archiveRenamed.pass()
        try shelf.sync()
        try spool.sync()
        try Failpoint.archiveSynced.pass()
    }

    /// Moves a batch's folder back to the spool, for another try; harmless where it is there already.
    package func bringBack(_ batch: BatchID) throws(SystemFault) {
        guard let shelf = try shelf(of: batch) else {
            guard try spool.status(of: batch.folderName) == nil else { return }
            throw SystemFault("bring back", path: folder.path(of: batch.folderName), errno: ENOENT)
        }
        try shelf.move(batch.folderName, to: spool, as: batch.folderName)
        try spool.sync()
        try shelf.sync()
    }

    /// Nil where the batch has no file here.
    package func file(of batch: BatchID) throws(SystemFault) -> StoredFile? {
        guard let crate = try shelf(of: batch)?.folder(batch.folderName) else { return nil }
        return try StoredFile(batch, in: crate, archived: true)
    }

    /// The month's folder in which the batch lies; the latest are looked through first.
    private func shelf(of batch: BatchID) throws(SystemFault) -> Folder? {
        for year in try folder.names().reversed() {
            guard let months = try folder.folder(year) else { continue }
            for month in try months.names().reversed() {
                guard let shelf = try months.folder(month), try shelf.status(of: batch.folderName) != nil else { continue }
                return shelf
            }
        }
        return nil
    }
}
