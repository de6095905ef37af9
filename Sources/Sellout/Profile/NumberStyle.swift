import Cells

/// How a reseller writes numbers as text: with which decimal sign. The profile says so; it is never guessed from a cell.
enum NumberStyle: String, CaseIterable, Sendable {
    case comma, point

    enum Figure: Hashable, Sendable {
        case number(DecimalNumber)
        /// The cell is empty, a dash, or `n/a`.
        case none
        /// Says why.
        case unreadable(String)
    }

    /// Reads a number as people write it: with blanks of all kinds or the other sign between thousands, with a currency sign, with
    /// parentheses or a minus (U+2212 too) if it is negative. A percentage and another currency's amount are unreadable.
    func read(_ text: Span<UInt8>, currency: String) -> Figure {
        var plain = PlainNumber(decimalSign: self == .comma ? UInt8(ascii: ",") : UInt8(ascii: "."))
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if let fault = plain.take(byte) {
                    return spelled(text, currency, fault)
                }
                index += 1
            } else {
                return spelled(text, currency, nil)
            }
        }
        return plain.figure
    }

    /// The long way, for what is rare: currency signs, no-break spaces, dashes, words.
    private func spelled(_ text: Span<UInt8>, _ currency: String, _ fault: String?) -> Figure {
        let original = Folded.text(String(copying: text))
        if ["-", "–", "—", "n/a", "n.a.", "−"].contains(original) { return .none }
        if original.contains("%") { return .unreadable("a percentage is no figure") }
        var rest = original
        for (sign, owner) in CurrencySign.all where rest.contains(sign) {
            guard owner.contains(currency) else { return .unreadable("\(sign) is not a sign of \(currency)") }
            rest = rest.replacing(sign, with: "", maxReplacements: 1)
            break
        }
        rest = rest.replacing("\u{2212}", with: "-").replacing("\u{2019}", with: "").replacing("'", with: "")
        var plain = PlainNumber(decimalSign: self == .comma ? UInt8(ascii: ",") : UInt8(ascii: "."))
        for byte in rest.utf8 {
            if let fault = plain.take(byte) { return .unreadable(fault) }
        }
        return plain.figure
    }
}

/// The signs of currencies, in lower case, and the currencies that each can stand for.
enum CurrencySign {
    static let all: [(String, Set<String>)] = [
        ("€", ["EUR"]), ("£", ["GBP"]), ("₴", ["UAH"]), ("zł", ["PLN"]), ("$", ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"]),
        ("¥", ["JPY", "CNY"]),
        ("eur", ["EUR"]), ("gbp", ["GBP"]), ("uah", ["UAH"]), ("pln", ["PLN"]), ("usd", ["USD"]), ("zar", ["ZAR"]), ("chf", ["CHF"]),
        ("грн", ["UAH"]),
        ("kr", ["SEK", "NOK", "DKK"]), ("r", ["ZAR"]),
    ]
}

/// The bytes of a number while they are read.
private struct PlainNumber {
    let decimalSign: UInt8
    private var digits: [UInt8] = []
    private var places = 0
    private var afterSign = false
    private var isNegative = false
    private var parenthesis = 0
    /// The number of digits since the last thousands sign; nil while there was none.
    private var group: Int?
    private var groupSign: UInt8?
    private var ended = false

    init(decimalSign: UInt8) { self.decimalSign = decimalSign }

    private var thousands: String {
        "a \(decimalSign == UInt8(ascii: ",") ? "comma" : "point") is expected before decimals, and three digits behind a sign for thousands"
    }

    /// Nil, or what is wrong with this byte.
    mutating func take(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if ended { return "digits stand apart" }
            if digits.count >= 40 { return "it has too many digits" }
            digits.append(byte)
            if afterSign { places += 1 } else if let count = group { group = count + 1 }
        case decimalSign:
            if afterSign { return "it has two decimal signs" }
            if let count = group, count != 3 { return thousands }
            afterSign = true
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: "."):
            return separator(byte)
        case UInt8(ascii: "-"):
            if isNegative { return "it has two minus signs" }
            isNegative = true
            if !digits.isEmpty { ended = true }
        case UInt8(ascii: "("):
            if !digits.isEmpty || parenthesis != 0 { return "its parentheses do not match" }
            parenthesis = 1
        case UInt8(ascii: ")"):
            if parenthesis != 1 { return "its parentheses do not match" }
            parenthesis = 2
            ended = true
        case UInt8(ascii: "+") where digits.isEmpty: break
        default:
            return "it is no number"
        }
        return nil
    }

    private mutating func separator(_ byte: UInt8) -> String? {
        let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        if digits.isEmpty || ended { return isBlank ? nil : "it is no number" }
        if afterSign {
            if isBlank { ended = true; return nil }
            return "a thousands sign comes after its decimal \(decimalSign == UInt8(ascii: ",") ? "comma" : "point")"
        }
        if let count = group, count != 3 { return isBlank && count == 0 ? nil : thousands }
        if group == nil, digits.count > 3, !isBlank { return thousands }
        if let sign = groupSign, sign != byte, !isBlank { return "it has two kinds of thousands" }
        groupSign = byte
        group = 0
        return nil
    }

    var figure: NumberStyle.Figure {
        if digits.isEmpty { return isNegative || !afterSign && parenthesis == 0 ? .none : .unreadable("it is no number") }
        // A blank at the end began a group that has no digits.
        if let count = group, count != 3, !(count == 0 && groupSign == UInt8(ascii: " ")) {
            return .unreadable(thousands)
        }
        if parenthesis == 1 { return .unreadable("its parentheses do not match") }
        if parenthesis == 2, isNegative { return .unreadable("it is negative twice") }
        var text = digits
        if isNegative || parenthesis == 2 { text.insert(UInt8(ascii: "-"), at: 0) }
        guard let whole = DecimalNumber(text: text) else { return .unreadable("it is no number") }
        return .number(DecimalNumber(digits: whole.digits, exponent: whole.exponent - Int16(places)))
    }
}
