/// The first look at a file: its name, its sheets, and their first rows. It is enough to tell whose file it is and which layout fits.
package struct Glimpse: Sendable {
    package struct Sheet: Sendable {
        package let name: String
        package let isHidden: Bool
        /// The first rows as text, empty cells as empty texts.
        package let head: [[String]]
        /// The numbers of those rows, from 1.
        package let rowNumbers: [Int]
        let foldedName: String
        /// `head` made comparable. Long texts are left out, because no header is so long.
        let folded: [[String]]

        package init(name: String, isHidden: Bool, head: [[String]], rowNumbers: [Int]? = nil) {
            self.name = name
            self.isHidden = isHidden
            self.head = head
            self.rowNumbers = rowNumbers.flatMap { $0.count == head.count ? $0 : nil } ?? Array(1..<head.count + 1)
            foldedName = Folded.text(name)
            folded = head.map { $0.map { $0.isEmpty || $0.utf8.count > 400 ? "" : Folded.text($0) } }
        }
    }

    /// How many rows are searched for headers.
    package static let rows = 40

    package let fileName: String
    /// A table of plain text, whose sheet has no name: it fits layouts whatever sheet they ask for.
    package let isPlainTable: Bool
    package let sheets: [Sheet]
    let foldedFileName: String
    /// All texts of all heads.
    let foldedTexts: Set<String>

    package init(fileName: String, isPlainTable: Bool, sheets: [Sheet]) {
        self.fileName = fileName
        self.isPlainTable = isPlainTable
        self.sheets = sheets
        foldedFileName = Folded.text(fileName)
        foldedTexts = Set(sheets.lazy.flatMap { $0.folded.lazy.flatMap { $0 } })
    }

    /// The sheets with one of these names, hidden ones last; all sheets if no name is given.
    func sheets(named names: [NamePattern]) -> [(index: Int, sheet: Sheet)] {
        let fitting = sheets.enumerated().filter { isPlainTable || names.isEmpty || names.match(folded: $0.element.foldedName) }
        return (fitting.filter { !$0.element.isHidden } + fitting.filter { $0.element.isHidden }).map { ($0.offset, $0.element) }
    }
}

extension String {
    /// On one line, and short enough for a sentence.
    var trimmedLine: String {
        String(split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80))
    }
}
