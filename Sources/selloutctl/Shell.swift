import Glibc
import Operations

/// Takes a command line, does it, and gives the exit status: 0 done, 1 refused or failed, 2 wrong usage.
struct Shell {
    let commands: [Command]
    let wiring: Wiring
    let environment: [String: String]
    let output: Output
    let complaints: Output

    func run(_ words: [String]) -> Int32 {
        let shapes = commands.map(\.shape)
        do {
            try run(words, shapes)
            try output.flush()
            return 0
        } catch let error as UsageError {
            let shape = shapes.first { $0.name == error.command }
            try? complaints.print("selloutctl: \(Printable.text(error.sentence))")
            try? complaints.write(Array((shape.map(Help.of) ?? Help.whole(shapes)).utf8))
            try? complaints.flush()
            return 2
        } catch is ReaderGone {
            return 0
        } catch {
            // What was already listed is still shown: the failure came after it.
            try? output.flush()
            // One line, whatever the sentence holds.
            try? complaints.print("selloutctl: \(Printable.text(Refused(any: error).sentence))")
            try? complaints.flush()
            return 1
        }
    }

    private func run(_ words: [String], _ shapes: [CommandShape]) throws {
        // `help show` is `show --help` to most fingers.
        let arguments = try Arguments(words.first == "help" ? words.dropFirst() + ["--help"] : words, commands: shapes)
        guard let shape = arguments.shape else {
            guard arguments.has("help") else { throw UsageError("A command is missing.") }
            return try output.write(Array(Help.whole(shapes).utf8))
        }
        if arguments.has("help") { return try output.write(Array(Help.of(shape).utf8)) }
        guard let command = commands.first(where: { $0.shape.name == shape.name }) else { return }
        try command.run(
            Session(arguments: arguments, output: output, wiring: wiring, place: Place(arguments, environment: environment)))
    }
}
