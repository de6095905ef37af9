import Batches
import Glibc
import Linux

/// The folder under which everything happens, with the three hidden ones that are ours alone.
package final class Root: Sendable {
    package let path: String
    package let spool: Spool
    package let archive: Archive

    let folder: Folder
    private let ledger: Folder

    /// Opens the root and makes what is missing of `.spool`, `.archive` and `.ledger`.
    package init(path: String) throws(SystemFault) {
        self.path = path
        folder = try Folder(path: path)
        let spooled = try folder.folder(".spool", orMakeWithMode: 0o700)
        let archived = try folder.folder(".archive", orMakeWithMode: 0o700)
        ledger = try folder.folder(".ledger", orMakeWithMode: 0o700)
        spool = Spool(folder: spooled)
        archive = Archive(folder: archived, spool: spooled)
    }

    /// What only one daemon at a time may do under this root is done while the lock is held.
    package func lock() throws -> RootLock { try RootLock(ledger: ledger, root: path) }

    /// The resellers who have an inbox now, sorted.
    package func resellers() throws(SystemFault) -> [String] {
        try inboxes().compactMap {
            guard case .reseller(let name) = $0.sender, $0.mode == .append else { return nil }
            return name
        }
    }

    /// The inboxes there are now: each reseller's, its `replace` where there is one, and the reference inbox.
    package func inboxes() throws(SystemFault) -> [Inbox] {
        var found: [Inbox] = []
        for (sender, home) in try homes() {
            guard let inbox = try home.folder("inbox") else { continue }
            switch sender {
            case .reference: found.append(.reference)
            case .reseller(let name):
                found.append(.reseller(name))
                if try inbox.folder("replace") != nil { found.append(.reseller(name, .replace)) }
            }
        }
        return found
    }

    /// A batch's file wherever it is.
    package func file(of batch: BatchID) throws(SystemFault) -> StoredFile? {
        if let waiting = try spool.file(of: batch) { return waiting }
        return try archive.file(of: batch)
    }

    /// False once another folder bears the root's path, or none: what is done then would be seen by nobody.
    package var isInPlace: Bool {
        guard let there = try? Folder(path: path), let now = try? FileStatus(of: there.descriptor, path: path),
            let opened = try? FileStatus(of: folder.descriptor, path: path)
        else { return false }
        return now.isSameFile(as: opened)
    }

    /// The folders of senders, whether or not they have an inbox yet. A name that cannot be shown as it is, is nobody's.
    func homes() throws(SystemFault) -> [(Sender, Folder)] {
        var found: [(Sender, Folder)] = []
        for name in try folder.names() where !name.isWorkingName {
            guard let text = name.plainText, let home = try folder.folder(name) else { continue }
            found.append((Sender(folder: text), home))
        }
        return found
    }

    /// Opened anew each time, since senders' folders come and go.
    func open(_ inbox: Inbox) throws(SystemFault) -> Folder {
        let inboxFolder = try Folder("inbox", in: home(of: inbox.sender))
        return inbox.mode == .replace ? try Folder("replace", in: inboxFolder) : inboxFolder
    }

    func openOutbox(of sender: Sender) throws(SystemFault) -> Folder { try Folder("outbox", in: home(of: sender)) }

    private func home(of sender: Sender) throws(SystemFault) -> Folder {
        guard let name = FileName(sender.description) else { throw SystemFault("open", path: sender.description, errno: ENOENT) }
        return try Folder(name, in: folder)
    }
}
