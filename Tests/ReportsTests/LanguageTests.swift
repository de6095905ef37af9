import Reports
import Sellout
import Testing

/// Each language says everything, with the same slots as English and as many forms of a word as its plural has.
@Suite struct LanguageTests {
    @Test(arguments: Language.allCases)
    func `a table has a text for every phrase, error, refusal, remark and reason`(language: Language) {
        let wording = language.wording
        #expect(Phrase.allCases.filter { wording.phrases[$0]?.isEmpty ?? true } == [])
        #expect(CountedPhrase.allCases.filter { wording.counted[$0]?.isEmpty ?? true } == [])
        #expect(QuotingPhrase.allCases.filter { wording.quoting[$0]?.isEmpty ?? true } == [])
        #expect(RowErrorType.allCases.filter { wording.rowErrors[$0] == nil } == [])
        #expect(FileErrorType.allCases.filter { wording.refusals[$0] == nil } == [])
        #expect(Remark.allCases.filter { wording.remarks[$0]?.isEmpty ?? true } == [])
        #expect(SkipReason.allCases.filter { wording.skipped[$0]?.isEmpty ?? true } == [])
        #expect(Set(wording.months).count == 12 && Set(wording.shortMonths).count == 12)
    }

    @Test(arguments: Language.allCases)
    func `a table's texts have the slots that the English ones have, and a word's forms are as many as the language has`(
        language: Language
    ) {
        let english = Self.texts(.english)
        for (name, text) in Self.texts(language) {
            #expect(Self.slots(text) == Self.slots(english[name] ?? ""), "\(language) \(name): \(text)")
            #expect(Self.formCounts(text).isSubset(of: [language.pluralForms]), "\(language) \(name): \(text)")
            #expect(!text.contains("  ") && text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count, "\(name): \(text)")
        }
    }

    @Test(arguments: Language.allCases.filter { $0 != .english })
    func `no sentence is left in English`(language: Language) {
        let english = Self.texts(.english)
        let same = Self.texts(language).filter { $0.value == english[$0.key] && $0.value.split(separator: " ").count > 3 }
        #expect(same.isEmpty, "\(same.keys.sorted())")
    }

    @Test(arguments: [
        (Language.english, [1: 0, 0: 1, 2: 1, 21: 1]), (.french, [0: 0, 1: 0, 2: 1, 101: 1]),
        (.polish, [1: 0, 2: 1, 4: 1, 5: 2, 0: 2, 12: 2, 14: 2, 22: 1, 21: 2, 112: 2, 101: 2]),
        (.ukrainian, [1: 0, 21: 0, 101: 0, 11: 2, 111: 2, 2: 1, 24: 1, 12: 2, 5: 2, 0: 2]),
        (.lithuanian, [1: 0, 21: 0, 11: 2, 2: 1, 9: 1, 22: 1, 10: 2, 12: 2, 0: 2, 20: 2]),
        (.latvian, [1: 0, 21: 0, 11: 2, 2: 1, 9: 1, 0: 2, 10: 2, 111: 2, 112: 2, 22: 1]),
    ])
    func `plurals follow the language's rule`(language: Language, forms: [Int: Int]) {
        for (number, form) in forms { #expect(language.pluralForm(of: number) == form, "\(language) \(number)") }
    }

    @Test func `counted phrases choose their words`() {
        #expect(Voice(.english).say(.salesBooked, 1) == "1 sale is in the books.")
        #expect(Voice(.polish).say(.rowsNeedLook, 22) == "22 wiersze wymagają sprawdzenia.")
        #expect(Voice(.polish).say(.rowsNeedLook, 12) == "12 wierszy wymaga sprawdzenia.")
        #expect(Voice(.ukrainian).say(.rowsNeedLook, 21) == "21 рядок потребує перевірки.")
        #expect(Voice(.lithuanian).say(.correctCounted, 10) == "Prašome pataisyti 10 eilučių.")
        #expect(
            Voice(.german).say(.newNamed, 2, rows: "7 und 9", what: "eine neue Filiale").hasPrefix("Die Zeilen 7 und 9 nennen eine neue"))
        #expect(Voice(.french).say(.doubtsBelow, 2).contains("inexacts\u{A0}: voir"))
    }

    @Test(arguments: [
        (Language.english, "€1,076.03", "122,000"), (.german, "1.076,03\u{A0}€", "122.000"), (.polish, "1076,03\u{A0}€", "122\u{A0}000"),
        (.spanish, "1076,03\u{A0}€", "122.000"), (.dutch, "€\u{A0}1.076,03", "122.000"),
        (.french, "1\u{202F}076,03\u{A0}€", "122\u{202F}000"),
        (.lithuanian, "1\u{A0}076,03\u{A0}€", "122\u{A0}000"), (.latvian, "1076,03\u{A0}€", "122\u{A0}000"),
        (.estonian, "1076,03\u{A0}€", "122\u{A0}000"), (.ukrainian, "1\u{A0}076,03\u{A0}€", "122\u{A0}000"),
    ])
    func `numbers and money are written as the language writes them`(language: Language, money: String, number: String) {
        #expect(Voice(language).money(Money(units: 10_760_300), "EUR") == money)
        #expect(Voice(language).number(122_000) == number)
    }

    @Test func `a negative amount has its minus, and what rounds to nothing has none`() {
        #expect(Voice(.english).money(Money(units: -51_000), "GBP") == "−£5.10")
        #expect(Voice(.english).money(Money(units: -51_000), "PLN") == "−PLN\u{A0}5.10")
        #expect(Voice(.dutch).money(Money(units: -51_000), "EUR") == "€\u{A0}−5,10")
        #expect(Voice(.german).money(Money(units: -1), "EUR") == "0,00\u{A0}€")
        #expect(Voice(.polish).money(Money(units: .min), "PLN") == "−922\u{A0}337\u{A0}203\u{A0}685\u{A0}477,58\u{A0}zł")
    }

    /// All texts of a table, by a name of their own.
    private static func texts(_ language: Language) -> [String: String] {
        let wording = language.wording
        var all: [String: String] = [:]
        for (key, text) in wording.phrases { all["phrase \(key)"] = text }
        for (key, text) in wording.counted { all["counted \(key)"] = text }
        for (key, text) in wording.quoting { all["quoting \(key)"] = text }
        for (key, fault) in wording.rowErrors { (all["row \(key)"], all["row advice \(key)"]) = (fault.heading, fault.advice) }
        for (key, fault) in wording.refusals { (all["refusal \(key)"], all["refusal advice \(key)"]) = (fault.heading, fault.advice) }
        for (key, text) in wording.remarks { all["remark \(key)"] = text }
        for (key, text) in wording.skipped { all["skipped \(key)"] = text }
        return all
    }

    /// The values that a text says; that a number only chooses a word, each language decides for itself.
    private static func slots(_ text: String) -> Set<String> {
        Template.parts(text).reduce(into: []) { slots, part in
            switch part {
            case .text: break
            case .value(let name): slots.insert(name)
            case .choice(_, let forms): for form in forms { slots.formUnion(Self.slots(form)) }
            }
        }
    }

    private static func formCounts(_ text: String) -> Set<Int> {
        Template.parts(text).reduce(into: []) { counts, part in
            guard case .choice(_, let forms) = part else { return }
            counts.insert(forms.count)
            for form in forms { counts.formUnion(formCounts(form)) }
        }
    }
}
