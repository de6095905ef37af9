import Batches
import Glibc
import Linux
import Synchronization

/// The folder of claimed files, one folder for each batch: what lies here is being worked on or waits for it.
package final class Spool: Sendable {
    static let origin: FileName = ".origin"

    let folder: Folder
    /// Batches whose folders a claim is filling right now.
    private let inHand = Mutex<Set<BatchID>>([])

    init(folder: Folder) { self.folder = folder }

    /// Every batch that has its file here, in the order in which they came.
    package func files() throws(SystemFault) -> [StoredFile] {
        var found: [StoredFile] = []
        for name in try folder.names() {
            guard let batch = BatchID(folder: name), let file = try file(of: batch) else { continue }
            found.append(file)
        }
        return found.sorted { ($0.receivedAt, $0.batch.text) < ($1.receivedAt, $1.batch.text) }
    }

    /// Nil where the batch has no file here.
    package func file(of batch: BatchID) throws(SystemFault) -> StoredFile? {
        guard let crate = try folder.folder(batch.folderName) else { return nil }
        return try StoredFile(batch, in: crate, archived: false)
    }

    /// Removes the folders that a crash left before a file got into them, and returns how many there were.
    @discardableResult
    package func tidy() throws(SystemFault) -> Int {
        var removed = 0
        for name in try folder.names() {
            guard let batch = BatchID(folder: name), !isInHand(batch), let crate = try folder.folder(name) else { continue }
            guard try crate.names().allSatisfy({ $0 == Self.origin }) else { continue }
            if crate.note(Self.origin) != nil { try crate.remove(Self.origin) }
            try folder.removeFolder(name)
            removed += 1
        }
        if removed > 0 { try folder.sync() }
        return removed
    }

    func begin(_ batch: BatchID) { _ = inHand.withLock { $0.insert(batch) } }

    func end(_ batch: BatchID) { _ = inHand.withLock { $0.remove(batch) } }

    private func isInHand(_ batch: BatchID) -> Bool { inHand.withLock { $0.contains(batch) } }
}
