import Batches
import Linux

/// The originals of batches where they lie, for whoever only looks: unlike `Root`, this makes no folder that is missing.
package struct KeptOriginals: Sendable {
    private let spool: Spool?
    private let archive: Archive?

    package init(root path: String) throws(SystemFault) {
        let root = try Folder(path: path)
        spool = try root.folder(".spool").map { Spool(folder: $0) }
        archive = try spool.flatMap { spool throws(SystemFault) in
            try root.folder(".archive").map { Archive(folder: $0, spool: spool) }
        }
    }

    /// In the spool while the batch is on its way, in the archive afterwards; nil where somebody has taken it away.
    package func file(of batch: BatchID, from inbox: Inbox, receivedAt time: Timestamp) throws(SystemFault) -> StoredFile? {
        if let file = try spool?.file(of: batch, from: inbox) { return file }
        // It may have been put away just now, between the two looks.
        return try archive?.file(of: batch, from: inbox, receivedAt: time)
    }
}
