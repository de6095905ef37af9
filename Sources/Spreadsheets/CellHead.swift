/// What a cell's start tag says.
struct CellHead {
    enum Kind { case number, shared, text, inline, bool, error, date }

    /// Nil where the cell does not say where it stands.
    var place: CellPlace?
    var style = 0
    var kind = Kind.number

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
        if hasBadPlace { throw cursor.broken("a cell in it does not say rightly where it stands") }
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
