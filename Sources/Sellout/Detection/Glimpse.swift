/// The first look at a file: its name, its sheets, the first rows of each. Enough to tell whose it is and which layout fits.
package struct Glimpse: Sendable {
    package struct Sheet: Sendable {
        package let name: String
        package let isHidden: Bool
        /// The first rows as text, empty cells as empty texts.
        package let head: [[String]]
        /// The numbers of those rows, from 1.
        package let rowNumbers: [Int]
        let foldedName: String
        /// `head` made comparable; long texts are left out, since no header is so long.
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

    /// So many rows are looked at for headers.
    package static let rows = 40

    package let fileName: String
    /// A plain table of text has no sheet name of its own: a layout that asks for one takes it as it is.
    package let isPlainTable: Bool
    package let sheets: [Sheet]
    let foldedFileName: String
    /// Every text of every head.
    let foldedTexts: Set<String>

    package init(fileName: String, isPlainTable: Bool, sheets: [Sheet]) {
        self.fileName = fileName
        self.isPlainTable = isPlainTable
        self.sheets = sheets
        foldedFileName = Folded.text(fileName)
        foldedTexts = Set(sheets.lazy.flatMap { $0.folded.lazy.flatMap { $0 } })
    }

    /// The sheets that bear one of these names, hidden ones last; all where no name is asked for.
    func sheets(named names: [NamePattern]) -> [(index: Int, sheet: Sheet)] {
        let fitting = sheets.enumerated().filter { isPlainTable || names.isEmpty || names.match(folded: $0.element.foldedName) }
        return (fitting.filter { !$0.element.isHidden } + fitting.filter { $0.element.isHidden }).map { ($0.offset, $0.element) }
    }
}

extension String {
    /// On one line, without blanks around it, and short enough for a sentence.
    var trimmedLine: String {
        String(split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80))
    }
}
