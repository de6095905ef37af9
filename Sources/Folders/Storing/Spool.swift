import Batches
import Dispatch
import Failpoints
import Glibc
import Linux
import Synchronization

/// The folder of claimed files, one folder for each batch: what lies here is being worked on or waits for it.
package final class Spool: Sendable {
    let folder: Folder
    /// Batches whose claim has begun and which the ledger does not know yet: nobody else is to tidy them away or to adopt them.
    private let inHand = Mutex<Set<BatchID>>([])

    /// A rename is two changes, and a disk without a journal may keep the one and lose the other: so nobody syncs this folder
    /// while a crate that has left it is not yet durable where it went.
    private let door = DispatchQueue(label: "spool", attributes: .concurrent)

    init(folder: Folder) { self.folder = folder }

    func sync() throws(SystemFault) {
        try door.sync { Result { () throws(SystemFault) in try folder.sync() } }.get()
    }

    /// Moves crates out of here, and makes them durable where they went.
    func letOut(_ move: () throws(SystemFault) -> Void) throws(SystemFault) {
        try door.sync(flags: .barrier) { Result(catching: move) }.get()
    }

    /// Every batch that has its file here and is in nobody's hand, in the order in which they came.
    package func files() throws(SystemFault) -> [StoredFile] {
        var found: [StoredFile] = []
        for name in try folder.names() {
            guard let (batch, inbox) = name.crate, !isInHand(batch) else { continue }
            if let file = try StoredFile(batch, of: inbox, in: folder, name) { found.append(file) }
        }
        return found.sorted { ($0.receivedAt, $0.batch.text) < ($1.receivedAt, $1.batch.text) }
    }

    /// Nil where the batch has no file here.
    package func file(of batch: BatchID, from inbox: Inbox) throws(SystemFault) -> StoredFile? {
        try StoredFile(batch, of: inbox, in: folder, FileName(of: batch, from: inbox))
    }

    /// Folders here that say of no batch whose it is: somebody has put them here. Printable.
    package func strangers() throws(SystemFault) -> [String] {
        try folder.names().filter { $0.crate == nil }.map { folder.path(of: $0) }
    }

    /// Removes the folders that a crash left before a file got into them, and returns how many there were.
    @discardableResult
    package func tidy() throws(SystemFault) -> Int {
        var removed = 0
        for name in try folder.names() {
            guard let (batch, _) = name.crate, !isInHand(batch), let crate = try folder.folder(name), try crate.holdsOnlyNotes else {
                continue
            }
            try folder.removeCrate(name)
            removed += 1
        }
        if removed > 0 { try sync() }
        return removed
    }

    /// Makes the folder into which a claim then moves its file. What an upload's slip says is noted in it before that.
    func makeCrate(for batch: BatchID, from inbox: Inbox, _ notes: UploadNotes? = nil) throws(SystemFault) -> Folder {
        inHand.withLock { _ = $0.insert(batch) }
        do throws(SystemFault) {
            let crate = try folder.makeFolder(FileName(of: batch, from: inbox), mode: 0o700)
            try Failpoint.claimFolderMade.pass()
            if let notes {
                try notes.write(in: crate, from: inbox)
                try crate.sync()
            }
            return crate
        } catch {
            discardCrate(of: batch, from: inbox)
            throw error
        }
    }

    /// Removes the folder where no file is in it; one with a file stays, and is adopted like after a crash.
    func discardCrate(of batch: BatchID, from inbox: Inbox) {
        let name = FileName(of: batch, from: inbox)
        if let crate = try? folder.folder(name), (try? crate.holdsOnlyNotes) == true { try? folder.removeCrate(name) }
        letGo([batch])
    }

    /// Gives a batch's crate the name that says whose it is by now. Done twice, or taken up after a crash, it only makes sure; a batch
    /// whose crate is not here needs none.
    package func hand(_ batch: BatchID, from before: Inbox, to inbox: Inbox) throws(SystemFault) {
        guard try file(of: batch, from: before) != nil else { return }
        try folder.move(FileName(of: batch, from: before), to: folder, as: FileName(of: batch, from: inbox))
        try Failpoint.reassigned.pass()
        try sync()
    }

    /// The ledger knows them now, or could not be told of them: whoever takes stock may have them.
    package func letGo(_ batches: some Sequence<BatchID>) { inHand.withLock { $0.subtract(batches) } }

    func isInHand(_ batch: BatchID) -> Bool { inHand.withLock { $0.contains(batch) } }
}

/// A claimed file where it lies, in the spool or in the archive.
package struct StoredFile: Sendable {
    package let batch: BatchID
    package let inbox: Inbox
    package let name: FileName
    package let size: Int64
    /// When it was moved to where it is; in the spool, when it was claimed. Of an upload, when that came.
    package let receivedAt: Timestamp
    /// Nil for what came into an inbox.
    package let upload: UploadNotes?

    /// Where its crate is. The crate itself is opened when it is needed: thousands of files may wait here.
    private let shelf: Folder
    private let crate: FileName

    init(
        _ batch: BatchID, of inbox: Inbox, named name: FileName, _ fingerprint: Fingerprint, in shelf: Folder, _ crate: FileName,
        upload: UploadNotes? = nil
    ) {
        self.batch = batch
        self.inbox = inbox
        self.name = name
        size = fingerprint.size
        receivedAt = upload?.receivedAt ?? fingerprint.changed
        self.upload = upload
        self.shelf = shelf
        self.crate = crate
    }

    /// Nil where there is no such crate, or no file in it. Where a control file lies beside the file, the file's name is the
    /// shorter one and comes first.
    init?(_ batch: BatchID, of inbox: Inbox, in shelf: Folder, _ crate: FileName) throws(SystemFault) {
        guard let folder = try shelf.folder(crate) else { return nil }
        let names = try folder.names()
        for name in names {
            guard let status = try folder.status(of: name), status.kind == .regular else { continue }
            let upload = names.contains(UploadNotes.uploaderName) ? UploadNotes(in: folder) : nil
            self.init(batch, of: inbox, named: name, status.fingerprint, in: shelf, crate, upload: upload)
            return
        }
        return nil
    }

    /// For messages.
    package var path: String { "\(shelf.path(of: crate))/\(name.printable)" }

    package func open() throws(SystemFault) -> Descriptor { try openCrate().open(name, flags: O_RDONLY | O_NONBLOCK) }

    func openCrate() throws(SystemFault) -> Folder {
        guard let folder = try shelf.folder(crate) else { throw SystemFault("open", path: path, errno: ENOENT) }
        return folder
    }
}
