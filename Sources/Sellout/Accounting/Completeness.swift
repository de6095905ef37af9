import Settings

/// How it is known that a file has arrived whole.
struct Completeness: Sendable {
    /// False where this sender writes no line end behind a CSV's last line: then nothing tells a whole one from a cut one.
    let lineEnd: Bool
    /// Whether the file must have a total that its sales were compared with.
    let total: Bool

    /// Says what lacks.
    func lacks(_ totals: [ControlTotal], vendor: String) -> [Warning] {
        guard total, totals.isEmpty else { return [] }
        return [
            Warning(
                "INCOMPLETE", "the file has no total to compare its sales with, and files of \(vendor) always have one: it may be cut off",
                holds: true)
        ]
    }

    init() {
        lineEnd = true
        total = false
    }

    init(_ node: SettingsNode) {
        lineEnd = node.flag("line_end", default: true)
        total = node.flag("total", default: false)
        node.nothingElse()
    }
}
