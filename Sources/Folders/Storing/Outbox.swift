import Batches
import Failpoints
import Glibc
import Linux
import Synchronization

/// Publishes answers where their reader sees each of them either whole or not at all.
package struct Outbox: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// A report, or whatever else an outbox gets.
    package struct Answer: Sendable {
        fileprivate enum Content {
            case bytes([UInt8])
            case draft(Draft)
        }

        let name: FileName
        fileprivate let content: Content

        package init(_ name: FileName, _ bytes: [UInt8]) {
            self.name = name
            content = .bytes(bytes)
        }

        /// What has been written already.
        package init(_ name: FileName, _ draft: Draft) {
            self.name = name
            content = .draft(draft)
        }
    }

    /// An answer too long to lie in memory, written piece by piece before it is published. One that never is goes with its last owner.
    package final class Draft: Sendable {
        fileprivate let name: FileName
        private let outbox: Folder
        /// Nil when it is whole: a daemon may publish more answers at once than it may have files open.
        private let file: Mutex<Descriptor?>

        fileprivate init(in outbox: Folder) throws(SystemFault) {
            let name = Outbox.draftName()
            let opened = try outbox.open(name, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
            self.name = name
            self.outbox = outbox
            file = Mutex(opened)
            // The mode is the answer's, whatever the umask.
            guard fchmod(opened.number, 0o640) == 0 else { throw SystemFault("chmod", path: outbox.path(of: name)) }
        }

        package func append(_ bytes: [UInt8]) throws(SystemFault) {
            try file.withLock { $0 }?.write(bytes, path: outbox.path(of: name))
        }

        fileprivate func end() throws(SystemFault) {
            guard let opened = file.withLock({ $0.take() }) else { return }
            try Failpoint.reportWritten.pass()
            try opened.sync(path: outbox.path(of: name))
        }

        /// Where it was published, nothing bears its name any more.
        deinit { try? outbox.remove(name) }
    }

    package func draft(for sender: Sender) throws(SystemFault) -> Draft { try Draft(in: try root.openOutbox(of: sender)) }

    /// Writes answers into the sender's outbox, durably, in the place of what bore their names; doing it twice is harmless.
    /// Answers that go together share the sync of the folder. Where one fails, some may have appeared; none is told of as published.
    package func publish(_ answers: [Answer], for sender: Sender) throws(SystemFault) {
        let outbox = try root.openOutbox(of: sender)
        try publish(answers, from: outbox, to: outbox)
    }

    /// The same into a folder of its own within the outbox, which is made where it is missing and gets its new name where it had another:
    /// every name that it ever had ends in `ending`. Drafts lie in the outbox itself, where `tidy` finds them.
    package func publish(_ answers: [Answer], for sender: Sender, inFolder name: FileName, ending: String) throws(SystemFault) {
        let outbox = try root.openOutbox(of: sender)
        if try outbox.status(of: name) == nil {
            for former in try outbox.names() where former.bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
                guard try outbox.status(of: former)?.kind == .folder else { continue }
                try outbox.move(former, to: outbox, as: name)
                try outbox.sync()
                break
            }
        }
        try publish(answers, from: outbox, to: try outbox.folder(name, orMakeWithMode: 0o2750))
    }

    private func publish(_ answers: [Answer], from outbox: Folder, to target: Folder) throws(SystemFault) {
        var drafts: [Draft] = []
        for answer in answers { drafts.append(try written(answer, in: outbox)) }
        try Failpoint.reportFileSynced.pass()
        for (draft, answer) in zip(drafts, answers) { try outbox.move(draft.name, to: target, as: answer.name, replacing: true) }
        try Failpoint.reportRenamed.pass()
        try target.sync()
        try Failpoint.reportSynced.pass()
    }

    /// Takes answers away again; those that are not there are passed over.
    package func withdraw(_ names: [FileName], from sender: Sender) throws(SystemFault) {
        guard !names.isEmpty else { return }
        let outbox = try root.openOutbox(of: sender)
        var removed = 0
        for name in names {
            do throws(SystemFault) {
                try outbox.remove(name)
                removed += 1
            } catch {
                guard error.errno == ENOENT else { throw error }
            }
        }
        if removed > 0 { try outbox.sync() }
    }

    /// Why nothing could be published there now; nil where nothing speaks against it. Nothing is written.
    package func fault(for sender: Sender) -> SystemFault? {
        do throws(SystemFault) {
            try root.openOutbox(of: sender).confirmWritable()
            return nil
        } catch { return error }
    }

    /// It is on the disk whole.
    private func written(_ answer: Answer, in outbox: Folder) throws(SystemFault) -> Draft {
        switch answer.content {
        case .bytes(let bytes):
            let draft = try Draft(in: outbox)
            try draft.append(bytes)
            try draft.end()
            return draft
        case .draft(let draft):
            try draft.end()
            return draft
        }
    }

    /// Removes the drafts that earlier daemons left when they died, in every outbox that can be opened, and returns how many there
    /// were.
    @discardableResult
    package func tidy() throws(SystemFault) -> Int {
        var removed = 0
        try root.eachHome { sender, home in
            guard let outbox = try? home.folder("outbox"), let names = try? outbox.names() else { return }
            for name in names where Self.isForeignDraft(name) && (try? outbox.remove(name)) != nil { removed += 1 }
        }
        return removed
    }

    private static let draftStart = ".sellout-draft."
    /// Tells this process's drafts from those of its predecessors.
    private static let ownStart = draftStart + BatchID().text + "."

    fileprivate static func draftName() -> FileName {
        guard let name = FileName(ownStart + BatchID().short) else { preconditionFailure("letters and digits are a file name") }
        return name
    }

    private static func isForeignDraft(_ name: FileName) -> Bool {
        name.bytes.starts(with: draftStart.utf8) && !name.bytes.starts(with: ownStart.utf8)
    }
}
