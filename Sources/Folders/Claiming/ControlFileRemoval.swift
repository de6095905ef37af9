import Batches
import Glibc
import Linux

/// Moves control files out of their inboxes into the crates of the files that they came with. There each vouches for one batch,
/// again when the batch is retried, and for no later file of the same name.
package struct ControlFileRemoval {
    private let root: Root

    package init(root: Root) { self.root = root }

    /// What has been moved before is only made durable. A control file that its sender has taken away meanwhile is no fault.
    package func move(_ agreed: ControlFile, of files: [StoredFile]) -> [BatchID: SystemFault] {
        var faults: [BatchID: SystemFault] = [:]
        for (inbox, files) in Dictionary(grouping: files, by: \.inbox) {
            do throws(SystemFault) {
                let folder = try root.open(inbox)
                for file in files {
                    do throws(SystemFault) { try move(agreed, of: file, from: folder) } catch { faults[file.batch] = error }
                }
                try folder.sync()
            } catch {
                if error.saysNoSuchFolder { continue }
                for file in files { faults[file.batch] = error }
            }
        }
        return faults
    }

    private func move(_ agreed: ControlFile, of file: StoredFile, from inbox: Folder) throws(SystemFault) {
        guard let name = file.name.with(agreed) else { return }
        let crate = try file.openCrate()
        if try crate.status(of: name) == nil {
            guard let found = try inbox.status(of: name), Refusal(found) == nil else { return }
            do { try inbox.move(name, to: crate, as: name) } catch {
                guard error.errno == ENOENT else { throw error }
                return
            }
        }
        try crate.sync()
    }
}
