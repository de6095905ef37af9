import Cells

/// A calendar month: `2025-04`.
package struct Month: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int

    package init?(year: Int, month: Int) {
        guard (1900...2199).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    package init(_ day: CivilDay) {
        let parts = day.components
        year = parts.year
        month = parts.month
    }

    /// Monthly figures are dated on this day.
    package var firstDay: CivilDay { CivilDay(year: year, month: month, day: 1) ?? CivilDay(number: 0) }

    package var lastDay: CivilDay {
        CivilDay(year: year, month: month, day: CivilDay.days(inMonth: month, of: year)) ?? CivilDay(number: 0)
    }

    /// So many months later, or earlier; nil outside of the years that are counted with.
    package func moved(by months: Int) -> Month? {
        let number = year * 12 + month - 1 + months
        return Month(year: number / 12, month: number % 12 + 1)
    }

    package static func < (one: Month, other: Month) -> Bool { (one.year, one.month) < (other.year, other.month) }
}

extension Month: CustomStringConvertible {
    package var description: String { String(firstDay.description.prefix(7)) }

    package init?(_ text: String) {
        guard text.utf8.count == 7, let day = CivilDay(text + "-01") else { return nil }
        self.init(year: day.components.year, month: day.components.month)
    }
}

/// When a sale was made: on a day, or at some time in a month, whose first day then stands for it.
@frozen package struct SaleDate: Hashable, Sendable {
    package let day: CivilDay
    package let isMonthly: Bool

    package static func day(_ day: CivilDay) -> SaleDate { SaleDate(day: day, isMonthly: false) }

    package static func month(_ month: Month) -> SaleDate { SaleDate(day: month.firstDay, isMonthly: true) }

    @inlinable package init(day: CivilDay, isMonthly: Bool) {
        self.day = day
        self.isMonthly = isMonthly
    }
}

/// Month names, whole and shortened, in English and in the resellers' languages.
enum MonthName {
    private static let names: [[String]] = [
        [
            "january", "jan", "enero", "ene", "styczeń", "stycznia", "sty", "januari", "sausis", "січень",
            "januar", "jänner", "janvier", "janv", "gennaio", "gen", "janvāris", "jaanuar", "январь",
        ],
        [
            "february", "feb", "febrero", "luty", "lutego", "lut", "februari", "vasaris", "лютий",
            "februar", "février", "févr", "fév", "febbraio", "februāris", "veebruar", "февраль",
        ],
        [
            "march", "mar", "marzo", "marzec", "marca", "maart", "mrt", "kovas", "березень",
            "märz", "mär", "mars", "marts", "märts", "март",
        ],
        [
            "april", "apr", "abril", "abr", "kwiecień", "kwietnia", "kwi", "balandis", "квітень",
            "avril", "avr", "aprile", "aprīlis", "aprill", "апрель",
        ],
        [
            "may", "mayo", "maj", "maja", "mei", "gegužė", "травень",
            "mai", "maggio", "mag", "maijs", "май",
        ],
        [
            "june", "jun", "junio", "czerwiec", "czerwca", "cze", "juni", "birželis", "червень",
            "juin", "giugno", "giu", "jūnijs", "juuni", "июнь",
        ],
        [
            "july", "jul", "julio", "lipiec", "lipca", "lip", "juli", "liepa", "липень",
            "juli", "juillet", "juil", "luglio", "lug", "jūlijs", "juuli", "июль",
        ],
        [
            "august", "aug", "agosto", "ago", "sierpień", "sierpnia", "sie", "augustus", "rugpjūtis", "серпень",
            "août", "augusts", "август",
        ],
        [
            "september", "sep", "sept", "septiembre", "wrzesień", "września", "wrz", "rugsėjis", "вересень",
            "septembre", "settembre", "septembris", "сентябрь",
        ],
        [
            "october", "oct", "octubre", "październik", "października", "paź", "oktober", "okt", "spalis", "жовтень",
            "octobre", "ottobre", "ott", "oktobris", "oktoober", "октябрь",
        ],
        [
            "november", "nov", "noviembre", "listopad", "listopada", "lis", "lapkritis", "листопад",
            "novembre", "novembris", "ноябрь",
        ],
        [
            "december", "dec", "diciembre", "dic", "grudzień", "grudnia", "gru", "gruodis", "грудень",
            "dezember", "dez", "décembre", "déc", "dicembre", "decembris", "detsember", "декабрь",
        ],
    ]

    private static let numbers: [String: Int] = Dictionary(
        names.enumerated().flatMap { index, words in words.map { (Folded.text($0), index + 1) } }, uniquingKeysWith: { first, _ in first })

    /// 1 to 12 for a name in any of the languages, whatever its case.
    static func number(_ text: String) -> Int? {
        let folded = Folded.text(text)
        return numbers[folded.hasSuffix(".") ? String(folded.dropLast()) : folded]
    }
}
