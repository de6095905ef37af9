import Foundation
import Settings

/// One thing that speaks for a profile: a word in the file's name, a sheet, a header, a pattern in a cell.
enum Sign: Hashable, Sendable {
    case nameHolds(String)
    case sheet(String)
    case header(String)
    case cell(CellPattern)

    func isSeen(in glimpse: Glimpse) -> Bool {
        switch self {
        case .nameHolds(let word):
            glimpse.foldedFileName.contains(Folded.text(word))
        case .sheet(let name):
            // A plain table's sheet has its file's name, which says nothing new.
            !glimpse.isPlainTable && !glimpse.sheets(named: [NamePattern(name)]).isEmpty
        case .header(let header):
            glimpse.foldedTexts.contains(Folded.text(header))
        case .cell(let pattern):
            glimpse.sheets.contains { $0.head.contains { $0.contains(where: pattern.matches) } }
        }
    }
}

extension Sign: CustomStringConvertible {
    var description: String {
        switch self {
        case .nameHolds(let word): "file name holds \"\(word)\""
        case .sheet(let name): "sheet \"\(name)\""
        case .header(let header): "header \"\(header)\""
        case .cell(let pattern): "a cell like \(pattern.source)"
        }
    }
}

extension Sign {
    static func read(_ node: SettingsNode) -> [Sign] {
        defer { node.nothingElse() }
        let cells = node.texts("cells").compactMap { source in
            let pattern = CellPattern(source)
            if pattern == nil { node.fault("cells", "\"\(source)\" is no regular expression") }
            return pattern
        }
        return node.texts("file_name").map { .nameHolds($0) } + node.texts("sheets").map { .sheet($0) }
            + node.texts("headers").map { .header($0) } + cells.map { .cell($0) }
    }
}

/// A regular expression that some cell of the first rows matches, compiled once.
struct CellPattern: Hashable, Sendable {
    let source: String
    private let expression: NSRegularExpression

    init?(_ source: String) {
        guard let expression = try? NSRegularExpression(pattern: source) else { return nil }
        self.source = source
        self.expression = expression
    }

    func matches(_ text: String) -> Bool {
        !text.isEmpty && expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
