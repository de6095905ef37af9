extension MarkupCursor {
    /// Appends the text of the element whose start tag was just read, and steps behind its end tag. Elements inside are passed over.
    mutating func appendText(of tag: Tag, to bytes: inout [UInt8], limit: Int) throws(ScanStop) {
        guard !tag.isEmpty else { return }
        let start = bytes.count
        while true {
            let run = at
            var byte = self[at]
            while byte != UInt8(ascii: "<"), byte != UInt8(ascii: "&"), byte != 0x0D, byte >= 0x20 || byte == 0x0A || byte == 0x09 {
                at += 1
                byte = self[at]
            }
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: base + run, count: at - run))
            if bytes.count - start > limit { throw .fault(.limit("a cell's text is longer than \(limit) bytes")) }
            switch byte {
            case UInt8(ascii: "<"):
                if try endOrInner(to: &bytes) { return }
            case UInt8(ascii: "&"): try appendReference(to: &bytes)
            case 0x0D:
                // XML reads every line end as a line feed.
                guard at + 1 < end else { throw broken("its XML ends inside a text") }
                bytes.append(0x0A)
                at += self[at + 1] == 0x0A ? 2 : 1
            case 0: throw stop(at: at)
            default: throw broken("a text in it holds control characters")
            }
        }
    }

    /// At a `<` in text: true when it was the end tag.
    private mutating func endOrInner(to bytes: inout [UInt8]) throws(ScanStop) -> Bool {
        switch self[at + 1] {
        case UInt8(ascii: "/"):
            _ = try nextTag()
            return true
        case UInt8(ascii: "!") where starts("<![CDATA["):
            let close = try find("]]>", from: at + 9)
            appendLines(at + 9..<close, to: &bytes)
            at = close + 3
        case UInt8(ascii: "!"), UInt8(ascii: "?"): try passOver()
        case 0: throw stop(at: at + 1)
        default:
            let inner = try nextTag()
            try skip(inner, depth: 64)
        }
        return false
    }

    private func appendLines(_ range: Range<Int>, to bytes: inout [UInt8]) {
        for offset in range {
            if self[offset] == 0x0D {
                bytes.append(0x0A)
            } else if self[offset] != 0x0A || offset == range.lowerBound || self[offset - 1] != 0x0D {
                bytes.append(self[offset])
            }
        }
    }

    private static let named: [(StaticString, UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", UInt8(ascii: "\"")),
        ("&apos;", UInt8(ascii: "'")),
    ]

    /// `&amp;`, `&#13;`, `&#xD;`.
    private mutating func appendReference(to bytes: inout [UInt8]) throws(ScanStop) {
        for (spelling, byte) in MarkupCursor.named where starts(spelling) {
            bytes.append(byte)
            at += spelling.utf8CodeUnitCount
            return
        }
        guard self[at + 1] == UInt8(ascii: "#") else { throw broken("a text in it names an entity that XML does not know") }
        let isHex = self[at + 2] == UInt8(ascii: "x")
        var offset = at + (isHex ? 3 : 2)
        let first = offset
        var value: UInt32 = 0
        while let digit = MarkupCursor.digit(self[offset], isHex: isHex), value < 0x20_0000 {
            value = value * (isHex ? 16 : 10) + digit
            offset += 1
        }
        guard self[offset] == UInt8(ascii: ";"), offset > first, let scalar = Unicode.Scalar(value),
            value >= 0x20 || value == 9 || value == 10 || value == 13, value != 0xFFFE, value != 0xFFFF
        else { throw broken("a text in it names a character that XML does not know") }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
        at = offset + 1
    }

    static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
        if byte &- 48 < 10 { return UInt32(byte &- 48) }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return isHex && letter < 6 ? UInt32(letter) + 10 : nil
    }
}
