// The standard library normalizes text for its own comparisons and offers the result under this name; so Foundation is not needed.
@_spi(_Unicode) import Swift

/// Text as NFC, so that equal texts have equal bytes whatever program wrote them.
enum Normalization {
    /// Below this lead byte nothing changes in NFC: U+0300, the first character that can, begins with 0xCC.
    static let firstLeadByte: UInt8 = 0xCC

    /// The text's NFC where it differs from the text, otherwise nil. What is not UTF-8 is mended.
    static func changed(_ text: Span<UInt8>) -> [UInt8]? {
        if isSurelyNFC(text) { return nil }
        let before = unsafe text.withUnsafeBufferPointer { unsafe Array($0) }
        let after = nfc(String(decoding: before, as: UTF8.self))
        return before == after ? nil : after
    }

    static func nfc(name: String) -> String { String(decoding: nfc(name), as: UTF8.self) }

    /// The text with no more than thirty combining marks in a run, by the Stream-Safe Text Process of UAX #15: a grapheme joiner
    /// is set in behind each thirty. Whoever normalizes, compares or hashes a text sorts each run of marks, in a time that grows with
    /// the square of its length, so that a few kilobytes of them would keep a reader busy for minutes.
    static func streamSafe(_ text: String) -> String {
        // Each mark takes two bytes or more.
        guard text.utf8.count > 2 * longestRun else { return text }
        var safe = String.UnicodeScalarView()
        var marks = 0
        var isCut = false
        for scalar in text.unicodeScalars {
            marks = isMark(scalar) ? marks + 1 : 0
            if marks > longestRun {
                safe.append("\u{34F}")
                (marks, isCut) = (1, true)
            }
            safe.append(scalar)
        }
        return isCut ? String(safe) : text
    }

    private static let longestRun = 30

    /// Whether the character, or the first one it is made of, stands above or below another one.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x300: false
        case 0xF73, 0xF75, 0xF81: true
        default: scalar.properties.canonicalCombiningClass != .notReordered
        }
    }

    private static func nfc(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in streamSafe(text)._nfc { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
        return bytes
    }

    /// A quick look that spares most texts the work. Cyrillic, dashes, quotation marks and currency signs pass, combining marks do not.
    private static func isSurelyNFC(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte >= firstLeadByte {
                guard index + 2 < text.count || byte < 0xE0 && index + 1 < text.count,
                    staysItself(byte, text[index + 1], index + 2 < text.count ? text[index + 2] : 0)
                else { return false }
            }
            index += 1
        }
        return true
    }

    /// U+0400–U+0482 and U+0490–U+052F; U+2000–U+203F without the two quads that NFC replaces; U+2080–U+20BF.
    private static func staysItself(_ lead: UInt8, _ next: UInt8, _ last: UInt8) -> Bool {
        switch (lead, next) {
        case (0xD0, _), (0xD1, _), (0xD3, _), (0xD4, 0x80...0xAF): true
        case (0xD2, 0x80...0x82), (0xD2, 0x90...0xBF): true
        case (0xE2, 0x82): true
        case (0xE2, 0x80): last > 0x81
        default: false
        }
    }
}
