import Batches
import Glibc
import Linux

/// The folder under which everything happens, with the three hidden ones that are ours alone, and the one where uploads come.
package final class Root: Sendable {
    package let path: String
    package let spool: Spool
    package let archive: Archive

    let folder: Folder
    private let ledger: Folder

    /// Opens the root and makes what is missing of `.spool`, `.archive`, `.ledger` and `.uploads`.
    package init(path: String) throws(SystemFault) {
        self.path = path
        folder = try Folder(path: path)
        let spooled = try folder.folder(".spool", orMakeWithMode: 0o700)
        let archived = try folder.folder(".archive", orMakeWithMode: 0o700)
        ledger = try folder.folder(".ledger", orMakeWithMode: 0o700)
        spool = Spool(folder: spooled)
        archive = Archive(folder: archived, spool: spool)
        // Without it uploads wait where they are, and the status says so; inboxes are no worse for it.
        _ = try? openDrops()
    }

    /// What only one daemon at a time may do under this root is done while the lock is held.
    package func lock() throws -> RootLock { try RootLock(ledger: ledger, root: path) }

    /// Opened anew each time, since senders' folders come and go.
    func open(_ inbox: Inbox) throws(SystemFault) -> Folder {
        let inboxFolder = try Folder("inbox", in: home(of: inbox.sender))
        return try inbox.mode.folder.map { name throws(SystemFault) in try Folder(name, in: inboxFolder) } ?? inboxFolder
    }

    /// The same; made where it is missing.
    func openDrops() throws(SystemFault) -> DropFolder { try DropFolder(in: folder) }

    func openOutbox(of sender: Sender) throws(SystemFault) -> Folder { try Folder("outbox", in: home(of: sender)) }

    private func home(of sender: Sender) throws(SystemFault) -> Folder {
        guard let name = FileName(sender.description) else { throw SystemFault("open", path: sender.description, errno: ENOENT) }
        return try Folder(name, in: folder)
    }
}

/// The inboxes that there are, and the folders that keep us from seeing whether there are more.
package struct Survey: Sendable {
    /// Each reseller's and `operations`', with `replace` and `replace-all` where they are there, and the reference inbox.
    package internal(set) var inboxes: [Inbox] = []
    /// By the folder's path. Each is its own folder's trouble and nobody else's.
    package var troubles: [String: SystemFault] = [:]
    /// Senders of whom a folder cannot be seen now: what is known of their inboxes still holds.
    package var unseen: Set<Sender> = []

    package init(_ inboxes: [Inbox] = []) { self.inboxes = inboxes }
}

extension Root {
    /// Looks which inboxes there are. Throws only where the root itself cannot be read.
    package func survey() throws(SystemFault) -> Survey { try survey { _, _ in } }

    /// The same; `visit` gets each folder opened and before it is looked into: who watches it misses nothing that comes later.
    /// Nil stands for the root and for homes, in which inboxes come and go.
    func survey(_ visit: (Folder, Inbox?) -> Void) throws(SystemFault) -> Survey {
        var survey = Survey()
        visit(folder, nil)
        let troubles = try eachHome { sender, home in
            visit(home, nil)
            survey.take(sender, home, visit)
        }
        survey.troubles.merge(troubles.mapValues(\.fault)) { $1 }
        survey.unseen.formUnion(troubles.values.map(\.sender))
        return survey
    }

    /// The folders of senders, whether or not they have an inbox yet, in the order of their names; and those that cannot be opened.
    @discardableResult
    func eachHome(_ body: (Sender, Folder) -> Void) throws(SystemFault) -> [String: (sender: Sender, fault: SystemFault)] {
        var troubles: [String: (sender: Sender, fault: SystemFault)] = [:]
        for name in try folder.names() where !name.isWorkingName && name != Root.lostAndFound {
            // A name that cannot be shown as it is, is nobody's.
            guard let text = name.plainText else { continue }
            let sender = Sender(folder: text)
            do throws(SystemFault) {
                guard let home = try folder.folder(name) else { continue }
                guard name.bytes.count <= FileName.longestSender else { throw SystemFault("use", path: home.path, errno: ENAMETOOLONG) }
                body(sender, home)
            } catch { troubles[folder.path(of: name)] = (sender, error) }
        }
        return troubles
    }

    /// Every ext4 file system has it at its top, and nobody but root sees into it.
    private static let lostAndFound: FileName = "lost+found"
}

extension Survey {
    fileprivate mutating func take(_ sender: Sender, _ home: Folder, _ visit: (Folder, Inbox?) -> Void) {
        let append = Inbox(sender: sender, mode: .append)
        guard let inbox = opened("inbox", in: home, of: sender) else { return }
        inboxes.append(append)
        visit(inbox, append)
        guard !sender.isImport else { return }
        for mode in UploadMode.replacing {
            guard let folder = mode.folder, let replacing = opened(folder, in: inbox, of: sender) else { continue }
            let other = Inbox(sender: sender, mode: mode)
            inboxes.append(other)
            visit(replacing, other)
        }
    }

    private mutating func opened(_ name: FileName, in parent: Folder, of sender: Sender) -> Folder? {
        do { return try parent.folder(name) } catch {
            troubles[parent.path(of: name)] = error
            unseen.insert(sender)
            return nil
        }
    }
}
