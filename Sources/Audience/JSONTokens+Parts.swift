/// Where in a JSON text a piece may end, and what may come then.
extension JSONTokens {
    /// Where the last piece has ended.
    enum State {
        case between
        case string
        case escape
        /// Hexadecimal digits to come, and those before them.
        case unit(left: Int, UInt32)
        /// Behind the first half of a surrogate pair: `\`, then `u`, then four digits.
        case secondHalf(isEscaped: Bool)
        case secondUnit(left: Int, UInt32)
        case number(NumberPart)
        case word(Word, read: Int)
    }

    enum Word {
        case yes, no, null

        var spelled: StaticString {
            switch self {
            case .yes: "true"
            case .no: "false"
            case .null: "null"
            }
        }
    }

    enum NumberPart {
        case minus, zero, digits, point, fraction, mark, sign, exponent

        var mayEnd: Bool {
            switch self {
            case .zero, .digits, .fraction, .exponent: true
            case .minus, .point, .mark, .sign: false
            }
        }
    }

    /// What may come next.
    enum Expected {
        case value
        /// A value, or the end of the list that has just begun.
        case firstItem
        case name
        /// A name, or the end of the object that has just begun.
        case firstName
        case colon
        case commaOrEnd
        case nothing
    }
}

extension JSONTokens.NumberPart {
    /// RFC 8259, 6: no plus, no leading zero, digits on both sides of the point. Nil where the number has ended, or is none.
    func next(_ byte: UInt8) -> Self? {
        let isDigit = byte &- 48 < 10
        switch self {
        case .minus: return byte == UInt8(ascii: "0") ? .zero : isDigit ? .digits : nil
        case .zero, .digits:
            if case .digits = self, isDigit { return .digits }
            if byte == UInt8(ascii: ".") { return .point }
            return byte | 0x20 == UInt8(ascii: "e") ? .mark : nil
        case .point: return isDigit ? .fraction : nil
        case .fraction:
            if isDigit { return .fraction }
            return byte | 0x20 == UInt8(ascii: "e") ? .mark : nil
        case .mark: return isDigit ? .exponent : byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") ? .sign : nil
        case .sign, .exponent: return isDigit ? .exponent : nil
        }
    }
}
