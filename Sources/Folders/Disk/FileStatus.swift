import Batches
import Glibc
import Linux

/// What tells whether a file is still the one that was seen, unchanged. Its modification time alone proves nothing:
/// upload clients set it to what it was on the sender's disk.
package struct Fingerprint: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    package let size: Int64
    package let modified: Timestamp
    /// The kernel's own note of the last change of content, name or mode; nobody can set it.
    package let changed: Timestamp

    package init(device: UInt64, inode: UInt64, size: Int64, modified: Timestamp, changed: Timestamp) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

/// What the kernel says about a file that has been looked at without opening or following it.
struct FileStatus {
    enum Kind { case regular, folder, symbolicLink, other }

    let kind: Kind
    let links: UInt64
    let fingerprint: Fingerprint

    init(of descriptor: Descriptor, path: String) throws(SystemFault) {
        var found = stat()
        guard unsafe fstat(descriptor.number, &found) == 0 else { throw SystemFault("fstat", path: path) }
        self.init(found)
    }

    init(_ found: stat) {
        kind =
            switch found.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            default: .other
            }
        links = UInt64(found.st_nlink)
        fingerprint = Fingerprint(
            device: UInt64(found.st_dev), inode: UInt64(found.st_ino), size: Int64(found.st_size), modified: Timestamp(found.st_mtim),
            changed: Timestamp(found.st_ctim))
    }

    func isSameFile(as other: FileStatus) -> Bool {
        fingerprint.device == other.fingerprint.device && fingerprint.inode == other.fingerprint.inode
    }
}

extension Timestamp {
    fileprivate init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }
}
