/// The merged cells of one sheet: what stands in the first holds for all. They are looked up only where a row lacks something, because
/// finding them costs a second look at the sheet.
package final class MergedCells {
    package typealias Range = (rows: ClosedRange<Int>, columns: ClosedRange<Int>)

    private let find: () throws -> [Range]
    /// Nil until somebody asks.
    private var found: [Range]?
    /// By their first column, in the order of their rows; nil until somebody asks.
    private var byColumn: [Int: [ClosedRange<Int>]]?

    package init(_ find: @escaping () throws -> [Range]) { self.find = find }

    static var none: MergedCells { MergedCells { [] } }

    /// The first row of the merged cell that covers this place, if it began in a row above.
    func anchorRow(_ column: Int, row: Int) throws -> Int? {
        let ranges = try ranges()[column] ?? []
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < row { low = middle + 1 } else { high = middle }
        }
        guard low < ranges.count, ranges[low].contains(row), ranges[low].lowerBound < row else { return nil }
        return ranges[low].lowerBound
    }

    /// The columns that merged cells of this row cover together.
    func columns(inRow row: Int) throws -> [ClosedRange<Int>] {
        try all().filter { $0.rows.contains(row) && $0.columns.count > 1 }.map(\.columns)
    }

    private func all() throws -> [Range] {
        if let found { return found }
        let all = try find()
        found = all
        return all
    }

    private func ranges() throws -> [Int: [ClosedRange<Int>]] {
        if let byColumn { return byColumn }
        let tall = try all().filter { $0.rows.count > 1 }
        let sorted = Dictionary(grouping: tall, by: \.columns.lowerBound).mapValues { ranges in
            ranges.map(\.rows).sorted { $0.upperBound < $1.upperBound }
        }
        byColumn = sorted
        return sorted
    }
}
