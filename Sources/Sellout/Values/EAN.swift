import Cells

/// A thirteen-digit article number. Its check digit may be wrong: real catalogues hold such numbers, so that is worth a warning only.
@frozen package struct EAN: Hashable, Sendable {
    package let value: Int64

    /// Nil unless the number is positive and has thirteen digits at most.
    package init?(_ value: Int64) {
        guard value > 0, value <= 9_999_999_999_999 else { return nil }
        self.value = value
    }

    /// Thirteen digits, with nothing but `.0` behind them. Scientific notation has lost digits and is nil like anything else.
    package init?(text: Span<UInt8>) {
        var value: Int64 = 0
        guard text.count >= 13 else { return nil }
        for place in 0..<13 {
            guard text[place] &- 48 < 10 else { return nil }
            value = value * 10 + Int64(text[place] &- 48)
        }
        for place in 13..<text.count where text[place] != (place == 13 ? UInt8(ascii: ".") : UInt8(ascii: "0")) { return nil }
        guard text.count != 14 else { return nil }
        self.init(value)
    }

    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(text: bytes.span)
    }

    /// A number cell counts if it has thirteen digits and no fraction.
    package init?(_ number: DecimalNumber) {
        guard let whole = number.whole, whole >= 1_000_000_000_000 else { return nil }
        self.init(whole)
    }

    package var hasRightCheckDigit: Bool {
        var rest = value
        var sum: Int64 = 0
        for place in 0..<13 {
            sum += rest % 10 * (place % 2 == 0 ? 1 : 3)
            rest /= 10
        }
        return sum % 10 == 0
    }
}

extension EAN: CustomStringConvertible {
    package var description: String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, 13 - digits.utf8.count)) + digits
    }
}
