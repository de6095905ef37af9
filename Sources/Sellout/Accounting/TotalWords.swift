/// The words for sums in the resellers' languages. What is called so is never a store, a product or a sale, whatever its layout says.
enum TotalWords {
    /// The whole text, folded.
    private static let whole: Set<String> = [
        "total", "totals", "grand total", "grand totals", "overall total", "sum", "sums", "sum total", "subtotal", "sub total", "sub-total",
        "summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt",
        "suma", "suma końcowa", "suma całkowita", "razem", "ogółem", "łącznie", "suma total",
        "totaal", "eindtotaal", "subtotaal", "totaux", "total général", "sous-total", "total general", "totale", "totale generale",
        "viso", "iš viso", "bendra suma", "kopā", "pavisam", "kokku", "kõik kokku", "разом", "всього", "усього", "итого", "всего",
        "yhteensä", "summa", "i alt", "totalt",
    ]

    /// Words that make a sum of what stands beside them: `Lithuania Total`, `Total Sales Channels`, `Summe Filialen`.
    private static let parts: Set<String> = [
        "total", "totals", "grand total", "subtotal", "summe", "gesamt", "gesamtsumme", "suma", "razem", "ogółem", "totaal", "totale",
        "viso", "kopā", "kokku", "разом", "всього", "итого", "всего",
    ]

    /// Words that stand only before what they sum up: `All Sales Channels`, `Sum of all`.
    private static let openings: Set<String> = ["all", "sum of", "alle", "wszystkie", "todas", "todos", "toutes", "tous", "tutti", "visi", "visos"]

    /// Whether the text means the sum of everything.
    static func isGrand(folded text: String) -> Bool { whole.contains(plain(text)) }

    /// Whether the text means a sum, of everything or of a part.
    static func isTotal(folded text: String) -> Bool {
        let text = plain(text)
        guard !whole.contains(text) else { return true }
        guard text.utf8.count <= longest, let gap = text.firstIndex(of: " ") else { return false }
        if parts.contains(String(text[..<gap])) || openings.contains(String(text[..<gap])) || text.hasPrefix("sum of ") { return true }
        guard let last = text.lastIndex(of: " ") else { return false }
        return parts.contains(String(text[text.index(after: last)...]))
    }

    /// Without the signs that people put around such a word: `Total:`, `= Razem =`, `- Suma`.
    private static func plain(_ text: String) -> String {
        let signs: Set<Character> = [":", "=", "*", "-", "–", "—", ".", "(", ")", "Σ", "σ", " "]
        let bare = text.drop { signs.contains($0) }
        guard let end = bare.lastIndex(where: { !signs.contains($0) }) else { return text }
        return String(bare[...end])
    }

    /// No sum's name is longer.
    private static let longest = 80

    /// Whether the text could be one, by a look at its bytes: for most texts that is enough, without making a String.
    static func mayBe(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 3, text.count <= longest else { return false }
        var window: UInt32 = 0
        for index in 0..<text.count {
            let byte = text[index]
            if byte >= 0xC4 { return true }
            window = (window << 8 | UInt32(byte | 0x20)) & 0xFF_FFFF
            switch window {
            case 0x746F74, 0x73756D, 0x72617A, 0x766973, 0x6B6F6B, 0x616C6C, 0x676573, 0x706176, 0x746F75, 0x747574, 0x746F64,
                0x692061, 0x62656E, 0x777A79:
                // tot sum raz vis kok all ges pav tou tut tod "i a" ben wzy
                return true
            default: break
            }
        }
        return false
    }
}
