/// A batch's name, born at the claim: a random (version 4) UUID in lower case, unique across hosts. Random from its first digit
/// on, because a report's name bears the first eight.
package struct BatchID: Hashable, Sendable {
    package let text: String

    package init() { text = BatchID.text(of: .random(in: .min ... .max)) }

    /// Nil unless `text` is a version 4 UUID, exactly as we write them.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36, bytes[14] == UInt8(ascii: "4"), "89ab".utf8.contains(bytes[19]) else { return nil }
        for (place, byte) in bytes.enumerated() {
            guard BatchID.isHyphen(place) ? byte == UInt8(ascii: "-") : BatchID.isDigit(byte) else { return nil }
        }
        self.text = text
    }

    /// What a report's file name bears.
    package var short: String { String(text.prefix(8)) }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func isHyphen(_ place: Int) -> Bool { place == 8 || place == 13 || place == 18 || place == 23 }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

    private static func text(of chance: UInt128) -> String {
        var rest = chance
        let bytes = (0..<36).map { place -> UInt8 in
            if isHyphen(place) { return UInt8(ascii: "-") }
            let digit = Int(truncatingIfNeeded: rest & 15)
            rest >>= 4
            // RFC 9562, 4: the version stands in digit 14, the variant in the upper bits of digit 19.
            return place == 14 ? UInt8(ascii: "4") : digits[place == 19 ? 8 | digit & 3 : digit]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension BatchID: CustomStringConvertible {
    package var description: String { text }
}
