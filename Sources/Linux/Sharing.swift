import Glibc

/// Whose the files in a folder are. Where two users work in it, it bears their group and the mode 2770, and so its files are the
/// group's too. A folder of any other mode is one user's, and its files are nobody else's.
package struct Sharing: Sendable {
    private let owner: uid_t
    private let group: gid_t
    package let isShared: Bool

    /// What its group may do with a file, where the folder has one.
    package enum Right: mode_t {
        case read = 0o040
        case write = 0o060
    }

    package init(of folder: Descriptor, path: String = "") throws(SystemFault) {
        var status = stat()
        guard unsafe fstat(folder.number, &status) == 0 else { throw SystemFault("stat", path: path) }
        (owner, group) = (status.st_uid, status.st_gid)
        isShared = status.st_mode & 0o2070 == 0o2070
    }

    package init(ofFolder path: String) throws(SystemFault) {
        try self.init(of: try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY), path: path)
    }

    /// Where a file lies.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// For a file that was just made in the folder. What root makes is the folder's owner's: a first command with sudo must not leave
    /// a file behind that the service cannot open.
    package func take(_ file: Descriptor, groupMay right: Right, path: String = "") throws(SystemFault) {
        if geteuid() == 0, owner != 0 || isShared {
            guard fchown(file.number, owner, group) == 0 else { throw SystemFault("chown", path: path) }
        }
        // The mode is the folder's, whatever the umask.
        guard fchmod(file.number, isShared ? 0o600 | right.rawValue : 0o600) == 0 else { throw SystemFault("chmod", path: path) }
    }

    /// For a file of ours that was made before the folder was shared; any other is left as it is.
    package func open(_ path: String, groupMay right: Right) throws(SystemFault) {
        var status = stat()
        guard isShared, unsafe lstat(path, &status) == 0, needs(right, status) else { return }
        // Whoever else may write in the folder may have put a link there since.
        let file = try Descriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard unsafe fstat(file.number, &status) == 0, needs(right, status) else { return }
        guard fchown(file.number, uid_t.max, group) == 0 else { throw SystemFault("chown", path: path) }
        guard fchmod(file.number, 0o600 | right.rawValue) == 0 else { throw SystemFault("chmod", path: path) }
    }

    private func needs(_ right: Right, _ status: stat) -> Bool {
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1, status.st_uid == geteuid() else { return false }
        return status.st_gid != group || status.st_mode & right.rawValue != right.rawValue
    }

    /// Whether nobody but the owner, or the group of a shared folder, may read it, and nobody but the owner write it.
    package func keepsSecret(_ status: stat) -> Bool {
        status.st_mode & 0o077 == 0 || isShared && status.st_gid == group && status.st_mode & 0o037 == 0
    }
}
