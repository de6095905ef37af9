import Foundation

/// The words for sums in the resellers' languages. What is called so is never a store, a product or a sale, whatever its layout says.
enum TotalWords {
    private static let words: Set<[String]> = phrases(
        """
        total, totals, grand total, grand totals, overall, overall total, sum, sums, subtotal, sub total, summe, gesamt, gesamtsumme, \
        gesamtergebnis, insgesamt, zwischensumme, suma, suma końcowa, razem, ogółem, łącznie, totaal, eindtotaal, subtotaal, totalt, summa, \
        viso, iš viso, bendra suma, kopā, kopsumma, pavisam, kokku, разом, всього, усього, підсумок, итого, всего, общий итог, totale, \
        totale complessivo, totaux, total général, sous total, total general, total geral, somme, somma, yhteensä, i alt, \
        omnichannel, omni channel, all, alle, wszystkie, todas, todos, visi
        """)

    /// Words that stand only before what they sum up: `All Sales Channels`, `Sum of all`.
    private static let openings: Set<[String]> = phrases("all, sum of, alle, wszystkie, todas, todos, toutes, tous, tutti, visi, visos")

    private static func phrases(_ text: String) -> Set<[String]> { Set(text.split(separator: ",").map { PlainWords.of(String($0)) }) }

    /// Whether a text means the sum of everything: the word with nothing beside it.
    static func isAlone(_ text: String) -> Bool { text.utf8.count <= longest && words.contains(PlainWords.of(text)) }

    /// Whether a text means a sum: the word alone, before or behind what is summed up, or `All …`.
    static func isTotal(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        let said = PlainWords.of(text)
        if words.contains(said) { return true }
        let most = min(2, said.count - 1)
        guard most > 0 else { return false }
        return (1...most).contains { count in
            let opening = Array(said.prefix(count))
            return words.contains(opening) || openings.contains(opening) || words.contains(Array(said.suffix(count)))
        }
    }

    /// The sum's word at the end of a text: `Total` of `000834429 | 98-NO COLOUR Total`.
    static func ending(_ text: String) -> String? {
        guard let last = text.split(whereSeparator: \.isWhitespace).last, isAlone(String(last)) else { return nil }
        return String(last)
    }

    /// No sum's name is longer.
    private static let longest = 80

    /// Three letters of each Ukrainian and Russian word, as UTF-8 has them, in the ways in which people write them large.
    private static let cyrillic: Set<UInt64> = Set(
        ["раз", "все", "всь", "усь", "під", "ито", "общ"].flatMap { [$0, $0.uppercased(), $0.capitalized] }.map { letters in
            letters.utf8.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        })

    /// Whether the text could be one, by a look at its bytes: for most texts that is enough, without making a String. Looks for three
    /// letters that each of the words has.
    static func mayBe(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 3, text.count <= longest else { return false }
        // A sum's name begins or ends with a word.
        if text[0] &- 48 < 10, text[text.count - 1] &- 48 < 10 { return false }
        var window: UInt32 = 0
        var wide: UInt64 = 0
        for index in 0..<text.count {
            let byte = text[index]
            wide = (wide << 8 | UInt64(byte)) & 0xFFFF_FFFF_FFFF
            // "łem" of "ogółem", small and large.
            if wide & 0xFFFF_FFFF == 0xC582_656D || wide & 0xFFFF_FFFF == 0xC581_454D { return true }
            if byte >= 0x80 {
                if wide >> 40 >= 0xD0, cyrillic.contains(wide) { return true }
                window = 0
                continue
            }
            window = (window << 8 | UInt32(byte | 0x20)) & 0xFF_FFFF
            switch window {
            case 0x746F74, 0x73756D, 0x736F6D, 0x72617A, 0x766973, 0x6B6F6B, 0x6B6F70, 0x616C6C, 0x676573, 0x706176, 0x746F75, 0x747574,
                0x746F64, 0x692061, 0x62656E, 0x77737A, 0x7A6E69, 0x796874, 0x6F6D6E:
                // tot sum som raz vis kok kop all ges pav tou tut tod "i a" ben wsz zni yht omn
                return true
            default: break
            }
        }
        return false
    }
}
