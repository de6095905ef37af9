import Cells

/// An unknown file, ready to be asked what it holds.
struct FileLook {
    private static let mostSheets = 60

    let name: String
    let isPlainTable: Bool
    /// Those that are not hidden.
    let sheets: [SheetLook]
    let hidden: [String]

    init(_ glimpse: Glimpse) {
        name = glimpse.fileName
        isPlainTable = glimpse.isPlainTable
        sheets = glimpse.sheets.prefix(FileLook.mostSheets).enumerated().filter { !$0.element.isHidden && !$0.element.head.isEmpty }
            .map { SheetLook($0.element, at: $0.offset) }
        hidden = glimpse.sheets.filter(\.isHidden).map(\.name)
    }
}

/// An unknown sheet's first rows, ready to be asked what they hold.
struct SheetLook {
    private static let mostColumns = 300

    /// The sheet's place in the workbook, from 0.
    let index: Int
    let name: String
    /// Every text on one line; blanks and dashes as empty texts.
    let rows: [[String]]
    let rowNumbers: [Int]
    let numbers: WrittenNumbers
    let width: Int
    /// Whether the sheet goes on below what was seen.
    let isCut: Bool

    init(_ sheet: Glimpse.Sheet, at index: Int) {
        self.index = index
        name = sheet.name
        rows = sheet.head.map { row in row.prefix(SheetLook.mostColumns).map { SheetLook.line($0) } }
        rowNumbers = sheet.rowNumbers
        numbers = WrittenNumbers(rows.lazy.flatMap { $0 })
        width = rows.map(\.count).max() ?? 0
        isCut = rows.count >= Glimpse.rows
    }

    private static func line(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return ["-", "–", "—", "−", "n/a"].contains(line.lowercased()) ? "" : line
    }

    func text(_ row: Int, _ column: Int) -> String {
        rows.indices.contains(row) && rows[row].indices.contains(column) ? rows[row][column] : ""
    }

    func first(_ row: Int) -> (column: Int, text: String)? {
        rows[row].enumerated().first { !$0.element.isEmpty }.map { ($0.offset, $0.element) }
    }

    /// The rows below a header that are no sums.
    func body(under header: Int) -> [Int] {
        let totals = Set(totals(under: header).map(\.row))
        return (header + 1..<max(header + 1, rows.count)).filter { first($0) != nil && !totals.contains($0) }
    }

    /// The rows below a header that are sums, by their first word or by their figures.
    func totals(under header: Int) -> [(row: Int, text: String, byFigures: Bool)] {
        var found: [(row: Int, text: String, byFigures: Bool)] = []
        var above: [Int] = []
        for row in header + 1..<max(header + 1, rows.count) {
            guard let first = first(row) else { continue }
            if TotalWords.isTotal(first.text) {
                found.append((row, first.text, false))
            } else if isSum(row, of: above), first.text.contains(where: \.isLetter) {
                found.append((row, first.text, true))
            } else {
                above.append(row)
            }
        }
        return found
    }

    /// Whether the sheet's last row has hardly a text, and all its figures are the sums of those above it. A product's row has such
    /// figures by chance now and then, so a row within the sheet is none, and neither is one that names a size.
    private func isSum(_ row: Int, of above: [Int]) -> Bool {
        guard above.count >= 2, !isCut, row == rows.indices.last(where: { first($0) != nil }) else { return false }
        let texts = rows[row].filter { $0.contains(where: \.isLetter) }
        guard texts.count == 1, texts[0].count <= 30, !texts[0].contains(where: \.isNumber) else { return false }
        var sums: Set<[Int64]> = []
        for (column, text) in rows[row].enumerated() where !text.isEmpty {
            guard let stated = numbers.units(text) else { continue }
            let parts = above.map { numbers.units(self.text($0, column)) ?? 0 }
            guard parts.count(where: { $0 != 0 }) >= 2, SheetLook.sum(parts) == stated else { return false }
            sums.insert(parts)
        }
        // One figure alone is a sum too easily: 1, 2, 3.
        return sums.count > 1 || sums.count == 1 && above.count > 3
    }

    func look(_ column: Int, under header: Int, rows body: [Int]) -> ColumnLook {
        ColumnLook(column: column, header: text(header, column), cells: body.map { text($0, column) }, numbers: numbers)
    }

    /// Nil where the sum is too large to be one.
    static func sum(_ parts: some Sequence<Int64>) -> Int64? {
        var sum: Int64 = 0
        for part in parts {
            let (next, overflow) = sum.addingReportingOverflow(part)
            if overflow { return nil }
            sum = next
        }
        return sum
    }

    /// The patterns that a layout's `totals` needs for the sums that were seen, and which of them only their figures show.
    func totalPatterns(under header: Int) -> (patterns: [String], byFigures: [String]) {
        var patterns = ["total", "grand total"]
        var byFigures: [String] = []
        func add(_ pattern: String) { if !patterns.contains(pattern) { patterns.append(pattern) } }
        for total in totals(under: header) {
            let folded = Folded.text(total.text)
            if total.byFigures { byFigures.append(total.text) }
            if let ending = TotalWords.ending(total.text), Folded.text(ending) != folded, !TotalWords.isAlone(total.text) {
                add("* \(Folded.text(ending))")
            } else if !NamePattern(folded).text.contains("*") {
                add(folded)
            }
        }
        return (patterns, byFigures)
    }

    /// The name as a profile states it: where a year is in it, its digits stand for any.
    var namePattern: String {
        let line = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.split(whereSeparator: { !$0.isNumber }).contains(where: { run in Int(run).map { (1990...2100).contains($0) } ?? false })
        else { return line }
        return String(line.map { $0.isASCII && $0.isNumber ? "#" : $0 })
    }

    /// Whether the whole name is a period, or a month without its year.
    var isNamedByPeriod: Bool { WrittenTime.patterns(for: [name], days: true).read == 1 }
}
