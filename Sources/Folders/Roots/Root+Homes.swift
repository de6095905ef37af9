import Glibc
import Linux

extension Root {
    /// A sender whose files come as uploads alone needs no folders but for its reports. Where it has none at all, an outbox is made for
    /// them; a home that is there is its owner's to mend.
    package func makeOutboxOfUploader(_ sender: Sender) throws(SystemFault) {
        guard let name = FileName(sender.description), try folder.status(of: name) == nil else { return }
        let home = try folder.folder(name, orMakeWithMode: 0o750)
        _ = try home.folder("outbox", orMakeWithMode: 0o2750)
        try folder.sync()
    }

    /// The folder of the daemon's socket: whoever may enter it may connect. One that is there keeps its group and mode.
    package func makeRunFolder() throws(SystemFault) {
        guard try folder.folder(".run") == nil else { return }
        let run = try folder.folder(".run", orMakeWithMode: 0o750)
        // The mode is the folder's, whatever the umask.
        guard fchmod(run.descriptor.number, 0o750) == 0 else { throw SystemFault("chmod", path: run.path) }
    }

    /// Whether anything bears the name of a sender's folder.
    package func hasHome(of sender: Sender) throws(SystemFault) -> Bool {
        try FileName(sender.description).map { name throws(SystemFault) in try folder.status(of: name) != nil } ?? false
    }
}
