/// A number exactly as a file writes it: `digits` × 10^`exponent`. Money is rounded from this and never passes through
/// binary floating point. Nineteen digits are kept, more than any spreadsheet program writes.
@usableFromInline @frozen package struct DecimalNumber: Hashable, Sendable {
    @usableFromInline package var digits: Int64
    @usableFromInline package var exponent: Int16

    @inlinable package init(digits: Int64, exponent: Int16 = 0) {
        self.digits = digits
        self.exponent = exponent
    }

    /// The shortest decimal that reads back as this double; nil for infinities and not-a-number.
    package init?(_ double: Double) {
        guard double.isFinite else { return nil }
        self.init(text: double.description.utf8)
    }

    /// Reads `-12.5`, `+3`, `.5`, `1E-7`: the form that XML and programs write, with a point and no thousands. Nil for anything else.
    @inlinable package init?(text: some Sequence<UInt8>) {
        var bytes = text.makeIterator()
        var next = bytes.next()
        let negative = next == UInt8(ascii: "-")
        if negative || next == UInt8(ascii: "+") { next = bytes.next() }
        var mantissa = Mantissa()
        while let byte = next, mantissa.take(byte) { next = bytes.next() }
        guard mantissa.anyDigit else { return nil }
        var power = 0
        if let byte = next, byte | 32 == UInt8(ascii: "e") {
            next = bytes.next()
            let down = next == UInt8(ascii: "-")
            if down || next == UInt8(ascii: "+") { next = bytes.next() }
            guard next != nil else { return nil }
            while let byte = next, byte &- 48 < 10, power < 10_000 {
                power = power * 10 + Int(byte &- 48)
                next = bytes.next()
            }
            if down { power = -power }
        }
        guard next == nil, let exponent = Int16(exactly: power + mantissa.exponent) else { return nil }
        self.init(digits: negative ? -mantissa.digits : mantissa.digits, exponent: exponent)
    }

    /// The nearest double, correctly rounded.
    @inlinable package var double: Double {
        // Both factors are exact doubles up to here, so one operation rounds once.
        if digits.magnitude <= 1 << 53, exponent >= -22, exponent <= 22 {
            let power = DecimalNumber.powersOfTen[Int(exponent.magnitude)]
            return exponent < 0 ? Double(digits) / power : Double(digits) * power
        }
        return slowDouble
    }

    @usableFromInline var slowDouble: Double { Double("\(digits)e\(exponent)") ?? 0 }

    @usableFromInline static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The value in units of 10^-`places`, rounded half away from zero; nil when it does not fit in 64 bits.
    @inlinable package func units(places: Int) -> Int64? {
        let shift = Int(exponent) + places
        if shift == 0 { return digits }
        return shift > 0 ? raised(by: shift) : lowered(by: -shift)
    }

    @usableFromInline func raised(by shift: Int) -> Int64? {
        if digits == 0 { return 0 }
        var value = digits
        for _ in 0..<shift {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return value
    }

    @usableFromInline func lowered(by shift: Int) -> Int64? {
        guard shift <= 19 else { return 0 }
        var power: UInt64 = 1
        for _ in 0..<shift { power &*= 10 }
        let (quotient, remainder) = digits.magnitude.quotientAndRemainder(dividingBy: power)
        let rounded = remainder >= power - remainder ? quotient + 1 : quotient
        return digits < 0 ? Int64(exactly: rounded).map { -$0 } : Int64(exactly: rounded)
    }

    /// The value as a whole number; nil where it has a fraction or does not fit.
    @inlinable package var whole: Int64? {
        if exponent == 0 { return digits }
        return slowWhole
    }

    @usableFromInline var slowWhole: Int64? {
        if exponent > 0 { return raised(by: Int(exponent)) }
        var value = digits
        for _ in 0..<exponent.magnitude {
            if value == 0 { return 0 }
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { return nil }
            value = quotient
        }
        return value
    }
}

/// The digits of a number while they are read; places behind the point lower the exponent.
@usableFromInline @frozen struct Mantissa {
    @usableFromInline var digits: Int64 = 0
    @usableFromInline var exponent = 0
    @usableFromInline var anyDigit = false
    @usableFromInline var afterPoint = false
    @usableFromInline var full = false

    @inlinable init() {}

    /// False when the byte no longer belongs to the mantissa.
    @inlinable mutating func take(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: "."), !afterPoint {
            afterPoint = true
            return true
        }
        guard byte &- 48 < 10, exponent < 10_000 else { return false }
        anyDigit = true
        if !full {
            let (tens, tooLong) = digits.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(Int64(byte &- 48))
            full = tooLong || carried
            if !full { digits = sum }
        }
        // A digit past the nineteenth is dropped; before the point it still counts as a power of ten.
        if full { exponent += afterPoint ? 0 : 1 } else if afterPoint { exponent -= 1 }
        return true
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// Plain digits with a point, as a person writes them: `-12.5`, never `1E+2`.
    @usableFromInline package var description: String {
        var text = String(digits.magnitude)
        if exponent > 0 {
            text += String(repeating: "0", count: min(Int(exponent), 400))
        } else if exponent < 0 {
            let places = min(Int(exponent.magnitude), 400)
            if text.count <= places { text = String(repeating: "0", count: places - text.count + 1) + text }
            text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return digits < 0 ? "-" + text : text
    }
}
