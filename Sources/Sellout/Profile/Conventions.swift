import Cells

/// How a reseller writes figures, and which it may send: all that reading a row needs to know, whatever the layout.
struct Conventions: Sendable {
    enum ZeroQuantity: String, CaseIterable, Sendable {
        /// No sale.
        case skip
        /// INVALID_QUANTITY.
        case refuse
    }

    /// The store's name where a layout names none.
    let vendorName: String
    let currency: String
    let numbers: NumberStyle
    let dates: DateOrder
    let returnsAllowed: Bool
    let zeroQuantity: ZeroQuantity
}

/// In which order day, month and year come in dates that are written as text.
enum DateOrder: String, CaseIterable, Sendable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"
    case yearFirst = "ymd"

    /// Reads `01.03.2025`, `1/28/2024` or `2025-03-01`, and passes over a time of day behind it. A date that begins with four digits
    /// begins with its year, whatever the order.
    func read(_ text: Span<UInt8>) -> CivilDay? {
        var numbers = (0, 0, 0)
        var widths = (0, 0, 0)
        var part = 0
        var index = 0
        while index < text.count, text[index] == 32 { index += 1 }
        scan: while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte &- 48)
                switch part {
                case 0: numbers.0 = numbers.0 * 10 + digit; widths.0 += 1
                case 1: numbers.1 = numbers.1 * 10 + digit; widths.1 += 1
                default: numbers.2 = numbers.2 * 10 + digit; widths.2 += 1
                }
                if widths.0 > 4 || widths.1 > 2 || widths.2 > 4 { return nil }
            case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"):
                part += 1
                if part > 2 { return nil }
            case UInt8(ascii: " "), UInt8(ascii: "T"):
                break scan
            default:
                return nil
            }
            index += 1
        }
        guard part == 2, widths.0 > 0, widths.1 > 0, widths.2 > 0 else { return nil }
        if widths.0 == 4 { return CivilDay(year: numbers.0, month: numbers.1, day: numbers.2) }
        let year = widths.2 == 2 ? 2000 + numbers.2 : numbers.2
        guard widths.2 == 2 || widths.2 == 4 else { return nil }
        switch self {
        case .monthFirst: return CivilDay(year: year, month: numbers.0, day: numbers.1)
        case .yearFirst: return nil
        case .dayFirst: return CivilDay(year: year, month: numbers.1, day: numbers.0)
        }
    }
}
