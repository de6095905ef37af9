import Batches
import Failpoints
import Glibc
import Linux

/// Publishes answers where their reader sees each of them either whole or not at all.
package struct Outbox: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// A report, or whatever else an outbox gets.
    package struct Answer: Sendable {
        let name: FileName
        let bytes: [UInt8]

        package init(_ name: FileName, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

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
        var drafts: [FileName] = []
        do throws(SystemFault) {
            for answer in answers { drafts.append(try write(answer, in: outbox)) }
            try Failpoint.reportFileSynced.pass()
            for (draft, answer) in zip(drafts, answers) { try outbox.move(draft, to: target, as: answer.name, replacing: true) }
        } catch {
            for draft in drafts { try? outbox.remove(draft) }
            throw error
        }
        try Failpoint.reportRenamed.pass()
        try target.sync()
        try Failpoint.reportSynced.pass()
    }

    /// Takes answers away again; those that are not there are passed over.
    package func withdraw(_ names: [FileName], from sender: Sender) throws(SystemFault) {
        let outbox = try root.openOutbox(of: sender)
        for name in names {
            do throws(SystemFault) { try outbox.remove(name) } catch {
                guard error.errno == ENOENT else { throw error }
            }
        }
        try outbox.sync()
    }

    /// Why nothing could be published there now; nil where nothing speaks against it. Nothing is written.
    package func fault(for sender: Sender) -> SystemFault? {
        do throws(SystemFault) {
            try root.openOutbox(of: sender).confirmWritable()
            return nil
        } catch { return error }
    }

    /// The name of the answer's draft, which is on the disk whole.
    private func write(_ answer: Answer, in outbox: Folder) throws(SystemFault) -> FileName {
        let draft = Outbox.draftName()
        let path = outbox.path(of: answer.name)
        do throws(SystemFault) {
            let file = try outbox.open(draft, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
            // The mode is the answer's, whatever the umask.
            guard fchmod(file.number, 0o640) == 0 else { throw SystemFault("chmod", path: path) }
            try file.write(answer.bytes, path: path)
            try Failpoint.reportWritten.pass()
            try file.sync(path: path)
            return draft
        } catch {
            try? outbox.remove(draft)
            throw error
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

    private static func draftName() -> FileName {
        guard let name = FileName(ownStart + BatchID().short) else { preconditionFailure("letters and digits are a file name") }
        return name
    }

    private static func isForeignDraft(_ name: FileName) -> Bool {
        name.bytes.starts(with: draftStart.utf8) && !name.bytes.starts(with: ownStart.utf8)
    }
}
