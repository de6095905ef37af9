/// An option of a command: `--limit N`, or a bare flag where it has no placeholder.
struct OptionShape: Sendable {
    let name: String
    let placeholder: String?
    let help: String

    init(_ name: String, _ placeholder: String? = nil, _ help: String) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
    }

    var spelling: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}

/// How a command is called.
struct CommandShape: Sendable {
    let name: String
    /// `BATCH`; `[BATCH]` may be left out.
    let operands: [String]
    let options: [OptionShape]
    let summary: String
    /// What the summary leaves open.
    let details: String

    init(_ name: String, operands: [String] = [], options: [OptionShape] = [], summary: String, details: String = "") {
        self.name = name
        self.operands = operands
        self.options = options
        self.summary = summary
        self.details = details
    }

    var requiredOperands: Int { operands.count { !$0.hasPrefix("[") } }

    var usage: String {
        (["selloutctl", name] + operands + options.map { "[\($0.spelling)]" }).joined(separator: " ")
    }
}
