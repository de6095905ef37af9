import Batches
import Failpoints
import Glibc
import Linux

/// Where originals stay until the retention time is over: `YYYY/MM/BATCH/NAME`, by the month in which they were received.
package final class Archive: Sendable {
    let folder: Folder
    private let spool: Spool

    init(folder: Folder, spool: Spool) {
        self.folder = folder
        self.spool = spool
    }

    /// A batch's folder on its way from the spool.
    package struct Move: Sendable {
        let batch: BatchID
        let inbox: Inbox
        let receivedAt: Timestamp
        let shelf: Shelf

        /// Nil for a time that no calendar month of four-digit years holds.
        package init?(_ batch: BatchID, from inbox: Inbox, receivedAt time: Timestamp) {
            guard let shelf = Shelf(of: time) else { return nil }
            self.batch = batch
            self.inbox = inbox
            receivedAt = time
            self.shelf = shelf
        }

        package init?(_ file: StoredFile) { self.init(file.batch, from: file.inbox, receivedAt: file.receivedAt) }
    }

    /// Moves batches' folders here from the spool. Done twice, or taken up after a crash, it only makes sure. Batches that go
    /// together share the syncs. Returns what kept some of them, ENOENT for those that are neither here nor there.
    package func put(_ moves: [Move]) throws(SystemFault) -> [BatchID: SystemFault] {
        guard !moves.isEmpty else { return [:] }
        var shelves: [Shelf: Folder] = [:]
        for move in moves where shelves[move.shelf] == nil { shelves[move.shelf] = try makeFolder(of: move.shelf) }
        try Failpoint.archiveFolderMade.pass()
        var faults: [BatchID: SystemFault] = [:]
        try spool.letOut { () throws(SystemFault) in
            for move in moves {
                guard let shelf = shelves[move.shelf] else { continue }
                do throws(SystemFault) { try carry(move, to: shelf) } catch { faults[move.batch] = error }
            }
            try Failpoint.archiveRenamed.pass()
            for shelf in shelves.values { try shelf.sync() }
        }
        try spool.sync()
        try Failpoint.archiveSynced.pass()
        return faults
    }

    private func carry(_ move: Move, to shelf: Folder) throws(SystemFault) {
        let name = FileName(of: move.batch)
        if let crate = try spool.folder.folder(FileName(of: move.batch, from: move.inbox)) {
            try Origin(inbox: move.inbox, receivedAt: move.receivedAt).note(in: crate)
        }
        do { try spool.folder.move(FileName(of: move.batch, from: move.inbox), to: shelf, as: name) } catch {
            guard error.errno == ENOENT, try shelf.status(of: name) != nil else { throw error }
        }
    }

    private func makeFolder(of shelf: Shelf) throws(SystemFault) -> Folder {
        try folder.folder(shelf.yearName, orMakeWithMode: 0o700).folder(shelf.monthName, orMakeWithMode: 0o700)
    }

    /// Nil where the batch has no file here.
    package func file(of batch: BatchID, from inbox: Inbox, receivedAt time: Timestamp) throws(SystemFault) -> StoredFile? {
        guard let shelf = Shelf(of: time), let folder = try folder.folder(shelf.yearName)?.folder(shelf.monthName) else { return nil }
        return try StoredFile(batch, of: inbox, in: folder, FileName(of: batch))
    }

    /// Takes a batch's folder away with all that lies in it; where it is not there, nothing.
    package func remove(_ batch: BatchID, receivedAt time: Timestamp) throws(SystemFault) {
        guard let of = Shelf(of: time), let shelf = try folder.folder(of.yearName)?.folder(of.monthName),
            let crate = try shelf.folder(FileName(of: batch))
        else { return }
        for name in try crate.names() { try crate.remove(name) }
        try shelf.removeFolder(FileName(of: batch))
        try shelf.sync()
    }

    /// Holds the batches of a month in UTC.
    package struct Shelf: Hashable, Sendable {
        let year: Int
        let month: Int

        init(year: Int, month: Int) {
            self.year = year
            self.month = month
        }

        init?(of time: Timestamp) {
            let (year, month, _) = time.day.components
            guard (1...9999).contains(year) else { return nil }
            self.year = year
            self.month = month
        }

        var yearName: FileName { Self.name(year, digits: 4) }
        var monthName: FileName { Self.name(month, digits: 2) }

        private static func name(_ number: Int, digits: Int) -> FileName {
            let text = String(number)
            guard let name = FileName(String(repeating: "0", count: max(0, digits - text.count)) + text) else {
                preconditionFailure("digits are a file name")
            }
            return name
        }
    }
}
