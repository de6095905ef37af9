/// What `--help` prints, and what is read after a wrong command line.
extension ProgramShape {
    /// On one command, or on the whole program where none is named; without a line break at the end.
    package func help(on command: String? = nil) -> String {
        commands.first { $0.name == command }.map(help) ?? wholeHelp
    }

    private var wholeHelp: String {
        let usage = [name] + options.filter { $0.name != "help" }.map { "[\($0.spelling)]" } + (commands.isEmpty ? [] : ["COMMAND …"])
        var parts = ["usage: " + usage.joined(separator: " ")]
        if !commands.isEmpty {
            parts.append("commands:\n" + aligned(commands.map { (([$0.name] + $0.operands).joined(separator: " "), $0.summary) }))
        }
        parts.append("options\(commands.isEmpty ? "" : " of every command"):\n" + aligned(options))
        if !closing.isEmpty { parts.append(closing) }
        return parts.joined(separator: "\n\n")
    }

    private func help(_ command: CommandShape) -> String {
        let usage = [name, command.name] + command.operands + command.options.map { "[\($0.spelling)]" }
        let text = command.details.isEmpty ? command.summary : "\(command.summary)\n\(command.details)"
        return "usage: \(usage.joined(separator: " "))\n\n\(text)\n\n\(aligned(command.options + options))"
    }

    private func aligned(_ options: [OptionShape]) -> String { aligned(options.map { ($0.spelling, $0.help) }) }

    private func aligned(_ lines: [(String, String)]) -> String {
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count + 2))\($0.1)" }.joined(separator: "\n")
    }
}
