/// Month names in English and in the languages of the resellers, whole and shortened, folded.
package enum MonthName {
    private static let names: [[String]] = [
        ["january", "jan", "enero", "ene", "styczeń", "stycznia", "sty", "januari", "sausis", "січень"],
        ["february", "feb", "febrero", "luty", "lutego", "lut", "februari", "vasaris", "лютий"],
        ["march", "mar", "marzo", "marzec", "marca", "maart", "mrt", "kovas", "березень"],
        ["april", "apr", "abril", "abr", "kwiecień", "kwietnia", "kwi", "balandis", "квітень"],
        ["may", "mayo", "maj", "maja", "mei", "gegužė", "травень"],
        ["june", "jun", "junio", "czerwiec", "czerwca", "cze", "juni", "birželis", "червень"],
        ["july", "jul", "julio", "lipiec", "lipca", "lip", "juli", "liepa", "липень"],
        ["august", "aug", "agosto", "ago", "sierpień", "sierpnia", "sie", "augustus", "rugpjūtis", "серпень"],
        ["september", "sep", "sept", "septiembre", "wrzesień", "września", "wrz", "rugsėjis", "вересень"],
        ["october", "oct", "octubre", "październik", "października", "paź", "oktober", "okt", "spalis", "жовтень"],
        ["november", "nov", "noviembre", "listopad", "listopada", "lis", "lapkritis", "листопад"],
        ["december", "dec", "diciembre", "dic", "grudzień", "grudnia", "gru", "gruodis", "грудень"],
    ]

    private static let numbers: [String: Int] = Dictionary(
        names.enumerated().flatMap { index, words in words.map { (Folded.text($0), index + 1) } }, uniquingKeysWith: { first, _ in first })

    /// 1 to 12 for a name in any of the languages; nil for anything else.
    package static func number(_ text: String) -> Int? {
        let folded = Folded.text(text)
        return numbers[folded.hasSuffix(".") ? String(folded.dropLast()) : folded]
    }
}
