import Texts

/// A command line taken apart. Options may stand before, between and after the operands; behind `--` everything is an operand.
package struct Arguments: Sendable {
    private let program: ProgramShape
    /// The command that was named. Nil where the program has none, or where only help was asked for.
    package private(set) var command: CommandShape?
    package private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    /// `words` are those behind the program's own name.
    package init(_ words: [String], of program: ProgramShape) throws(UsageError) {
        self.program = program
        var rest = words[...]
        var onlyOperands = false
        while let word = rest.popFirst() {
            if !onlyOperands, word == "--" {
                onlyOperands = true
            } else if !onlyOperands, word == "-h" {
                flags.insert("help")
            } else if !onlyOperands, word.hasPrefix("-"), word != "-" {
                try take(option: word, rest: &rest)
            } else if command == nil, !program.commands.isEmpty {
                command = try Arguments.command(word, of: program)
            } else {
                operands.append(word)
            }
        }
        if !has("help"), !has("version") { try checkCount() }
    }

    package func has(_ flag: String) -> Bool { flags.contains(flag) }

    package func value(_ name: String) -> String? { values[name]?.first }

    /// Of an option that may be given several times, in their order.
    package func values(_ name: String) -> [String] { values[name] ?? [] }

    /// A wrong use of the command that was named.
    package func misuse(_ sentence: String) -> UsageError { UsageError(sentence, command: command?.name) }

    private static func command(_ word: String, of program: ProgramShape) throws(UsageError) -> CommandShape {
        if let command = program.commands.first(where: { $0.name == word }) { return command }
        throw UsageError("There is no command \(word)\(Nearest.question(for: word, among: program.commands.map(\.name)))")
    }

    private mutating func take(option word: String, rest: inout ArraySlice<String>) throws(UsageError) {
        let bare = word.dropFirst(word.hasPrefix("--") ? 2 : 1)
        let parts = bare.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let known = program.options + (command?.options ?? [])
        guard word.hasPrefix("--"), let name = parts.first, let option = known.first(where: { $0.name == name }) else {
            let near = Nearest.question(for: parts.first ?? "", among: known.map(\.name), mark: "--")
            let given = word.prefix { $0 != "=" }
            throw misuse("There is no option \(given)\(command.map { " for \($0.name)" } ?? "")\(near)")
        }
        guard option.placeholder != nil else {
            guard parts.count == 1 else { throw misuse("--\(name) takes no value.") }
            flags.insert(name)
            return
        }
        // A value that looks like an option must be tied to its own: `--reason=--`.
        let next = rest.first.flatMap { $0.hasPrefix("--") ? nil : $0 }
        guard let value = parts.count == 2 ? parts[1] : next, !value.isEmpty else { throw misuse("\(option.spelling) lacks its value.") }
        if parts.count == 1 { rest.removeFirst() }
        guard option.repeats || values[name] == nil else { throw misuse("--\(name) is given twice.") }
        values[name, default: []].append(value)
    }

    private func checkCount() throws(UsageError) {
        guard command != nil || program.commands.isEmpty else { throw UsageError("A command is missing.") }
        let wanted = command?.operands ?? []
        if operands.count < command?.requiredOperands ?? 0 { throw misuse("\(wanted[operands.count]) is missing.") }
        if operands.count > wanted.count, command?.takesMore != true { throw misuse("\(operands[wanted.count]) is one word too many.") }
    }
}

/// What is wrong with a command line, in one sentence: exit status 2.
package struct UsageError: Error, Hashable, Sendable {
    package let sentence: String
    /// Whose help is shown; nil for the whole program's.
    package let command: String?

    package init(_ sentence: String, command: String? = nil) {
        self.sentence = sentence
        self.command = command
    }
}
