import Batches
import Glibc
import Linux

/// Where letters are kept that nobody could send: `operations/outbox/mail`, where operators find them. A program with a user of its own
/// may have no right to that folder; then they are in `.uploads/mail`.
package struct LetterBox: Sendable {
    private let root: String

    package init(root path: String) { root = path }

    /// Each letter is seen whole or not at all. The path under which it is kept.
    package func keep(_ letter: [UInt8], at moment: Timestamp) throws(SystemFault) -> String {
        let root = try Folder(path: root)
        do throws(SystemFault) { return try put(letter, into: try outbox(in: root), at: moment) } catch {
            return try put(letter, into: try root.sharedFolder(".uploads").sharedFolder("mail"), at: moment)
        }
    }

    private func outbox(in root: Folder) throws(SystemFault) -> Folder {
        try Folder("outbox", in: try Folder("operations", in: root)).sharedFolder("mail")
    }

    private func put(_ letter: [UInt8], into folder: Folder, at moment: Timestamp) throws(SystemFault) -> String {
        let name = try fileName("\(moment.milliseconds)-\(BatchID().short).eml")
        // An upload tool's working name: who watches the folder leaves it alone.
        let draft = try fileName(".\(name.printable).part")
        let path = folder.path(of: name)
        let file = try folder.open(draft, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
        do throws(SystemFault) {
            // The mode is the letter's, whatever the umask.
            guard fchmod(file.number, 0o640) == 0 else { throw SystemFault("chmod", path: path) }
            try file.write(letter, path: path)
            try file.sync(path: path)
            try folder.move(draft, to: folder, as: name)
        } catch {
            try? folder.remove(draft)
            throw error
        }
        try folder.sync()
        return path
    }

    private func fileName(_ text: String) throws(SystemFault) -> FileName {
        guard let name = FileName(text) else { throw SystemFault("name a letter", path: text, errno: EINVAL) }
        return name
    }
}
