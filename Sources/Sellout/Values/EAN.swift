import Cells

/// A thirteen-digit article number. Its check digit may be wrong: real catalogues hold such codes, so that is a warning and no error.
@frozen public struct EAN: Hashable, Sendable {
    public let value: Int64

    /// Nil unless the number has thirteen digits at most.
    public init?(_ value: Int64) {
        guard value > 0, value <= 9_999_999_999_999 else { return nil }
        self.value = value
    }

    /// Thirteen digits, `.0` behind them at most; nil for anything else, scientific notation too, which has lost digits.
    public init?(text: Span<UInt8>) {
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

    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(text: bytes.span)
    }

    /// A number cell: thirteen digits and no fraction, or it is no EAN.
    public init?(_ number: DecimalNumber) {
        guard let whole = number.whole, whole >= 1_000_000_000_000 else { return nil }
        self.init(whole)
    }

    public var hasRightCheckDigit: Bool {
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
    public var description: String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, 13 - digits.utf8.count)) + digits
    }
}
