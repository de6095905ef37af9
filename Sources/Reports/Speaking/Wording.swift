import Sellout

/// All texts of one language, as its table in a file of its own has them. A test holds each table complete.
package struct Wording: Sendable {
    /// A heading that counts, and what is done about it.
    package struct Fault: Sendable {
        package let heading: String
        package let advice: String

        init(_ heading: String, _ advice: String) {
            self.heading = heading
            self.advice = advice
        }
    }

    package let phrases: [Phrase: String]
    package let counted: [CountedPhrase: String]
    package let quoting: [QuotingPhrase: String]
    package let rowErrors: [RowErrorType: Fault]
    package let refusals: [FileErrorType: Fault]
    package let remarks: [Remark: String]
    package let skipped: [SkipReason: String]
    /// January first, as they stand alone, then short ones for the foot of a chart.
    package let months: [String]
    package let shortMonths: [String]
}

extension Language {
    package var wording: Wording {
        switch self {
        case .english: .english
        case .german: .german
        case .polish: .polish
        case .spanish: .spanish
        case .dutch: .dutch
        case .lithuanian: .lithuanian
        case .latvian: .latvian
        case .estonian: .estonian
        case .ukrainian: .ukrainian
        case .french: .french
        }
    }
}
