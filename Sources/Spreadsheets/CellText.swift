/// What turns a text as a workbook's XML writes it into the text that its sheet shows.
enum CellText {
    /// Undoes `_x000D_` escapes in the text from `start` on, makes it NFC, and checks that it is UTF-8 at all.
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

    /// ECMA-376 ST_Xstring: `_xHHHH_` is the UTF-16 unit of that number, and `_x005F_` an underscore that begins no escape.
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
