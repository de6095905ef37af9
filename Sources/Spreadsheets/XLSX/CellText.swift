/// Turns a text as a workbook's XML writes it into the text that its sheet shows.
enum CellText {
    /// Undoes `_x000D_` escapes in the text from `start` on and makes it NFC; false where it is not UTF-8.
    static func finish(_ bytes: inout [UInt8], from start: Int) -> Bool {
        var highest: UInt8 = 0
        var hasEscape = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            highest = max(highest, byte)
            if byte == UInt8(ascii: "_"), index + 6 < bytes.count, bytes[index + 1] == UInt8(ascii: "x") { hasEscape = true }
        }
        if highest >= 0x80 {
            var check = UTF8Check()
            check.take(bytes.span.extracting(start..<bytes.count))
            guard check.isValid, check.isComplete else { return false }
        }
        if hasEscape { undoEscapes(&bytes, from: start) }
        if highest >= Normalization.firstLeadByte || hasEscape,
            let text = Normalization.changed(bytes.span.extracting(start..<bytes.count))
        {
            bytes.replaceSubrange(start..., with: text)
        }
        return true
    }

    /// ECMA-376, ST_Xstring: `_xHHHH_` is the UTF-16 unit of that number, and `_x005F_` an underscore that begins no escape.
    private static func undoEscapes(_ bytes: inout [UInt8], from start: Int) {
        var plain: [UInt8] = []
        var at = start
        var high: UInt16?
        while at < bytes.count {
            guard let unit = unit(bytes, at) else {
                if high.take() != nil { plain.append(contentsOf: "\u{FFFD}".utf8) }
                plain.append(bytes[at])
                at += 1
                continue
            }
            at += 7
            if let first = high.take() {
                if unit & 0xFC00 == 0xDC00,
                    let scalar = Unicode.Scalar(0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF)))
                {
                    plain.append(contentsOf: UTF8.encode(scalar) ?? .init())
                    continue
                }
                plain.append(contentsOf: "\u{FFFD}".utf8)
            }
            if unit & 0xFC00 == 0xD800 {
                high = unit
            } else {
                plain.append(contentsOf: UTF8.encode(Unicode.Scalar(unit) ?? "\u{FFFD}") ?? .init())
            }
        }
        if high != nil { plain.append(contentsOf: "\u{FFFD}".utf8) }
        bytes.replaceSubrange(start..., with: plain)
    }

    private static func unit(_ bytes: [UInt8], _ at: Int) -> UInt16? {
        guard at + 6 < bytes.count, bytes[at] == UInt8(ascii: "_"), bytes[at + 1] == UInt8(ascii: "x"), bytes[at + 6] == UInt8(ascii: "_")
        else { return nil }
        var value: UInt16 = 0
        for index in at + 2..<at + 6 {
            guard let digit = MarkupCursor.digit(bytes[index], isHex: true) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}

extension MarkupCursor {
    /// Appends the text of an `si` or `is` element whose start tag was just read: its own and that of its runs, but no phonetic hints.
    mutating func appendRichText(of outer: Tag, to bytes: inout [UInt8], limits: Limits) throws(ScanStop) {
        guard !outer.isEmpty else { return }
        let start = bytes.count
        var depth = 0
        while true {
            let tag = try nextTag()
            if tag.isEnd {
                if depth == 0 { return }
                depth -= 1
            } else if tag.element == .text {
                try appendText(of: tag, to: &bytes, limit: limits.textBytes)
                if bytes.count - start > limits.textBytes {
                    throw .fault(.limit("a cell's text is longer than \(limits.textBytes) bytes", .shorten))
                }
            } else if tag.element == .run {
                if !tag.isEmpty { depth += 1 }
                if depth > limits.xmlDepth { throw .fault(.limit("its XML has elements more than \(limits.xmlDepth) deep")) }
            } else {
                try skip(tag, depth: limits.xmlDepth)
            }
        }
    }

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
            if bytes.count - start > limit { throw .fault(.limit("a cell's text is longer than \(limit) bytes", .shorten)) }
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

    private static let entities: [(StaticString, UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", UInt8(ascii: "\"")),
        ("&apos;", UInt8(ascii: "'")),
    ]

    /// `&amp;`, `&#13;`, `&#xD;`.
    private mutating func appendReference(to bytes: inout [UInt8]) throws(ScanStop) {
        for (spelling, byte) in MarkupCursor.entities where starts(spelling) {
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

    fileprivate static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
        if byte &- 48 < 10 { return UInt32(byte &- 48) }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return isHex && letter < 6 ? UInt32(letter) + 10 : nil
    }
}
