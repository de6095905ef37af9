import Cells

extension SheetScanner {
    /// Reads a cell of any form; its start tag was just read.
    mutating func carefulCell(
        _ cursor: inout MarkupCursor, _ tag: MarkupCursor.Tag, column next: inout Int, into row: inout Row
    ) throws(ScanStop) {
        let head = try CellHead(cursor, tag)
        let column = column(at: head.place, after: next)
        guard column < limits.columns else { throw tooWide() }
        next = column + 1
        guard !tag.isEmpty else { return }
        let start = row.bytes.count
        let parts = try readParts(&cursor, head.kind, into: &row)
        guard let cell = try value(head, parts, start, Int32(truncatingIfNeeded: column), &row) else { return }
        guard cells.append(cell) else { throw tooWide() }
    }

    /// Appends the text of the cell's value, of several the first. An inline text counts before any value beside it.
    private func readParts(_ cursor: inout MarkupCursor, _ kind: CellHead.Kind, into row: inout Row) throws(ScanStop) -> CellParts {
        var parts = CellParts()
        let start = row.bytes.count
        while true {
            let inner = try cursor.nextTag()
            if inner.isEnd {
                guard inner.element == .cell else { throw cursor.unopened() }
                return parts
            }
            if inner.element == .value, start == row.bytes.count, !parts.hasInlineText {
                parts.hasResult = true
                try cursor.appendText(of: inner, to: &row.bytes, limit: limits.textBytes)
            } else if inner.element == .inlineText, kind == .inline, !parts.hasInlineText {
                (parts.hasResult, parts.hasInlineText) = (true, true)
                row.bytes.removeLast(row.bytes.count - start)
                try cursor.appendRichText(of: inner, to: &row.bytes, limits: limits)
            } else {
                if inner.element == .formula { parts.hasFormula = true }
                try cursor.skip(inner, depth: limits.xmlDepth)
            }
        }
    }

    /// What the text from `start` on means; nil for an empty cell.
    private func value(
        _ head: CellHead, _ parts: CellParts, _ start: Int, _ column: Int32, _ row: inout Row
    ) throws(ScanStop) -> Cell? {
        let written = head.kind.isTyped ? trimmed(row.bytes, from: start) : start..<row.bytes.count
        guard !written.isEmpty else {
            row.bytes.removeLast(row.bytes.count - start)
            // A formula may result in an empty text, and in no other empty value.
            guard parts.hasFormula, !(parts.hasResult && head.kind.mayBeEmpty) else { return nil }
            row.hasUncalculated = true
            return .uncalculated(column: column)
        }
        // Where the value is not of its kind, its text stays and is kept as a text.
        if head.kind.isTyped, let cell = try typed(head, row.bytes[written], column) {
            row.bytes.removeLast(row.bytes.count - start)
            if parts.hasFormula, cell.number?.digits == 0 { row.hasZeroFormula = true }
            guard let index = cell.sharedIndex, shared.isEmpty(index) else { return cell }
            return nil
        }
        guard CellText.finish(&row.bytes, from: start) else { throw .fault(.damaged("a text is not UTF-8")) }
        guard let offset = Int32(exactly: start), let count = Int32(exactly: row.bytes.count - start) else { throw tooWide() }
        return count == 0 ? nil : .text(offset: offset, count: count, column: column, isError: head.kind == .error)
    }

    private func typed(_ head: CellHead, _ text: ArraySlice<UInt8>, _ column: Int32) throws(ScanStop) -> Cell? {
        switch head.kind {
        case .number:
            guard let number = DecimalNumber(text: text) else { return nil }
            if styles.isDate(head.style), let time = dates.time(number) { return .date(time, column: column) }
            return .number(number, column: column)
        case .shared:
            guard let index = DecimalNumber(text: text)?.whole, index >= 0, index < shared.count else {
                throw .fault(.damaged("a cell names a shared text that is not there"))
            }
            return .sharedText(Int32(truncatingIfNeeded: index), column: column)
        case .bool:
            if text.elementsEqual("1".utf8) || text.elementsEqual("true".utf8) { return .bool(true, column: column) }
            if text.elementsEqual("0".utf8) || text.elementsEqual("false".utf8) { return .bool(false, column: column) }
            return nil
        case .date:
            return dates.time(iso: String(decoding: text, as: UTF8.self)).map { .date($0, column: column) }
        case .text, .inline, .error: return nil
        }
    }

    private func trimmed(_ bytes: [UInt8], from start: Int) -> Range<Int> {
        var (start, end) = (start, bytes.count)
        while start < end, MarkupCursor.isBlank(bytes[start]) { start += 1 }
        while end > start, MarkupCursor.isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }
}

/// What stands between a cell's tags, beside its text.
private struct CellParts {
    var hasFormula = false
    var hasInlineText = false
    /// Whether an element for the value is there, be it empty.
    var hasResult = false
}

/// What a cell's start tag says.
private struct CellHead {
    enum Kind {
        case number, shared, text, inline, bool, error, date

        /// Whether the value is a figure, around which blanks mean nothing.
        var isTyped: Bool { self == .number || self == .shared || self == .bool || self == .date }

        var mayBeEmpty: Bool { self == .text || self == .inline }
    }

    /// Nil where the cell does not say where it stands.
    let place: CellPlace?
    let style: Int
    let kind: Kind

    init(_ cursor: borrowing MarkupCursor, _ tag: MarkupCursor.Tag) throws(ScanStop) {
        var hasBadPlace = false
        var place: CellPlace?
        var style = 0
        var kind: Kind? = .number
        try cursor.forEachAttribute(tag) { name, value in
            guard name.count == 1 else { return }
            switch cursor[name.lowerBound] {
            case UInt8(ascii: "r"):
                place = unsafe CellPlace(reference: UnsafeBufferPointer(start: cursor.base + value.lowerBound, count: value.count))
                hasBadPlace = place == nil
            case UInt8(ascii: "s"): style = cursor.wholeNumber(value) ?? 0
            case UInt8(ascii: "t"): kind = CellHead.kind(cursor, value)
            default: break
            }
        }
        if hasBadPlace { throw cursor.broken("a cell in it says wrongly where it stands") }
        guard let kind else { throw cursor.broken("a cell in it has a type that spreadsheets do not know") }
        (self.place, self.style, self.kind) = (place, style, kind)
    }

    private static func kind(_ cursor: borrowing MarkupCursor, _ value: Range<Int>) -> Kind? {
        switch value.count {
        case 1:
            switch cursor[value.lowerBound] {
            case UInt8(ascii: "n"): .number
            case UInt8(ascii: "s"): .shared
            case UInt8(ascii: "b"): .bool
            case UInt8(ascii: "e"): .error
            case UInt8(ascii: "d"): .date
            default: nil
            }
        case 3 where cursor.spells(value, "str"): .text
        case 9 where cursor.spells(value, "inlineStr"): .inline
        default: nil
        }
    }
}
