import CLinux
import Glibc
import Linux

/// An open folder. Everything inside is reached through its descriptor by single names, and no link is followed, so that
/// nobody who may write in it can lead us elsewhere.
final class Folder: Sendable {
    let descriptor: Descriptor
    /// Printable; only for messages.
    let path: String

    private static let flags = O_RDONLY | O_DIRECTORY

    /// Opens the folder where everything begins; here, and only here, a link may lead to it.
    init(path: String) throws(SystemFault) {
        descriptor = try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY)
        self.path = path
    }

    init(_ name: FileName, in parent: Folder) throws(SystemFault) {
        descriptor = try parent.open(name, flags: Self.flags)
        path = parent.path(of: name)
    }

    func path(of name: FileName) -> String { "\(path)/\(name.printable)" }

    func open(_ name: FileName, flags: Int32, mode: mode_t = 0) throws(SystemFault) -> Descriptor {
        let number = retrying { unsafe linux_openat(descriptor.number, name.cString, flags | O_NOFOLLOW | O_CLOEXEC, mode) }
        guard number >= 0 else { throw SystemFault("open", path: path(of: name)) }
        return Descriptor(owning: number)
    }

    /// Nil where there is no such folder, or something else bears its name.
    func folder(_ name: FileName) throws(SystemFault) -> Folder? {
        do { return try Folder(name, in: self) } catch {
            guard error.saysNoSuchFolder else { throw error }
            return nil
        }
    }

    /// Nil where nothing bears that name.
    func status(of name: FileName) throws(SystemFault) -> FileStatus? {
        var found = stat()
        guard unsafe fstatat(descriptor.number, name.cString, &found, AT_SYMLINK_NOFOLLOW) == 0 else {
            let fault = SystemFault("stat", path: path(of: name))
            guard fault.errno == ENOENT else { throw fault }
            return nil
        }
        return FileStatus(found)
    }

    /// Throws where no entry could be made inside: a closed folder, or a file system that is read-only.
    func confirmWritable() throws(SystemFault) {
        guard unsafe faccessat(descriptor.number, ".", W_OK | X_OK, 0) == 0 else { throw SystemFault("write into", path: path) }
    }

    func sync() throws(SystemFault) { try descriptor.sync(path: path) }

    /// All names inside, in the order of their bytes.
    func names() throws(SystemFault) -> [FileName] { try namesAsTheyCome().sorted() }

    /// For folders of very many, whose order nobody asks for.
    func namesAsTheyCome() throws(SystemFault) -> [FileName] {
        // A descriptor of its own, since a listing moves the position that duplicates share.
        let number = retrying { unsafe linux_openat(descriptor.number, ".", Self.flags | O_CLOEXEC, 0) }
        guard number >= 0 else { throw SystemFault("open", path: path) }
        guard let listing = unsafe fdopendir(number) else {
            let fault = SystemFault("fdopendir", path: path)
            close(number)
            throw fault
        }
        defer { unsafe closedir(listing) }
        var names: [FileName] = []
        while true {
            // "If the end of the directory stream is reached, NULL is returned and errno is not changed." (readdir(3))
            errno = 0
            guard let entry = unsafe readdir(listing) else {
                guard errno == 0 else { throw SystemFault("readdir", path: path) }
                return names
            }
            let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if let name = FileName(bytes) { names.append(name) }
        }
    }
}

extension SystemFault {
    /// Nothing bears the name, or what does is no folder but a file or a link.
    var saysNoSuchFolder: Bool { [ENOENT, ENOTDIR, ELOOP].contains(errno) }
}
