import Calling
import Glibc
import Linux
import Operations
import Texts

/// `original`: a batch's file as it was sent.
enum OriginalCommand {
    static let all = [
        Command(
            CommandShape(
                "original", operands: ["BATCH"], options: [OptionShape("to", "FILE", "into this new file; else to standard output")],
                summary: "Writes the file out as it was sent.",
                details: "FILE must not exist yet, and no link is followed. A stranger's bytes are not sent to a terminal."), run: run)
    ]

    @Sendable private static func run(_ session: Session) throws {
        let given = session.arguments.operands[0]
        if session.wantsJSON { throw session.arguments.misuse("original writes the file itself, not JSON.") }
        let original = try session.readingDesk().original(given, below: session.whereabouts.root)
        guard let path = session.arguments.value("to") else {
            guard !session.output.isTerminal else {
                throw Refused(.wrong, "The file is a stranger's and could do anything to a terminal. Name a file with --to, or use a pipe.")
            }
            return try original.pieces { try session.output.write(Array($0)) }
        }
        let size = try NewFile(path).write(original)
        try session.output.print(Printable.line("\(original.batch.filename): \(size) bytes written to \(path)."))
    }
}

/// A file that was not there before, and is not there half.
private struct NewFile {
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

    func write(_ original: OriginalFile) throws -> Int {
        var size = 0
        do {
            try original.pieces { piece in
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
