import Batches
import Cells
import Sellout

/// Numbers and money as the language writes them. No space in them is one at which a line may break.
extension Voice {
    /// `122,000`, `122.000`, `122 000`
    package func number(_ number: Int) -> String { self.number(Int64(number)) }

    package func number(_ number: Int64) -> String { "\(number < 0 ? "−" : "")\(grouped(String(number.magnitude)))" }

    /// `€1,076.03`, `1.076,03 €`, `€ 1.076,03`
    package func money(_ amount: Money, _ currency: String) -> String {
        let cents = DecimalNumber(digits: amount.units, exponent: -4).units(places: 2)?.magnitude ?? 0
        let figure = "\(grouped(String(cents / 100)))\(decimalSign)\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
        return signed(figure, isNegative: amount.units < 0 && cents > 0, currency)
    }

    /// For charts, where cents say nothing.
    package func wholeMoney(_ amount: Money, _ currency: String) -> String {
        let whole = DecimalNumber(digits: amount.units, exponent: -4).units(places: 0)?.magnitude ?? 0
        return signed(grouped(String(whole)), isNegative: amount.units < 0 && whole > 0, currency)
    }

    /// A rate as a decimal: `1.17`, `1,17`.
    func decimal(_ text: String) -> String { text.replacing(".", with: decimalSign) }

    /// `8.4 MB`
    func size(_ bytes: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (tenths, unit) = (max(0, bytes).multipliedReportingOverflow(by: 10).partialValue, 0)
        while tenths >= 10_000, unit < units.count - 1 { (tenths, unit) = ((tenths + 500) / 1000, unit + 1) }
        let isWhole = unit == 0 || tenths >= 100
        return "\(tenths / 10)\(isWhole ? "" : "\(decimalSign)\(tenths % 10)")\u{A0}\(units[unit])"
    }

    private func signed(_ figure: String, isNegative: Bool, _ currency: String) -> String {
        let minus = isNegative ? "−" : ""
        let sign = sign(of: currency)
        switch language {
        case .english: return sign == currency ? "\(minus)\(currency)\u{A0}\(figure)" : "\(minus)\(sign)\(figure)"
        case .dutch: return "\(sign)\u{A0}\(minus)\(figure)"
        default: return currency.isEmpty ? minus + figure : "\(minus)\(figure)\u{A0}\(sign)"
        }
    }

    private func sign(of currency: String) -> String {
        switch (currency, language) {
        case ("EUR", _): "€"
        case ("GBP", _): "£"
        case ("USD", _): "$"
        case ("PLN", .polish): "zł"
        case ("UAH", .ukrainian): "₴"
        default: currency
        }
    }

    private var decimalSign: String { language == .english ? "." : "," }

    private var groupSign: Character {
        switch language {
        case .english: ","
        case .german, .spanish, .dutch: "."
        case .french: "\u{202F}"
        case .polish, .lithuanian, .latvian, .estonian, .ukrainian: "\u{A0}"
        }
    }

    /// In these, four digits stand together: `1076`, and `10 760`.
    private var groupsFourDigits: Bool {
        switch language {
        case .polish, .spanish, .latvian, .estonian: false
        case .english, .german, .dutch, .lithuanian, .ukrainian, .french: true
        }
    }

    private func grouped(_ digits: String) -> String {
        guard digits.utf8.count > (groupsFourDigits ? 3 : 4) else { return digits }
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.utf8.count - place) % 3 == 0 { text.append(groupSign) }
            text.append(digit)
        }
        return text
    }
}
