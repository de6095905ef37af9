import Cells

/// Rows in the order of a column: by number where all of it are numbers, by their small letters otherwise. Rows that are alike stay as they
/// stood, and rows without a value come last whichever way is asked for.
enum SortedRows {
    static func sorted(_ rows: [Int32], by column: Int, of cells: PackedCells, descending: Bool) -> [Int32] {
        let filled = rows.filter { cells.has(Int($0), column) }
        let empty = filled.count == rows.count ? [] : rows.filter { !cells.has(Int($0), column) }
        return (numbers(filled, column, cells, descending) ?? texts(filled, column, cells, descending)) + empty
    }

    /// Nil where the column, also in rows that were not asked for, holds something else.
    private static func numbers(_ rows: [Int32], _ column: Int, _ cells: PackedCells, _ descending: Bool) -> [Int32]? {
        for row in 0..<cells.rows {
            if let text = cells.text(row, column), DecimalNumber(text: text) == nil { return nil }
        }
        var keys: [(number: Double, row: Int32, place: Int)] = []
        for (place, row) in rows.enumerated() {
            guard let number = cells.text(Int(row), column).flatMap({ DecimalNumber(text: $0)?.double }) else { return nil }
            keys.append((number, row, place))
        }
        keys.sort { one, other in
            if one.number != other.number { return (one.number < other.number) != descending }
            return one.place < other.place
        }
        return keys.map(\.row)
    }

    private static func texts(_ rows: [Int32], _ column: Int, _ cells: PackedCells, _ descending: Bool) -> [Int32] {
        /// The first eight bytes decide nearly always, and are compared as one number.
        struct Key {
            let start: UInt64
            let text: ArraySlice<UInt8>
            let row: Int32
            let place: Int

            func isBefore(_ other: Key, descending: Bool) -> Bool {
                if start != other.start { return (start < other.start) != descending }
                if text.elementsEqual(other.text) { return place < other.place }
                return text.lexicographicallyPrecedes(other.text) != descending
            }
        }
        let keys = rows.enumerated().map { place, row in
            let text = cells.folded(Int(row), column) ?? []
            let start = text.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * max(0, 8 - text.count))
            return Key(start: start, text: text, row: row, place: place)
        }
        return keys.sorted { $0.isBefore($1, descending: descending) }.map(\.row)
    }
}
