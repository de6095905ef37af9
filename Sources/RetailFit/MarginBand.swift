import Cells

/// A brand's trade margin as a band: `20-25`, `20 TO 30`, `30 & ABOVE`. The list is open; the lower end counts.
package struct MarginBand: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// The first number. Nil where there is none, or where it is the upper end: nobody knows how low `LESS THAN 20` may be.
    package var lowerEnd: DecimalNumber? {
        let bytes = Array(text.lowercased().utf8)
        guard let start = bytes.firstIndex(where: Self.isDigit) else { return nil }
        let before = String(decoding: bytes[..<start], as: UTF8.self)
        guard !Self.fromAbove.contains(where: { before.contains($0) }) else { return nil }
        var end = start
        while end < bytes.count, Self.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return DecimalNumber(text: bytes[start..<end])
    }

    private static let fromAbove = ["less", "below", "under", "up to", "upto", "<"]

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
}
