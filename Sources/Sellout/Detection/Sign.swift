import Foundation
import Settings

/// One thing that speaks for a profile: a word in the file's name, a sheet, a header, a pattern in a cell.
enum Sign: Hashable, Sendable {
    case nameHolds(String)
    case sheet(String)
    case header(String)
    /// A regular expression that some cell of the first rows matches.
    case cell(String)

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
            glimpse.sheets.contains { sheet in
                sheet.head.contains { $0.contains { $0.range(of: pattern, options: .regularExpression) != nil } }
            }
        }
    }
}

extension Sign: CustomStringConvertible {
    var description: String {
        switch self {
        case .nameHolds(let word): "file name holds \"\(word)\""
        case .sheet(let name): "sheet \"\(name)\""
        case .header(let header): "header \"\(header)\""
        case .cell(let pattern): "a cell like \(pattern)"
        }
    }
}

extension Sign {
    static func read(_ node: SettingsNode) -> [Sign] {
        defer { node.nothingElse() }
        let cells = node.texts("cells").filter { pattern in
            let compiles = (try? NSRegularExpression(pattern: pattern)) != nil
            if !compiles { node.fault("cells", "\"\(pattern)\" is no regular expression") }
            return compiles
        }
        return node.texts("file_name").map { .nameHolds($0) } + node.texts("sheets").map { .sheet($0) }
            + node.texts("headers").map { .header($0) } + cells.map { .cell($0) }
    }
}
