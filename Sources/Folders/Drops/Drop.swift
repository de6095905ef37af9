import Batches
import Glibc
import Linux

/// One upload on its way. Until it is handed over nobody takes it; let go before that, nothing is left of it. One thread at a time
/// works with it.
package final class Drop {
    private enum State {
        case coming, sealed(sha256: String), handed, gone
    }

    package private(set) var slip: Slip
    /// What it is called in its crate.
    package let name: FileName
    package private(set) var size: Int64 = 0

    private let coming: Folder
    private let handed: Folder
    private let crateName: FileName
    private let crate: Folder
    /// Nil once all has come: the daemon takes nothing that somebody may still write to.
    private var file: Descriptor?
    private let digest: SHA256Stream
    private var state = State.coming

    init(_ slip: Slip, named name: FileName, from coming: Folder, to handed: Folder) throws(SystemFault) {
        self.slip = slip
        self.name = name
        self.coming = coming
        self.handed = handed
        let crateName = FileName(of: slip.batch, from: slip.inbox)
        self.crateName = crateName
        do { digest = try SHA256Stream() } catch { throw SystemFault("SHA-256", errno: ENOMEM) }
        let made = try coming.makeFolder(crateName, mode: 0o2770)
        do throws(SystemFault) {
            // The daemon takes the file out of it, and is another user.
            if fchmod(made.descriptor.number, 0o2770) != 0 { throw SystemFault("chmod", path: made.path) }
            try slip.notes.write(in: made, from: slip.inbox)
            let opened = try made.open(name, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
            if fchmod(opened.number, 0o640) != 0 { throw SystemFault("chmod", path: made.path(of: name)) }
            file = opened
        } catch {
            try? coming.removeCrate(crateName)
            throw error
        }
        crate = made
    }

    deinit { discard() }

    /// The next piece. After a fault nothing of the upload is left, on a disk that is full not either.
    package func write(_ piece: RawSpan) throws(SystemFault) {
        guard case .coming = state, let file else { throw SystemFault("write", path: path, errno: EBADF) }
        do throws(SystemFault) {
            try file.write(piece, path: path)
            do { try digest.add(piece) } catch { throw SystemFault("SHA-256", path: path, errno: ENOMEM) }
        } catch {
            discard()
            throw error
        }
        size += Int64(piece.byteCount)
    }

    /// All of it has come: what came is on the disk for good, and this is its SHA-256.
    @discardableResult
    package func sealed() throws(SystemFault) -> (size: Int64, sha256: String) {
        switch state {
        case .sealed(let sha256): return (size, sha256)
        case .handed, .gone: throw SystemFault("fsync", path: path, errno: EBADF)
        case .coming: break
        }
        do throws(SystemFault) {
            try file?.sync(path: path)
            file = nil
            try crate.sync()
            let sha256: String
            do { sha256 = SHA256Stream.hexadecimal(try digest.finish()) } catch { throw SystemFault("SHA-256", path: path, errno: ENOMEM) }
            state = .sealed(sha256: sha256)
            return (size, sha256)
        } catch {
            discard()
            throw error
        }
    }

    /// For a look into it before it is handed over.
    package func readableContent() throws(SystemFault) -> Descriptor { try crate.open(name, flags: O_RDONLY) }

    /// From here on it is the daemon's. Where it throws a fault of `fsync`, the daemon may have it all the same. `other`: what a form
    /// said of the file behind it.
    package func handOver(as other: Slip? = nil) throws(SystemFault) {
        try sealed()
        do throws(SystemFault) {
            if let other { try become(other) }
            try coming.move(crateName, to: handed, as: FileName(of: slip.batch, from: slip.inbox))
        } catch {
            discard()
            throw error
        }
        state = .handed
        // In this order: a disk without a journal may keep it in both folders, and never in none.
        try handed.sync()
        try coming.sync()
    }

    /// Nobody takes a crate that is still coming, so its notes may be written anew.
    private func become(_ other: Slip) throws(SystemFault) {
        guard other != slip else { return }
        guard other.sender.mayUpload else { throw SystemFault("use", path: other.sender.description, errno: EINVAL) }
        for name in UploadNotes.names { try crate.remove(name) }
        try other.notes.write(in: crate, from: other.inbox)
        try crate.sync()
        slip = other
    }

    /// Nothing is left of it. What was handed over is no longer ours to take away.
    package func discard() {
        switch state {
        case .coming, .sealed:
            state = .gone
            file = nil
            try? coming.removeCrate(crateName)
        case .handed, .gone: break
        }
    }

    private var path: String { crate.path(of: name) }
}
