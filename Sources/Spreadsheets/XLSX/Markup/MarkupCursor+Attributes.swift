extension MarkupCursor {
    /// Calls `take` with the offsets of each attribute's name and value, in their order.
    @inline(__always)
    func forEachAttribute(_ tag: Tag, _ take: (_ name: Range<Int>, _ value: Range<Int>) -> Void) throws(ScanStop) {
        var offset = tag.attributes.lowerBound
        let limit = tag.attributes.upperBound
        while true {
            while offset < limit, MarkupCursor.isBlank(self[offset]) { offset += 1 }
            guard offset < limit else { return }
            let name = offset
            while offset < limit, self[offset] != UInt8(ascii: "="), !MarkupCursor.isBlank(self[offset]) { offset += 1 }
            let nameEnd = offset
            while offset < limit, MarkupCursor.isBlank(self[offset]) { offset += 1 }
            guard offset < limit, self[offset] == UInt8(ascii: "=") else { throw broken("its XML has an attribute without a value") }
            offset += 1
            while offset < limit, MarkupCursor.isBlank(self[offset]) { offset += 1 }
            let quote = offset < limit ? self[offset] : 0
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw broken("its XML has an attribute without quotes") }
            offset += 1
            let value = offset
            while offset < limit, self[offset] != quote { offset += 1 }
            guard offset < limit else { throw broken("its XML has an attribute without its closing quote") }
            take(name..<nameEnd, value..<offset)
            offset += 1
        }
    }

    /// Whether the bytes there spell this.
    @inline(__always)
    func spells(_ range: Range<Int>, _ spelling: StaticString) -> Bool {
        range.count == spelling.utf8CodeUnitCount && starts(spelling, at: range.lowerBound)
    }

    /// A whole number of up to nine digits, with or without blanks around it.
    func wholeNumber(_ range: Range<Int>) -> Int? {
        let inner = trimmed(range)
        guard !inner.isEmpty, inner.count <= 9 else { return nil }
        var value = 0
        for offset in inner {
            guard self[offset] &- 48 < 10 else { return nil }
            value = value * 10 + Int(self[offset] &- 48)
        }
        return value
    }

    func isTrue(_ range: Range<Int>) -> Bool {
        let inner = trimmed(range)
        return spells(inner, "1") || spells(inner, "true")
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, MarkupCursor.isBlank(self[start]) { start += 1 }
        while end > start, MarkupCursor.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }
}
