/// Finds a sheet's merged cells, which stand behind all its rows.
struct MergedCellsScan: MarkupScan {
    private enum Phase { case root, head, rows, tail }

    private let limits: Limits
    private(set) var ranges: [CellRange] = []
    private(set) var prefix: [UInt8] = []
    private var phase = Phase.root

    init(limits: Limits) { self.limits = limits }

    /// Takes the next step; false at the sheet's end.
    mutating func next(_ cursor: inout MarkupCursor) throws(ScanStop) -> Bool {
        if phase == .rows {
            cursor.at = try endOfRows(cursor)
            phase = .tail
        }
        let tag = try cursor.nextTag()
        switch phase {
        case .root:
            prefix = cursor.prefix(of: tag.name)
            phase = .head
            return !tag.isEmpty
        case .head: if tag.element == .sheetData, !tag.isEnd { phase = tag.isEmpty ? .tail : .rows }
        case .rows: break
        case .tail: if tag.element == .mergeCell, !tag.isEnd { try take(tag, cursor) }
        }
        return !(tag.isEnd && tag.element == .worksheet)
    }

    /// Where the window does not hold the end of the rows, only what may be the beginning of their end tag must stay.
    func canDrop(_ cursor: MarkupCursor) -> Int {
        phase == .rows ? max(cursor.at, cursor.end - endTag.count) : 0
    }

    private mutating func take(_ tag: MarkupCursor.Tag, _ cursor: MarkupCursor) throws(ScanStop) {
        var found: CellRange?
        try cursor.forEachAttribute(tag) { name, value in
            guard cursor.spells(name, "ref") else { return }
            let text = unsafe UnsafeBufferPointer(start: cursor.base + value.lowerBound, count: value.count)
            found = unsafe CellRange(reference: String(decoding: text, as: UTF8.self))
        }
        guard let found else { return }
        guard ranges.count < limits.mergedCells else {
            throw .fault(.limit("it has more than \(limits.mergedCells) merged cells", .split))
        }
        ranges.append(found)
    }

    private var endTag: [UInt8] { Array("</".utf8) + prefix + Array("sheetData".utf8) }

    private func endOfRows(_ cursor: MarkupCursor) throws(ScanStop) -> Int {
        let endTag = endTag
        let first = endTag.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var offset = cursor.at
        while offset <= cursor.end - endTag.count {
            if cursor.word(offset) == first, endTag.indices.allSatisfy({ cursor[offset + $0] == endTag[$0] }) { return offset }
            offset += 1
        }
        throw .incomplete
    }
}
