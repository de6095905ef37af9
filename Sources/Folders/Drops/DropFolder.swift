import Batches
import Glibc
import Linux

/// Where uploads are kept until the daemon takes them: `.uploads/coming` while they come, `.uploads/handed` from then on. For the
/// program that receives them, which has no right to any other folder under the root; so this opens none.
package final class DropFolder: Sendable {
    let coming: Folder
    let handed: Folder

    /// Makes what is missing.
    package convenience init(root path: String) throws(SystemFault) { try self.init(in: try Folder(path: path)) }

    init(in root: Folder) throws(SystemFault) {
        let uploads = try root.sharedFolder(".uploads")
        coming = try uploads.sharedFolder("coming")
        handed = try uploads.sharedFolder("handed")
    }

    /// A file on its way, open for writing. `name` is as its sender gave it; the notes' own names are taken already.
    package func begin(_ slip: Slip, named name: FileName) throws(SystemFault) -> Drop {
        guard slip.sender.mayUpload else { throw SystemFault("use", path: slip.sender.description, errno: EINVAL) }
        return try Drop(slip, named: UploadNotes.names.contains(name) ? "upload" : name, from: coming, to: handed)
    }

    /// Uploads that have been handed over and that the daemon has not taken, the oldest first. What is none is passed over.
    package func waiting() throws(SystemFault) -> [WaitingDrop] {
        var found: [WaitingDrop] = []
        for name in try handed.namesAsTheyCome() {
            guard let (batch, inbox) = name.crate, let drop = try waiting(name, batch, inbox) else { continue }
            found.append(drop)
        }
        return found.sorted { ($0.slip.receivedAt, $0.slip.batch.text) < ($1.slip.receivedAt, $1.slip.batch.text) }
    }

    /// Nil where that one does not wait.
    package func waiting(_ batch: BatchID) throws(SystemFault) -> WaitingDrop? {
        for name in try handed.namesAsTheyCome() {
            guard let (found, inbox) = name.crate, found == batch else { continue }
            return try waiting(name, batch, inbox)
        }
        return nil
    }

    private func waiting(_ name: FileName, _ batch: BatchID, _ inbox: Inbox) throws(SystemFault) -> WaitingDrop? {
        // It may be taken between the listing and the look.
        guard let file = try StoredFile(batch, of: inbox, in: handed, name), let notes = file.upload, let uploader = notes.uploader
        else { return nil }
        let slip = Slip(batch: batch, sender: inbox.sender, mode: inbox.mode, uploader: uploader, receivedAt: notes.receivedAt)
        return WaitingDrop(slip: slip, name: file.name, size: file.size)
    }

    /// The SHA-256 of an upload that waits; nil where the daemon has it meanwhile, or it cannot be read.
    package func sha256(of drop: WaitingDrop) -> String? {
        guard
            let file = try? StoredFile(
                drop.slip.batch, of: drop.slip.inbox, in: handed, FileName(of: drop.slip.batch, from: drop.slip.inbox)),
            let content = try? file.open()
        else { return nil }
        return try? ContentDigest(of: content, path: file.path).hexadecimal
    }

    /// Takes an upload back that the daemon has not taken; false where it is not there any more.
    package func withdraw(_ batch: BatchID) throws(SystemFault) -> Bool {
        for name in try handed.namesAsTheyCome() where name.crate?.batch == batch {
            do throws(SystemFault) { try handed.move(name, to: coming, as: name) } catch {
                guard error.errno == ENOENT else { throw error }
                return false
            }
            try handed.sync()
            // The daemon may have the crate open still. Of its rename and this removal one finds the file, and the file is that one's.
            var isOurs = false
            for inside in try coming.folder(name)?.names() ?? [] where !UploadNotes.names.contains(inside) {
                isOurs = try coming.removeIfThere(inside, from: name) || isOurs
            }
            try coming.removeCrate(name)
            return isOurs
        }
        return false
    }

    /// Removes what a program that died left half received, and returns how many there were. What was written to within that time may
    /// still be coming.
    @discardableResult
    package func tidy(olderThan age: Duration) throws(SystemFault) -> Int {
        var removed = 0
        let now = Timestamp.now()
        for name in try coming.names() {
            guard let status = try coming.status(of: name), status.kind == .folder, let crate = try coming.folder(name) else { continue }
            var last = status.fingerprint.changed
            for inside in try crate.names() { last = max(last, try crate.status(of: inside)?.fingerprint.changed ?? last) }
            guard last.age(at: now) > age else { continue }
            try coming.removeCrate(name)
            removed += 1
        }
        return removed
    }
}

/// An upload that waits for the daemon.
package struct WaitingDrop: Hashable, Sendable {
    package let slip: Slip
    package let name: FileName
    package let size: Int64
}

extension Folder {
    /// A folder that two programs share by their group: who makes it gives it the group of this one.
    func sharedFolder(_ name: FileName) throws(SystemFault) -> Folder {
        if let there = try folder(name) { return there }
        let made = try folder(name, orMakeWithMode: 0o2770)
        // The mode is the folder's, whatever the umask.
        if fchmod(made.descriptor.number, 0o2770) != 0, errno != EPERM { throw SystemFault("chmod", path: made.path) }
        return made
    }

    /// False where somebody else has taken it.
    func removeIfThere(_ file: FileName, from crate: FileName) throws(SystemFault) -> Bool {
        guard let crate = try folder(crate) else { return false }
        do throws(SystemFault) {
            try crate.remove(file)
            return true
        } catch {
            guard error.errno == ENOENT else { throw error }
            return false
        }
    }

    /// Takes a crate away with the files and notes in it; where it is not there, nothing.
    func removeCrate(_ name: FileName) throws(SystemFault) {
        guard let crate = try folder(name) else { return }
        for inside in try crate.names() {
            do throws(SystemFault) { try crate.remove(inside) } catch {
                guard error.errno == ENOENT else { throw error }
            }
        }
        do throws(SystemFault) { try removeFolder(name) } catch {
            guard error.errno == ENOENT else { throw error }
        }
    }
}
