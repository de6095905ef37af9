import Calling
import Operations
import Texts

/// All commands, in the order in which help lists them.
enum CommandList {
    static let all =
        StatusCommand.all + StatisticsCommand.all + LateCommand.all + BatchCommands.all + ErrorsCommand.all + OriginalCommand.all
        + DiffCommand.all
        + StepCommands.all + RowCommand.all + SalesCommand.all + BooksCommands.all + ReferenceCommands.all + ImportCommand.all
        + StoresCommand.all
        + CatalogueCommands.all + ResellerCommands.all + FitCommand.all + UserCommands.all + AudienceCommand.all
        + SegmentCommand.all
        + FileCommands.all
        + VerifyCommand.all
}

/// Takes a command line, does it, and gives the exit status: 0 done, 1 refused or failed, 2 wrong usage.
struct Shell {
    let commands: [Command]
    let wiring: Wiring
    let environment: [String: String]
    let output: Output
    let complaints: Output

    func run(_ words: [String]) -> Int32 {
        let program = Shell.program(commands.map(\.shape))
        do {
            try run(words, program)
            try output.flush()
            return 0
        } catch let error as UsageError {
            try? complaints.print("selloutctl: \(Printable.line(error.sentence))")
            try? complaints.print(program.help(on: error.command))
            try? complaints.flush()
            return 2
        } catch is ReaderGone {
            return 0
        } catch {
            // What was already listed is still shown: the failure came after it.
            try? output.flush()
            // One line, whatever the sentence holds.
            try? complaints.print("selloutctl: \(Printable.line(Refused(any: error).sentence))")
            try? complaints.flush()
            return 1
        }
    }

    private func run(_ words: [String], _ program: ProgramShape) throws {
        // `help show` is `show --help` to most fingers.
        let arguments = try Arguments(words.first == "help" ? words.dropFirst() + ["--help"] : words, of: program)
        if arguments.has("version") { return try output.print(program.versionLine) }
        guard !arguments.has("help"), let command = commands.first(where: { $0.shape.name == arguments.command?.name }) else {
            return try output.print(program.help(on: arguments.command?.name))
        }
        try command.run(
            Session(
                arguments: arguments, output: output, wiring: wiring,
                whereabouts: Whereabouts(arguments, environment: environment, remembered: wiring.remembered)))
    }

    private static func program(_ commands: [CommandShape]) -> ProgramShape {
        ProgramShape(
            "selloutctl",
            options: [
                OptionShape("root", "DIR", "where the folders are (SELLOUT_ROOT, /srv/sellout)"),
                OptionShape(
                    "profiles", "DIR",
                    "where the resellers' profiles are (SELLOUT_PROFILES, where the daemon had them, /etc/selloutd/resellers)"),
                OptionShape("json", "print JSON instead of a table"), OptionShape("version", "print the version"),
            ], commands: commands,
            closing: """
                A batch is named by its id or the first digits of it, four at least.
                Exit status: 0 done, 1 refused or failed, 2 wrong usage.
                """)
    }
}
