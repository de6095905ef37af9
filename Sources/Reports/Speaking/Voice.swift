import Cells
import Sellout

/// Says things in one language.
package struct Voice: Sendable {
    package let language: Language
    private let wording: Wording

    package init(_ language: Language) {
        self.language = language
        wording = language.wording
    }

    package func say(_ phrase: Phrase) -> String { filled(wording.phrases[phrase] ?? "") }

    package func say(_ phrase: CountedPhrase, _ number: Int, of second: Int = 0, rows: String = "", what: String = "") -> String {
        filled(wording.counted[phrase] ?? "", numbers: ["n": number, "m": second], texts: ["rows": rows, "what": what])
    }

    package func say(_ phrase: QuotingPhrase, _ text: String) -> String { filled(wording.quoting[phrase] ?? "", texts: ["text": text]) }

    package func heading(_ type: RowErrorType, _ count: Int) -> String {
        filled(wording.rowErrors[type]?.heading ?? "", numbers: ["n": count])
    }

    package func advice(_ type: RowErrorType) -> String { filled(wording.rowErrors[type]?.advice ?? "") }

    package func refusal(_ type: FileErrorType) -> String { filled(wording.refusals[type]?.heading ?? "") }

    func advice(_ type: FileErrorType) -> String { filled(wording.refusals[type]?.advice ?? "") }

    package func say(_ remark: Remark) -> String { filled(wording.remarks[remark] ?? "") }

    /// Why rows are no sales. A reason that a person gave is said as it was given.
    func skipReason(_ reason: String) -> String {
        SkipReason(rawValue: reason).flatMap { wording.skipped[$0] } ?? (SettledRow.isSkipReason(reason) ? say(.dismissed) : reason)
    }

    func name(ofMonth month: Int, isShort: Bool = false) -> String {
        let names = isShort ? wording.shortMonths : wording.months
        return names.indices.contains(month - 1) ? names[month - 1] : ""
    }

    /// `7`, `7 and 9`, `7, 9 and 12`
    func list(_ texts: [String]) -> String {
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
        return "\(texts.dropLast().joined(separator: ", ")) \(say(.and)) \(last)"
    }
}

extension Voice {
    /// `{n} {n:sale|sales}` → `2 sales`. A form may hold slots of its own.
    private func filled(_ template: some StringProtocol, numbers: [String: Int] = [:], texts: [String: String] = [:]) -> String {
        var said = ""
        for part in Template.parts(template) {
            switch part {
            case .text(let text): said += text
            case .value(let name): said += numbers[name].map { number($0) } ?? texts[name] ?? ""
            case .choice(let name, let forms):
                let form = forms[min(language.pluralForm(of: numbers[name] ?? 0), forms.count - 1)]
                said += filled(form, numbers: numbers, texts: texts)
            }
        }
        return language == .french ? Self.spaced(said) : said
    }

    /// No line breaks before a French colon or semicolon.
    private static func spaced(_ text: String) -> String {
        text.replacing(" :", with: "\u{A0}:").replacing(" ;", with: "\u{202F};")
    }
}
