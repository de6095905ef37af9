import Cells

/// How a sheet's texts write numbers, told by the texts themselves: a draft may guess what a profile must state.
struct WrittenNumbers {
    let style: NumberStyle
    /// Why the style could be the other one; nil where a text shows it.
    let doubt: String?

    init(_ texts: some Sequence<String>) {
        var commas = 0
        var points = 0
        var thirds = 0
        for text in texts where text.utf8.count <= 40 {
            switch WrittenNumbers.decimalSign(of: text) {
            case .comma: commas += 1
            case .point: points += 1
            case .either: thirds += 1
            case .none: break
            }
        }
        // Number cells show a point whatever the texts are written with, so one decimal comma outweighs them.
        style = commas > 0 ? .comma : .point
        doubt =
            commas > 0
            ? nil
            : thirds > 0
                ? "numbers such as 1,250 stand for thousands or for three decimals"
                : points > 0 ? nil : "no number of this file shows a decimal sign"
    }

    private enum Sign { case comma, point, either, none }

    private static func decimalSign(of text: String) -> Sign {
        let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) || $0 == "," || $0 == "." }
        // A date or a number of an article has other characters between its digits, or too many digits.
        guard text.unicodeScalars.allSatisfy({ isPart($0) }), let last = digits.lastIndex(where: { $0 == "," || $0 == "." }) else {
            return .none
        }
        let sign = digits[last]
        let places = digits.distance(from: digits.index(after: last), to: digits.endIndex)
        let signs = digits.filter { $0 == "," || $0 == "." }
        if signs.count(where: { $0 == sign }) > 1 { return .none }
        if signs.count > 1 || (1...2).contains(places) { return sign == "," ? .comma : .point }
        return places == 3 && sign == "," ? .either : .none
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || scalar.properties.isWhitespace || ",.-()+\u{2212}'’".unicodeScalars.contains(scalar)
            || scalar.properties.generalCategory == .currencySymbol || "złkrEURGBPN".unicodeScalars.contains(scalar)
    }

    /// The number in 1/10 000; nil where the text is none, a percentage or an EAN.
    func units(_ text: String) -> Int64? {
        guard text.utf8.count <= 40, text.utf8.contains(where: { ($0 &- 48) < 10 }) else { return nil }
        let currency = WrittenNumbers.currencies(in: text).first ?? "EUR"
        let bytes = Array(text.utf8)
        if case .number(let number) = style.read(bytes.span, currency: currency) { return number.units(places: Money.places) }
        // A number cell shows a decimal point, whatever the sign in texts.
        return DecimalNumber(text: text.utf8)?.units(places: Money.places)
    }

    /// The currencies that a figure's sign can stand for.
    static func currencies(in text: String) -> Set<String> {
        guard text.utf8.count <= 40, text.contains(where: \.isNumber) else { return [] }
        let folded = Folded.text(text)
        return CurrencySign.all.first { folded.contains($0.0) }?.1 ?? []
    }
}
