import Batches
import Glibc
import Linux

/// Whose file a crate of the archive holds, how it was meant, and when it came. In the spool the crate's name says it, in the archive
/// a note in the crate: without it a ledger that was put back from a copy could not take the file again.
struct Origin: Equatable {
    let inbox: Inbox
    let receivedAt: Timestamp

    /// A symbolic link that leads nowhere: its text is there whole or not at all. Synced with the folder that the crate goes to.
    static let name: FileName = ".origin"

    init(inbox: Inbox, receivedAt: Timestamp) {
        self.inbox = inbox
        self.receivedAt = receivedAt
    }

    /// `append 1744633800250 boxnox`: the mode, milliseconds since 1970, the sender's folder.
    var text: String { "\(inbox.mode.rawValue) \(receivedAt.milliseconds) \(inbox.sender)" }

    init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let mode = UploadMode(rawValue: String(parts[0])), let milliseconds = Int64(parts[1]), !parts[2].isEmpty
        else { return nil }
        let sender = Sender(folder: String(parts[2]))
        guard mode == .append || !sender.isImport else { return nil }
        self.init(inbox: Inbox(sender: sender, mode: mode), receivedAt: Timestamp(milliseconds: milliseconds))
    }

    /// Done twice, it stays as it is. An upload's crate may say otherwise: that it came for whoever it is recognised as.
    func note(in crate: Folder) throws(SystemFault) {
        do throws(SystemFault) {
            if let before = Origin(of: crate), before != self { try crate.remove(Origin.name) }
            try crate.noteOnce(text, as: Origin.name)
        } catch {
            // A file system without symbolic links is no reason to keep the file from the archive.
            guard [EPERM, EOPNOTSUPP, ENAMETOOLONG].contains(error.errno) else { throw error }
        }
    }

    /// Nil in crates that were put away before there were notes.
    init?(of crate: Folder) {
        guard let text = crate.note(Origin.name) else { return nil }
        self.init(text: text)
    }
}
