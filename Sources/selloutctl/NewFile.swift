import Glibc
import Linux
import Operations
import Texts

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

extension Session {
    /// Into a new file, or to standard output where none is named.
    func put(_ bytes: [UInt8], to path: String?) throws { try put(to: path) { take in try take(bytes[...]) } }

    /// Piece by piece.
    func put(to path: String?, _ pieces: (_ take: (ArraySlice<UInt8>) throws -> Void) throws -> Void) throws {
        guard let path else { return try pieces { try output.write(Array($0)) } }
        let size = try NewFile(path).write(pieces)
        try output.print(Printable.line("\(size) bytes written to \(path)."))
    }
}
