import Sellout

/// Which of a word's forms goes with a number, by the rules of CLDR for whole numbers. Spanish and French have one more for whole
/// millions, which differs from the last by an `of` that no text of ours needs.
extension Language {
    /// How many forms a table of this language gives a word.
    package var pluralForms: Int {
        switch self {
        case .english, .german, .spanish, .dutch, .estonian, .french: 2
        case .polish, .lithuanian, .latvian, .ukrainian: 3
        }
    }

    /// The place of the form in `{n:first|second|third}`.
    package func pluralForm(of number: Int) -> Int {
        let (tens, hundreds) = (number.magnitude % 10, number.magnitude % 100)
        let isTeen = (11...19).contains(hundreds)
        switch self {
        case .english, .german, .spanish, .dutch, .estonian: return number.magnitude == 1 ? 0 : 1
        case .french: return number.magnitude < 2 ? 0 : 1
        case .polish:
            if number.magnitude == 1 { return 0 }
            return (2...4).contains(tens) && !isTeen ? 1 : 2
        case .ukrainian:
            if tens == 1, hundreds != 11 { return 0 }
            return (2...4).contains(tens) && !isTeen ? 1 : 2
        case .lithuanian:
            if isTeen || tens == 0 { return 2 }
            return tens == 1 ? 0 : 1
        // One, other, zero.
        case .latvian:
            if isTeen || tens == 0 { return 2 }
            return tens == 1 ? 0 : 1
        }
    }
}
