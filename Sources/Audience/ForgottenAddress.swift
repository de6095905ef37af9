/// Whose records are to go: an address, or whatever else somebody is known by, whichever field it stands in. Letters count in either case,
/// blanks around it do not.
package struct ForgottenAddress: Sendable {
    /// In small letters.
    private let text: String
    private let bytes: [UInt8]
    private let isASCII: Bool

    /// Nil for a text without anything in it.
    package init?(_ address: String) {
        let bare = Self.bare(Array(address.utf8)[...])
        guard !bare.isEmpty else { return nil }
        text = String(decoding: bare, as: UTF8.self).lowercased()
        bytes = Array(text.utf8)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    package func isIn(_ record: KeptRecord) -> Bool { record.texts(isSame) }

    package func isSame(_ text: String) -> Bool {
        String(decoding: Self.bare(Array(text.utf8)[...]), as: UTF8.self).lowercased() == self.text
    }

    /// Whether the text speaks of them, whatever else it says.
    package func isWithin(_ text: String) -> Bool { text.lowercased().contains(self.text) }

    /// Of a text as JSON writes it.
    private func isSame(_ raw: ArraySlice<UInt8>) -> Bool {
        // Most texts are plain, and most of those of another length.
        if isASCII, raw.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) {
            let bare = Self.bare(raw)
            return bare.count == bytes.count && bare.elementsEqual(bytes) { Self.small($0) == $1 }
        }
        return isSame(JSONString.text(raw))
    }

    private static func small(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

    private static func bare(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        guard let first = raw.firstIndex(where: { !isBlank($0) }), let last = raw.lastIndex(where: { !isBlank($0) }) else { return [] }
        return raw[first...last]
    }

    /// The block without their records, and how many those were; nil where it holds none.
    package func removed(from block: RecordBlock) -> (block: RecordBlock, records: Int)? {
        var left = RecordBlock()
        var records = 0
        block.records { record in
            if isIn(record) {
                records += 1
            } else {
                left.rows += 1
                left.lines.append(contentsOf: record.bytes)
                left.lines.append(UInt8(ascii: "\n"))
            }
        }
        return records == 0 ? nil : (left, records)
    }
}
