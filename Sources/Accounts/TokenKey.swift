import Glibc
import Linux

/// The key that tokens are signed with: random bytes in a file that nobody but its owner may read, and where its folder is shared, the
/// folder's group.
package struct TokenKey: Sendable {
    let bytes: [UInt8]

    /// RFC 7518, 3.2: "A key of the same size as the hash output (for instance, 256 bits for "HS256") or larger MUST be used".
    static let shortest = 32
    private static let longest = 4096

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the key at `path`, and makes one where there is none. Of several who make it at once one wins, and all have its key.
    package init(path: String) throws(KeyFault) {
        if let file = try TokenKey.open(path) {
            bytes = try TokenKey.content(of: file, path)
            return
        }
        do throws(SystemFault) { try TokenKey.make(path) } catch { throw KeyFault("No key for tokens could be made. \(error)") }
        guard let made = try TokenKey.open(path) else { throw KeyFault("The key for tokens at \(path) has gone again.") }
        bytes = try TokenKey.content(of: made, path)
    }

    /// Nil where there is no file.
    private static func open(_ path: String) throws(KeyFault) -> Descriptor? {
        do throws(SystemFault) {
            // Not waiting for whoever would write into a pipe of that name.
            return try Descriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            switch error.errno {
            case ENOENT: return nil
            case ELOOP: throw KeyFault("The key for tokens at \(path) is a link: put the file itself there.")
            case EACCES:
                throw KeyFault(
                    "This user may not read the key for tokens at \(path): its folder has to be of mode 2770 and of a group that both "
                        + "programs are in, and the key of that group and of mode 0640.")
            default: throw KeyFault("The key for tokens cannot be read. \(error)")
            }
        }
    }

    private static func content(of file: Descriptor, _ path: String) throws(KeyFault) -> [UInt8] {
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0 else { throw KeyFault("\(SystemFault("stat", path: path))") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw KeyFault("The key for tokens at \(path) is no file.") }
        guard try isSecret(status, path) else {
            throw KeyFault(
                "Others than its owner may read the key for tokens at \(path): remove it, and a new one is made, or run chmod 600 on it.")
        }
        // One byte more than a key may have.
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count: Int
        do throws(SystemFault) { count = try file.read(into: &bytes, at: 0, path: path) } catch {
            throw KeyFault("The key for tokens cannot be read. \(error)")
        }
        guard (shortest...longest).contains(count) else {
            throw KeyFault("The key for tokens at \(path) has \(count) bytes, which is no key: remove it, and a new one is made.")
        }
        return Array(bytes.prefix(count))
    }

    private static func isSecret(_ status: stat, _ path: String) throws(KeyFault) -> Bool {
        do throws(SystemFault) { return try Sharing(ofFolder: Sharing.folder(of: path)).keepsSecret(status) } catch {
            throw KeyFault("\(error)")
        }
    }
}

extension TokenKey {
    /// Written aside, so that nobody reads half a key; a link never takes the place of a file that another has made meanwhile.
    private static func make(_ path: String) throws(SystemFault) {
        let folder = try Descriptor(opening: Sharing.folder(of: path), flags: O_RDONLY | O_DIRECTORY)
        let aside = path + ".\(UInt64.random(in: .min ... .max))"
        let file = try Descriptor(opening: aside, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        defer { _ = unsafe unlink(aside) }
        try Sharing(of: folder).take(file, groupMay: .read, path: aside)
        var chance = SystemRandomNumberGenerator()
        try file.write((0..<shortest).map { _ in UInt8.random(in: .min ... .max, using: &chance) }, path: aside)
        try file.sync(path: aside)
        guard unsafe link(aside, path) == 0 || errno == EEXIST else { throw SystemFault("link", path: path) }
        try folder.sync(path: path)
    }
}
