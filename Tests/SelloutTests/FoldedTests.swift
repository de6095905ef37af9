import Sellout
import Testing

@Suite struct FoldedTests {
    @Test(arguments: [
        (" ExVatNetsales", "exvatnetsales"), ("Sales Inc VAT £ ", "sales inc vat £"), ("SELL\u{A0}OUT\nBY  EAN", "sell out by ean"),
        ("\tA\r\nB ", "a b"),
        ("ŚWIECA", "świeca"), ("Cafe\u{301}", "café"), ("", ""), ("  ", ""), ("\u{FEFF}Date", "date"),
    ])
    func `blanks, case and forms of the same letter do not tell texts apart`(text: String, folded: String) {
        #expect(Folded.text(text) == folded)
    }

    @Test func `plain text folds as any other text does`() {
        for text in ["  Sold  Qty ", "EDP 100 ML", "a\u{0B}b\u{0C}c", "X"] {
            // The mark makes the same text go the long way.
            #expect(Folded.text(text + " é") == (Folded.text(text) + " é"))
        }
    }
}
