/// What `--help` prints, and what a wrong command line gets to read.
enum Help {
    static func whole(_ commands: [CommandShape]) -> String {
        let list = commands.map { (([$0.name] + $0.operands).joined(separator: " "), $0.summary) }
        return """
            usage: selloutctl [--root DIR] [--profiles DIR] [--json] COMMAND …

            commands:
            \(aligned(list))

            options of every command:
            \(aligned(Arguments.global.map { ($0.spelling, $0.help) }))

            A batch is named by its id or the first digits of it, four at least.
            Exit status: 0 done, 1 refused or failed, 2 wrong usage.

            """
    }

    static func of(_ shape: CommandShape) -> String {
        var text = "usage: \(shape.usage)\n\n\(shape.summary)\n"
        if !shape.details.isEmpty { text += "\(shape.details)\n" }
        return text + "\n\(aligned((shape.options + Arguments.global).map { ($0.spelling, $0.help) }))\n"
    }

    private static func aligned(_ lines: [(String, String)]) -> String {
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count + 2))\($0.1)" }.joined(separator: "\n")
    }
}
