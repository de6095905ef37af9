import Cells

extension MarkupCursor {
    /// The number that begins at the offset, which then stands behind it; nil for what is none or has more than eighteen digits,
    /// and the slower `DecimalNumber(text:)` judges.
    @inline(__always)
    func number(_ offset: inout Int) -> DecimalNumber? {
        var next = offset
        let isNegative = self[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        let first = next
        var digits: Int64 = 0
        while self[next] &- 48 < 10 {
            digits = digits &* 10 &+ Int64(self[next] &- 48)
            next += 1
        }
        var count = next - first
        var exponent = 0
        if self[next] == UInt8(ascii: ".") {
            next += 1
            let point = next
            while self[next] &- 48 < 10 {
                digits = digits &* 10 &+ Int64(self[next] &- 48)
                next += 1
            }
            exponent = point - next
            count += next - point
        }
        guard count > 0, count <= 18 else { return nil }
        if self[next] | 0x20 == UInt8(ascii: "e") {
            guard let power = power(&next) else { return nil }
            exponent += power
        }
        offset = next
        return DecimalNumber(digits: isNegative ? 0 &- digits : digits, exponent: Int16(truncatingIfNeeded: exponent))
    }

    /// `E-7` with one to three digits.
    private func power(_ offset: inout Int) -> Int? {
        var next = offset + 1
        let isNegative = self[next] == UInt8(ascii: "-")
        if isNegative || self[next] == UInt8(ascii: "+") { next += 1 }
        let first = next
        var value = 0
        while self[next] &- 48 < 10, next - first < 4 {
            value = value * 10 + Int(self[next] &- 48)
            next += 1
        }
        guard next > first, next - first < 4 else { return nil }
        offset = next
        return isNegative ? -value : value
    }
}
