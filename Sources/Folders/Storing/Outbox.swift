import Batches
import Failpoints
import Glibc
import Linux

/// Publishes answers where their reader sees each of them either whole or not at all.
package struct Outbox: Sendable {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// Writes `bytes` under `name` in the sender's outbox, durably, in place of what was there; doing it twice is harmless.
    package func publish(_ bytes: some Collection<UInt8>, as name: FileName, for sender: Sender) throws(SystemFault) {
        let outbox = try root.openOutbox(of: sender)
        let draft = Self.draftName()
        let path = outbox.path(of: name)
        do throws(SystemFault) {
            let file = try outbox.open(draft, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
            // The mode is the answer's, whatever the umask.
            guard fchmod(file.number, 0o640) == 0 else { throw SystemFault("chmod", path: path) }
            try file.write(bytes, path: path)
            try Failpoint.reportWritten.pass()
            try file.sync(path: path)
            try Failpoint.reportFileSynced.pass()
            try outbox.move(draft, to: outbox, as: name, replacing: true)
        } catch {
            try? outbox.remove(draft)
            throw error
        }
        try Failpoint.reportRenamed.pass()
        try outbox.sync()
        try Failpoint.reportSynced.pass()
    }

    /// Whether something has been published under that name.
    package func holds(_ name: FileName, for sender: Sender) throws(SystemFault) -> Bool {
        try root.openOutbox(of: sender).status(of: name)?.kind == .regular
    }

    /// Removes the drafts that earlier daemons left when they died, in every outbox, and returns how many there were.
    @discardableResult
    package func tidy() throws(SystemFault) -> Int {
        var removed = 0
        for (_, home) in try root.homes() {
            guard let outbox = try home.folder("outbox") else { continue }
            for name in try outbox.names() where Self.isForeignDraft(name) {
                try outbox.remove(name)
                removed += 1
            }
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
