import Settings

/// Where to find a layout's period if no column has it: in a cell of the sheet, in the sheet's name, in the file's name, on another
/// sheet. That is their order, because files are renamed more easily than sheets.
struct PeriodRule: Sendable {
    private struct PeriodCell: Sendable {
        /// Nil for the sheet that is read.
        let sheet: NamePattern?
        /// Nil for any cell.
        let cell: CellAddress?
        /// How the period is written there.
        let patterns: [PeriodPattern]
    }

    private var sheet: [PeriodPattern] = []
    private var cells: [PeriodCell] = []
    private var fileName: [PeriodPattern] = []
    /// How the texts of a column, or of headers, are written.
    private(set) var texts: [PeriodPattern] = []

    /// How people usually write a period in a column.
    static let usualTexts = [
        "MMM YYYY", "MMM-YYYY", "MMM'YY", "YYYY-MM", "MM/YYYY", "QQ YYYY", "YYYY QQ", "MMM-MMM YYYY", "YYYY-WW", "YYYY WW", "WW YYYY",
        "WW/YYYY",
    ]
    .compactMap(PeriodPattern.init)

    var isEmpty: Bool { sheet.isEmpty && cells.isEmpty && fileName.isEmpty }

    init() {}

    init(_ node: SettingsNode) {
        sheet = node.periodPatterns("sheet")
        fileName = node.periodPatterns("file_name")
        texts = node.periodPatterns("texts")
        cells = node.nodes("cells").map { cell in
            let at = cell.text("at")
            let place = PeriodCell(
                sheet: cell.text("sheet").map { NamePattern($0) }, cell: at.flatMap(CellAddress.init), patterns: cell.periodPatterns("like")
            )
            if let at, place.cell == nil { cell.fault("at", "expected a cell such as \"B2\", found \"\(at)\"") }
            if place.patterns.isEmpty, !cell.has("like") {
                cell.fault("like", "is missing; expected how the period is written, such as \"YYYY MMM\"")
            }
            cell.nothingElse()
            return place
        }
        node.nothingElse()
    }

    /// All periods that are found, the one nearest to the figures first.
    func periods(in glimpse: Glimpse, sheet index: Int) -> [Period] {
        guard glimpse.sheets.indices.contains(index) else { return [] }
        let own = glimpse.sheets[index]
        let here = cells.filter { $0.sheet == nil }.map { period(at: $0, on: own) }
        let elsewhere = cells.map { place in
            place.sheet.flatMap { name in
                glimpse.sheets.lazy.filter { name.matches(folded: $0.foldedName) }.compactMap { self.period(at: place, on: $0) }.first
            }
        }
        return (here + [sheet.find(in: own.name), periodOfName(glimpse)] + elsewhere).compactMap { $0 }
    }

    func periodOfName(_ glimpse: Glimpse) -> Period? { fileName.find(in: FileStem.of(glimpse.fileName)) }

    private func period(at place: PeriodCell, on sheet: Glimpse.Sheet) -> Period? {
        for (number, row) in zip(sheet.rowNumbers, sheet.head) {
            guard let cell = place.cell else {
                if let period = row.lazy.compactMap({ $0.isEmpty ? nil : place.patterns.find(in: $0) }).first { return period }
                continue
            }
            if number == cell.row { return cell.column < row.count ? place.patterns.find(in: row[cell.column]) : nil }
        }
        return nil
    }

    /// For a sentence about a file that has no period.
    var wanted: String {
        var places: [String] = []
        if !sheet.isEmpty { places.append("the sheet's name (like \(sheet.wanted))") }
        for place in cells {
            places.append(
                "the \(place.cell.map { "cell \($0) (column \(ColumnName.text($0.column)), row \($0.row))" } ?? "cells")\(place.sheet.map { " of the sheet \"\($0.text)\"" } ?? "") (like \(place.patterns.wanted))"
            )
        }
        if !fileName.isEmpty { places.append("the file's name (like \(fileName.wanted))") }
        return places.joined(separator: ", ")
    }
}

extension SettingsNode {
    func periodPatterns(_ key: String) -> [PeriodPattern] {
        texts(key).compactMap { text in
            let pattern = PeriodPattern(text)
            if pattern == nil {
                fault(key, "\"\(text)\" is no period; write it with YYYY, YY, MMM, MM, DD, QQ or WW, such as \"MMM YYYY\"")
            }
            return pattern
        }
    }
}

/// A file's name without its ending, and without what browsers add to copies: ` (1)`, `__5_`.
enum FileStem {
    static func of(_ name: String) -> String {
        var stem = Substring(name)
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex, stem.distance(from: dot, to: stem.endIndex) <= 5 {
            stem = stem[..<dot]
        }
        while let shorter = withoutSuffix(stem, "(", ")") ?? withoutSuffix(stem, "__", "_") { stem = shorter }
        return String(stem)
    }

    private static func withoutSuffix(_ stem: Substring, _ opening: String, _ closing: String) -> Substring? {
        guard stem.hasSuffix(closing) else { return nil }
        var rest = stem.dropLast(closing.count)
        let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...3).contains(digits) else { return nil }
        rest = rest.dropLast(digits)
        guard rest.hasSuffix(opening) else { return nil }
        rest = rest.dropLast(opening.count)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
