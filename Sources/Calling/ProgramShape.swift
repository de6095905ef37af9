/// How a program is called: by its options, and by its commands where it has any.
package struct ProgramShape: Sendable {
    package let name: String
    /// Those of the program itself, which each of its commands takes too. `--help` is among them.
    let options: [OptionShape]
    /// Empty for a program that does one thing.
    package let commands: [CommandShape]
    /// What the help says last.
    let closing: String

    package init(_ name: String, options: [OptionShape], commands: [CommandShape] = [], closing: String = "") {
        self.name = name
        self.options = options + [OptionShape("help", "explain \(commands.isEmpty ? "the program" : "the command")")]
        self.commands = commands
        self.closing = closing
    }
}

/// How a command is called.
package struct CommandShape: Sendable {
    package let name: String
    /// `BATCH`; `[BATCH]` may be left out, and the last one may be repeated where it is `[FILE …]`.
    let operands: [String]
    let options: [OptionShape]
    let summary: String
    /// What the summary leaves open.
    let details: String

    package init(_ name: String, operands: [String] = [], options: [OptionShape] = [], summary: String, details: String = "") {
        self.name = name
        self.operands = operands
        self.options = options
        self.summary = summary
        self.details = details
    }

    var takesMore: Bool { operands.last?.hasSuffix("…]") ?? false }

    var requiredOperands: Int { operands.count { !$0.hasPrefix("[") } }
}

/// An option: `--limit N`, or a bare flag where it has no placeholder.
package struct OptionShape: Sendable {
    let name: String
    let placeholder: String?
    let help: String
    /// Whether it may be given several times.
    let repeats: Bool

    package init(_ name: String, _ placeholder: String, _ help: String, repeats: Bool = false) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.repeats = repeats
    }

    package init(_ flag: String, _ help: String) {
        name = flag
        placeholder = nil
        self.help = help
        repeats = false
    }

    var spelling: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}
