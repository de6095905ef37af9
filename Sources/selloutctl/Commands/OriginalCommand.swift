import Calling
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
        let size = try NewFile(path).write { take in try original.pieces { try take($0) } }
        try session.output.print(Printable.line("\(original.batch.filename): \(size) bytes written to \(path)."))
    }
}
