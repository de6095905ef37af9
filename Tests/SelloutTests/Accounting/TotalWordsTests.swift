import Testing

@testable import Sellout

/// What resellers call their sums, and what only sounds like it.
@Suite struct TotalWordsTests {
    static let alone = [
        "Total", "TOTALS", "Grand Total", "Sum", "Subtotal", "Sub-Total",  // English
        "Summe", "Gesamt", "Gesamtsumme", "Gesamtergebnis", "Zwischensumme", "Insgesamt",  // German
        "Suma", "Suma końcowa", "Razem", "Ogółem", "Łącznie", "łącznie",  // Polish
        "Totaal", "Eindtotaal", "Subtotaal",  // Dutch
        "Viso", "Iš viso", "Bendra suma",  // Lithuanian
        "Kopā", "Pavisam", "Kopsumma",  // Latvian
        "Kokku",  // Estonian
        "Разом", "Всього", "Усього", "УСЬОГО", "Підсумок",  // Ukrainian
        "Итого", "Всего", "ИТОГО", "Общий итог",  // Russian
        "Somme", "Total général", "Sous-total",  // French
        "Totale", "Totale complessivo", "Total general", "Total geral",  // Italian, Spanish, Portuguese
    ]

    static let beside = [
        "Lithuania Total", "Total Sales Channels", "All Sales Channels", "All stores", "000834429 | 98-NO COLOUR Total", "Viso Lietuva",
        "Kopā Latvija", "Vilnius, viso", "Summe Filialen", "Wszystkie sklepy", "Alle winkels", "Сума разом", "Sum of QTY", "TOTAL:",
        " total ",
        "Tous les magasins", "Todas las tiendas",
    ]

    static let others = [
        "", "Totally Rose", "Tot", "Sumatra 100 ml", "Summer Rain", "Allure", "Ally", "Vision", "Galerie Viso d'Or", "Kopaonik", "Kokkurin",
        "Swimming Pool EDP 100 ml", "Alles Wien", "Razemski", "Rose total bliss 30 ml", "Результат", "Сумська 12", "Store 12",
        "Grand Place", "Talla", "7350154320015", "Santal Beauty",
    ]

    @Test(arguments: alone) func `a sum's word alone means everything`(word: String) {
        #expect(TotalWords.isAlone(word) && TotalWords.isTotal(word))
    }

    @Test(arguments: beside) func `a sum's word before or behind what it sums up means a part`(text: String) {
        #expect(TotalWords.isTotal(text))
    }

    @Test(arguments: others) func `what only sounds like a sum is none`(text: String) { #expect(!TotalWords.isTotal(text)) }

    @Test(arguments: alone + beside) func `the look at a text's bytes misses no sum`(text: String) {
        for written in [text, text.uppercased(), text.lowercased(), text.capitalized] {
            let bytes = Array(written.utf8)
            let mayBe = TotalWords.mayBe(bytes.span)
            #expect(mayBe, "\(written)")
        }
    }

    @Test func `a text longer than any sum's name is none`() {
        #expect(!TotalWords.isTotal("Total " + String(repeating: "of all that was sold ", count: 10)))
    }

    @Test func `the word at a text's end is given as it stands there`() {
        #expect(TotalWords.ending("000834429 | 98-NO COLOUR Total") == "Total")
        #expect(TotalWords.ending("000834429 | 98-NO COLOUR") == nil)
    }
}

/// The same words in the files: as a header, a row, a store, a product.
@Suite struct NamedTotalsTests {
    /// One of each of ten languages.
    static let words = ["Grand Total", "Summe", "Razem", "Totaal", "Iš viso", "Kopā", "Kokku", "Разом", "Итого", "Totale", "Somme"]

    @Test(arguments: words) func `a column group with a sum's name is compared and never a store`(word: String) throws {
        let figures: Values = [nil, .ean(1), "EDP 100 ml", 1, 245, 2, 490, 3, 735]
        let reading = try TestBook.cdlc(headed: ["E-shop", "Riga", word], [figures]).reading(as: "cdlc")
        #expect(reading.harvested.stores.map(\.name) == ["E-shop", "Riga"] && reading.warnings.isEmpty)
        #expect(reading.controls == ["2025 04, columns \(word) agrees"])
    }

    @Test(arguments: words) func `a table's row with a sum's name is compared and never sold`(word: String) throws {
        let sale = TestBook.boxnoxRow()
        let total: Values = [.text(word), nil, nil, nil, nil, 2, 20]
        let reading = try TestBook.boxnox([sale, sale, total]).reading(as: "boxnox")
        #expect(reading.controls == ["\(TestBook.boxnoxSheet), row 4 agrees"] && reading.sales.count == 2 && reading.warnings.isEmpty)
    }

    @Test(arguments: words) func `a grid's row with a sum's name is compared and never sold`(word: String) throws {
        let months = TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["B", 2, 2, 4], [.text(word), 3, 4, 7]])
        let reading = try months.reading(as: "galilu")
        #expect(reading.sales.count == 4 && reading.warnings.isEmpty)
        #expect(reading.controls.prefix(3) == ["2025-01 agrees", "2025-02 agrees", "total agrees"])
        let row: Values = [nil, .ean(1), "EDP 100 ml", 1, 245, 2, 490]
        let stores = try TestBook.cdlc(headed: ["E-shop", "Riga"], [row, [nil, .text(word), nil, 1, 245, 2, 490]]).reading(as: "cdlc")
        #expect(stores.sales.count == 2 && stores.controls == ["store E-shop agrees", "store Riga agrees"])
    }

    @Test(arguments: words) func `a store with a sum's name is not sold, and the batch waits`(word: String) throws {
        let rows = [TestBook.boxnoxRow(), TestBook.boxnoxRow("Luz", .ean(2), 3, 30), TestBook.boxnoxRow(.text(word), .ean(1), 1, 10)]
        let reading = try TestBook.boxnox(rows).reading(as: "boxnox")
        #expect(reading.held == ["TOTAL_AMONG_SALES | \(TestBook.boxnoxSheet) | row 4 | \"\(word)\""])
        #expect(reading.sales.count == 2 && reading.harvested.stores.map(\.name) == ["Sol", "Luz"])
    }

    @Test func `a row with a sum's name that sells a product is not sold, and the batch waits`() throws {
        var total = TestBook.boxnoxRow()
        total[0] = "Total"
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(), total]).reading(as: "boxnox")
        #expect(reading.held == ["TOTAL_AMONG_SALES | \(TestBook.boxnoxSheet) | row 3 | \"Total\""])
        #expect(reading.sales.count == 1 && reading.skipped == ["total rows: 1"])
    }

    @Test func `a product with a sum's name and no EAN is no sale, whatever operations have mapped`() throws {
        var total = TestBook.boxnoxRow("Sol", nil, 7, 70)
        total[7] = "Total Sol"
        #expect(try TestBook.boxnox([TestBook.boxnoxRow(), total]).reading(as: "boxnox").skipped == ["total rows: 1"])
    }

    /// A row that only its name makes a sum: no rows above come to its figures, so it may be a product.
    @Test func `a row with figures that is called a part's sum, and is none, is not left out in silence`() throws {
        let months = try TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["Total Rose 310 g", 5, 1, 6], ["B", 2, 2, 4]]).reading(
            as: "galilu")
        let flat = try TestBook(
            "galilu.xlsx", [("Sol", [["Product", "Quantity", "Month", "Year"], ["A", 1, 4, 2025], ["All Saints 100 ml", 9, 4, 2025]])]
        ).reading(as: "galilu")
        let stores = try TestBook.cdlc(headed: ["E-shop", "Riga"], [TestBook.cdlcRow(1, [1, 2]), [nil, nil, "All Saints bag", 4, 980]])
            .reading(
                as: "cdlc")
        for reading in [months, flat, stores] { #expect(reading.doubts == ["TOTAL_NOT_UNDERSTOOD"]) }
    }

    @Test func `a word for sums in Polish is one in a Polish reseller's rows`() throws {
        let reading = try TestBook.galilu(["Jan", "Feb"], [["A", 1, 2, 3], ["Ogółem", 1, 2, 3]]).reading(as: "galilu")
        #expect(reading.sales.count == 2)
    }

    @Test(arguments: ["Totally Home", "Alles Wien", "Summer Shop", "Grand Place"])
    func `a store that only sounds like a sum is sold`(name: String) throws {
        let reading = try TestBook.boxnox([TestBook.boxnoxRow(.text(name))]).reading(as: "boxnox")
        #expect(reading.sales.count == 1 && reading.warnings.isEmpty)
        let grid = try TestBook.cdlc(headed: ["E-shop", name], [[nil, .ean(1), "EDP", 1, 245, 2, 490]]).reading(as: "cdlc")
        #expect(grid.harvested.stores.map(\.name) == ["E-shop", name] && grid.warnings.isEmpty)
    }
}
