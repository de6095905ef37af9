/// A layout that fits a file: on which sheet, and where its columns are.
public struct Fit: Sendable {
    public let layout: TableLayout
    /// The sheet's place in the workbook, from 0.
    public let sheet: Int
    public let sheetName: String
    public let headers: HeaderRow
    /// What the file calls each field's column.
    public let titles: [Field: String]
}

extension Profile {
    /// The first layout that fits, hidden sheets last.
    func fit(_ glimpse: Glimpse) -> Fit? {
        for layout in layouts {
            for (index, sheet) in layout.candidates(in: glimpse) {
                guard let headers = HeaderRow.find(layout, in: sheet) else { continue }
                let row = sheet.head[headers.index]
                let titles = headers.columns.mapValues { $0 < row.count ? row[$0].trimmedLine : "" }
                return Fit(layout: layout, sheet: index, sheetName: sheet.name, headers: headers, titles: titles)
            }
        }
        return nil
    }

    /// Why no layout fits, in the words of the one that comes nearest.
    func misfit(_ glimpse: Glimpse) -> FileRefusal {
        var nearest: (missing: [String], found: [String], sheet: String)?
        for layout in layouts {
            for (_, sheet) in layout.candidates(in: glimpse) {
                for cells in sheet.head {
                    let missing = layout.missing(from: Set(layout.columns(in: cells).keys))
                    if let best = nearest, best.missing.count <= missing.count { continue }
                    nearest = (missing, cells.map(\.trimmedLine).filter { !$0.isEmpty }, sheet.name)
                }
            }
        }
        let sheets = glimpse.sheets.map { "\"\($0.name)\"" }.joined(separator: ", ")
        guard let nearest else {
            let wanted = layouts.flatMap(\.sheets).map { "\"\($0)\"" }.joined(separator: " or ")
            if wanted.isEmpty || glimpse.isPlainTable {
                return FileRefusal(.parsingError, "The file is empty.", suggestion: "Please send the report again.")
            }
            return FileRefusal(
                .missingSheet, "The workbook has no sheet \(wanted); it has \(sheets).",
                suggestion: "Please send the report with its usual sheets.")
        }
        let missing = nearest.missing.map { "\"\($0)\"" }.joined(separator: ", ")
        let found = nearest.found.prefix(30).map { "\"\($0)\"" }.joined(separator: ", ")
        return FileRefusal(
            .parsingError,
            "The sheet \"\(nearest.sheet)\" lacks the column\(nearest.missing.count == 1 ? "" : "s") \(missing); found were \(found.isEmpty ? "none" : found).",
            suggestion: "Please send the report with its usual columns.")
    }
}

extension TableLayout {
    func candidates(in glimpse: Glimpse) -> [(Int, Glimpse.Sheet)] {
        let fitting = glimpse.sheets.enumerated().filter { _, sheet in
            glimpse.isPlainTable || sheets.isEmpty || sheets.contains(Folded.text(sheet.name))
        }
        return fitting.filter { !$0.1.isHidden } + fitting.filter { $0.1.isHidden }
    }
}

extension String {
    /// On one line, without blanks around it, and short enough for a sentence.
    var trimmedLine: String {
        String(split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80))
    }
}
