import Batches
import Settings

/// How it is known that a file has arrived whole.
struct Completeness: Sendable {
    /// False where this sender writes no line end behind a CSV's last line: then nothing tells a whole one from a cut one.
    let lineEnd: Bool
    /// Whether the file must have a total that its sales were compared with.
    let total: Bool
    /// What must lie beside each file before it is taken.
    let controlFile: ControlFile?

    private enum AgreedFile: String, CaseIterable { case none, sha256, ok }

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
        controlFile = nil
    }

    init(_ node: SettingsNode) {
        lineEnd = node.flag("line_end", default: true)
        total = node.flag("total", default: false)
        controlFile = ControlFile(rawValue: node.choice("control_file", default: AgreedFile.none).rawValue)
        node.nothingElse()
    }
}
