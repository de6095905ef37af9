import Foundation

/// One thing that speaks for a profile: a word in the file's name, a sheet, a header, a pattern in the data.
package enum Sign: Hashable, Sendable {
    case nameHolds(String)
    case sheet(String)
    case header(String)
    /// A regular expression that some cell of the first rows matches.
    case cell(String)

    package func isSeen(in glimpse: Glimpse) -> Bool {
        switch self {
        case .nameHolds(let word):
            glimpse.foldedFileName.contains(Folded.text(word))
        case .sheet(let name):
            // A plain table's sheet is called as its file is: that says nothing more than the file's name does.
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
    package var description: String {
        switch self {
        case .nameHolds(let word): "file name holds \"\(word)\""
        case .sheet(let name): "sheet \"\(name)\""
        case .header(let header): "header \"\(header)\""
        case .cell(let pattern): "a cell like \(pattern)"
        }
    }
}
