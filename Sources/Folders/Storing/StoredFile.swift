import Batches
import Glibc
import Linux

/// A claimed file where it lies now, in the spool or in the archive.
package struct StoredFile: Sendable {
    package let batch: BatchID
    /// Nil where the note of it is missing or makes no sense.
    package let inbox: Inbox?
    package let name: FileName
    package let size: Int64
    /// When it was moved to where it is; in the spool, when it was claimed.
    package let receivedAt: Timestamp
    package let isArchived: Bool

    private let crate: Folder

    /// Nil where the folder holds no file.
    init?(_ batch: BatchID, in crate: Folder, archived: Bool) throws(SystemFault) {
        for name in try crate.names() where name != Spool.origin {
            guard let status = try crate.status(of: name), status.kind == .regular else { continue }
            self.batch = batch
            self.name = name
            inbox = crate.note(Spool.origin).flatMap { Inbox($0) }
            size = status.fingerprint.size
            receivedAt = status.fingerprint.changed
            isArchived = archived
            self.crate = crate
            return
        }
        return nil
    }

    /// For messages.
    package var path: String { crate.path(of: name) }

    package func open() throws(SystemFault) -> Descriptor { try crate.open(name, flags: O_RDONLY | O_NONBLOCK) }
}
