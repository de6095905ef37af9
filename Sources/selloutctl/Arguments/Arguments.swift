import Operations

/// A command line taken apart. Options may stand before, between and after the operands; behind `--` everything is an operand.
struct Arguments {
    static let global = [
        OptionShape("root", "DIR", "where the folders are (SELLOUT_ROOT, /srv/sellout)"),
        OptionShape("profiles", "DIR", "where the resellers' profiles are (/etc/selloutd/resellers)"),
        OptionShape("json", nil, "print JSON instead of a table"),
        OptionShape("help", nil, "explain the command"),
    ]

    /// Nil where only options were given.
    private(set) var shape: CommandShape?
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    init(_ words: [String], commands: [CommandShape]) throws(UsageError) {
        var rest = words[...]
        var onlyOperands = false
        while let word = rest.popFirst() {
            if !onlyOperands, word == "--" {
                onlyOperands = true
            } else if !onlyOperands, word == "-h" {
                flags.insert("help")
            } else if !onlyOperands, word.hasPrefix("-"), word != "-" {
                try take(option: word, rest: &rest)
            } else if shape == nil {
                shape = try Arguments.command(word, among: commands)
            } else {
                operands.append(word)
            }
        }
        if !has("help") { try checkCount() }
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    func value(_ name: String) -> String? { values[name] }

    private static func command(_ word: String, among commands: [CommandShape]) throws(UsageError) -> CommandShape {
        if let shape = commands.first(where: { $0.name == word }) { return shape }
        let near = Nearest.name(to: word, among: commands.map(\.name))
        throw UsageError("There is no command \(word)\(near.map { "; is \($0) meant?" } ?? ".")")
    }

    private mutating func take(option word: String, rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let known = Arguments.global + (shape?.options ?? [])
        guard word.hasPrefix("--"), let name = parts.first, let option = known.first(where: { $0.name == name }) else {
            let near = Nearest.name(to: parts.first ?? "", among: known.map(\.name)).map { "; is --\($0) meant?" } ?? "."
            let given = word.prefix { $0 != "=" }
            throw UsageError("There is no option \(given)\(shape.map { " for \($0.name)" } ?? "")\(near)", command: shape?.name)
        }
        guard option.placeholder != nil else {
            guard parts.count == 1 else { throw UsageError("--\(name) takes no value.", command: shape?.name) }
            flags.insert(name)
            return
        }
        // A value that looks like an option must be tied to its own: `--reason=--`.
        let next = rest.first.flatMap { $0.hasPrefix("--") ? nil : $0 }
        guard let value = parts.count == 2 ? parts[1] : next, !value.isEmpty else {
            throw UsageError("\(option.spelling) lacks its value.", command: shape?.name)
        }
        if parts.count == 1 { rest.removeFirst() }
        guard values.updateValue(value, forKey: name) == nil else { throw UsageError("--\(name) is given twice.", command: shape?.name) }
    }

    private func checkCount() throws(UsageError) {
        guard let shape else { return }
        if operands.count < shape.requiredOperands {
            throw UsageError("\(shape.operands[operands.count]) is missing.", command: shape.name)
        }
        if operands.count > shape.operands.count {
            throw UsageError("\(operands[shape.operands.count]) is one word too many.", command: shape.name)
        }
    }
}
