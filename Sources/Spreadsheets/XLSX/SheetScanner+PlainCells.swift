import Cells

extension SheetScanner {
    /// Reads a cell written as `<c r="B7" s="3" t="s"><v>12</v></c>`, the way Excel and nearly all others write it, if one stands here.
    /// - Parameter column: the column that a cell without a reference would have.
    /// - Returns: false when it is anything else; the cursor then has not moved.
    @inline(__always)
    func plainCell(_ cursor: inout MarkupCursor, column next: inout Int) throws(ScanStop) -> Bool {
        var at = cursor.at
        // `<c r="`
        guard cursor.word(at) & 0xFFFF_FFFF_FFFF == 0x223D_7220_633C else { return false }
        at += 6
        var column = 0
        while case let letter = Int(cursor[at]) - 64, letter > 0, letter <= 26, column < 1000 {
            column = column * 26 + letter
            at += 1
        }
        guard column > 0, cursor.word(at) & current.mask == current.spelling else { return false }
        at += current.length
        var style = 0
        // ` s="`
        if cursor.half(at) == 0x223D_7320 {
            at += 4
            while cursor[at] &- 48 < 10, style < 1 << 20 {
                style = style * 10 + Int(cursor[at] &- 48)
                at += 1
            }
            guard cursor[at] == UInt8(ascii: "\"") else { return false }
            at += 1
        }
        var kind = UInt8(ascii: "n")
        // ` t="`
        if cursor.half(at) == 0x223D_7420 {
            guard cursor[at + 5] == UInt8(ascii: "\"") else { return false }
            kind = cursor[at + 4]
            at += 6
        }
        // `><v>`
        guard cursor.half(at) == 0x3E76_3C3E else {
            // `/>`: a cell with a style and no value.
            guard cursor[at] == UInt8(ascii: "/"), cursor[at + 1] == UInt8(ascii: ">") else { return false }
            next = column
            cursor.at = at + 2
            return true
        }
        at += 4
        guard let cell = plainValue(cursor, &at, kind: kind, style: style, column: Int32(truncatingIfNeeded: column - 1)) else {
            return false
        }
        // `</v></c>`
        guard cursor.word(at) == 0x3E63_2F3C_3E76_2F3C else { return false }
        guard column <= limits.columns, cells.append(cell) else { throw tooWide() }
        next = column
        cursor.at = at + 8
        return true
    }

    @inline(__always)
    private func plainValue(_ cursor: borrowing MarkupCursor, _ at: inout Int, kind: UInt8, style: Int, column: Int32) -> Cell? {
        if kind == UInt8(ascii: "s") {
            let first = at
            var index = 0
            while cursor[at] &- 48 < 10, at - first < 10 {
                index = index * 10 + Int(cursor[at] &- 48)
                at += 1
            }
            // An index out of range and an empty text take the careful way.
            guard at > first, index < shared.count, !sharedHasEmpty || !shared.isEmpty(index) else { return nil }
            return .sharedText(Int32(truncatingIfNeeded: index), column: column)
        }
        guard kind == UInt8(ascii: "n"), let number = cursor.number(&at) else { return nil }
        if styles.isDate(style), let time = dates.time(number) { return .date(time, column: column) }
        return .number(number, column: column)
    }
}

extension MarkupCursor {
    /// Eight bytes at once; the slack behind the window always has them.
    @inline(__always) func word(_ offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
    }

    @inline(__always) fileprivate func half(_ offset: Int) -> UInt32 {
        unsafe UInt32(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt32.self))
    }

    /// The number that begins at the offset, which then stands behind it. Nil for what is none or has more than eighteen digits:
    /// the slower `DecimalNumber(text:)` judges those.
    @inline(__always)
    fileprivate func number(_ offset: inout Int) -> DecimalNumber? {
        var next = offset
        let isNegative = self[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        let first = next
        var digits: Int64 = 0
        while self[next] &- 48 < 10 {
            digits = digits &* 10 &+ Int64(self[next] &- 48)
            next += 1
        }
        var count = next - first
        var exponent = 0
        if self[next] == UInt8(ascii: ".") {
            next += 1
            let point = next
            while self[next] &- 48 < 10 {
                digits = digits &* 10 &+ Int64(self[next] &- 48)
                next += 1
            }
            exponent = point - next
            count += next - point
        }
        guard count > 0, count <= 18 else { return nil }
        if self[next] | 0x20 == UInt8(ascii: "e") {
            guard let power = power(&next) else { return nil }
            exponent += power
        }
        offset = next
        return DecimalNumber(digits: isNegative ? 0 &- digits : digits, exponent: Int16(truncatingIfNeeded: exponent))
    }

    /// `E-7` with one to three digits.
    private func power(_ offset: inout Int) -> Int? {
        var next = offset + 1
        let isNegative = self[next] == UInt8(ascii: "-")
        if isNegative || self[next] == UInt8(ascii: "+") { next += 1 }
        let first = next
        var value = 0
        while self[next] &- 48 < 10, next - first < 4 {
            value = value * 10 + Int(self[next] &- 48)
            next += 1
        }
        guard next > first, next - first < 4 else { return nil }
        offset = next
        return isNegative ? -value : value
    }
}
