import Glibc
import Linux
import Operations

/// A file that was not there before, and is not there half.
struct NewFile {
    private let path: String
    private let content: Descriptor

    init(_ path: String) throws {
        self.path = path
        do throws(SystemFault) {
            // open(2): with O_EXCL, "if pathname is a symbolic link, then open() fails regardless of where the symbolic link points".
            content = try Descriptor(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        } catch {
            guard error.errno == EEXIST else { throw error }
            throw Refused(.wrong, "\(path) is there already, and nothing is written over it.")
        }
    }

    /// How many bytes came, piece by piece.
    func write(_ pieces: (_ take: (ArraySlice<UInt8>) throws -> Void) throws -> Void) throws -> Int {
        var size = 0
        do {
            try pieces { piece in
                try content.write(piece, path: path)
                size += piece.count
            }
            try content.sync(path: path)
        } catch {
            // Half a file, or another's content, is not to be taken for it.
            _ = unsafe unlink(path)
            throw error
        }
        return size
    }
}
