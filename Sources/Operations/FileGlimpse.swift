import Cells
import Sellout

/// A first look at a file through the confined reader, as the reader itself takes one.
package enum FileGlimpse {
    private static let mostColumns = 1000

    package static func of(_ file: any FileViewing) throws -> Glimpse {
        let outlines = try file.outlines()
        var heads: [String: (rows: [[String]], numbers: [Int])] = [:]
        try file.rows { sheet, row in
            guard heads[sheet]?.rows.count ?? 0 < Glimpse.rows else {
                // The rest of a sheet is passed over; behind the last one there is nothing more to see.
                return outlines.contains { heads[$0.name]?.rows.count ?? 0 < min(Glimpse.rows, $0.rows) }
            }
            heads[sheet, default: ([], [])].rows.append(texts(of: row))
            heads[sheet]?.numbers.append(row.number)
            return true
        }
        let sheets = outlines.map { outline in
            let head = heads[outline.name] ?? ([], [])
            return Glimpse.Sheet(name: outline.name, isHidden: outline.isHidden, head: head.rows, rowNumbers: head.numbers)
        }
        return Glimpse(fileName: file.name, isPlainTable: file.name.lowercased().hasSuffix(".csv"), sheets: sheets)
    }

    private static func texts(of row: Row) -> [String] {
        var texts: [String] = []
        for cell in row.cells where cell.column < mostColumns {
            while texts.count < Int(cell.column) { texts.append("") }
            texts.append(row.string(cell))
        }
        return texts
    }
}
