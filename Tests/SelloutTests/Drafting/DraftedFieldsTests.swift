import Sellout
import Testing

/// Headers in the resellers' languages, over the same rows.
@Suite struct DraftedFieldsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let language: String
        let headers: String
        let row: String
        let next: String
        /// Lines that the draft must have.
        let fields: [String]

        init(_ language: String, _ headers: String, _ row: String, _ next: String, _ fields: String...) {
            (self.language, self.headers, self.row, self.next, self.fields) = (language, headers, row, next, fields)
        }

        var testDescription: String { language }
    }

    static let cases = [
        Case(
            "German", "Artikel-EAN|Menge|Umsatz|Filiale|Datum", "7350154320015|2|1.250,50|Berlin|13.04.2025",
            "7350154320022|1|625,25|Köln|14.04.2025", "ean: \"Artikel-EAN\",", "quantity: \"Menge\",", "amount: \"Umsatz\",",
            "store: \"Filiale\",", "date: \"Datum\",", "numbers: \"comma\",", "dates: \"dmy\","),
        Case(
            "German, long words",
            "Artikelnummer|Artikelbezeichnung|EAN-Code|Verkaufsmenge|Nettoumsatz|Bruttoumsatz|Filialname|Verkaufsdatum",
            "A-100|Rose EDP 100 ml|7350154320015|2|210,08|250,00|Berlin|13.04.2025",
            "A-101|Soap EDP 100 ml|7350154320022|1|105,04|125,00|Köln|14.04.2025", "ean: \"EAN-Code\",", "quantity: \"Verkaufsmenge\",",
            "amount: \"Nettoumsatz\",", "store: \"Filialname\",", "date: \"Verkaufsdatum\",", "code: \"Artikelnummer\",",
            "name: \"Artikelbezeichnung\","),
        Case(
            "French", "Code EAN|Désignation|Quantité|Montant|Magasin|Mois|Année", "7350154320015|Rose EDP|2|490,00|Lyon|4|2025",
            "7350154320022|Soap EDP|1|245,00|Paris|4|2025", "ean: \"Code EAN\",", "quantity: \"Quantité\",", "amount: \"Montant\",",
            "store: \"Magasin\",", "month: \"Mois\",", "year: \"Année\",", "name: \"Désignation\","),
        Case(
            "French, words in other order",
            "Référence|Nom du produit|Point de vente|Date de vente|Quantité vendue|Prix unitaire|Chiffre d'affaires HT",
            "BB100|Rose EDP 100 ml|Lyon|13/04/2025|2|122,50|245,00", "BB101|Soap EDP 100 ml|Paris|14/04/2025|3|100,00|300,00",
            "code: \"Référence\",", "name: \"Nom du produit\",", "store: \"Point de vente\",", "date: \"Date de vente\",",
            "quantity: \"Quantité vendue\",", "amount: \"Chiffre d'affaires HT\","),
        Case(
            "Polish", "Kod EAN|Nazwa towaru|Ilość|Wartość sprzedaży netto|Sklep|Miesiąc|Rok",
            "7350154320015|Róża woda perfumowana|2|900,50|Warszawa|4|2025", "7350154320022|Mydło woda perfumowana|1|450,25|Kraków|4|2025",
            "ean: \"Kod EAN\",", "name: \"Nazwa towaru\",", "quantity: \"Ilość\",", "amount: \"Wartość sprzedaży netto\",",
            "store: \"Sklep\",",
            "month: \"Miesiąc\",", "year: \"Rok\","),
        Case(
            "Dutch", "Artikelnummer|Omschrijving|EAN|Aantal|Omzet excl. BTW|Filiaal|Datum",
            "1131381|Rose EDP 100 ml|7350154320015|2|490,00|Utrecht|13-04-2025",
            "1131382|Soap EDP 100 ml|7350154320022|1|245,00|Breda|14-04-2025",
            "code: \"Artikelnummer\",", "name: \"Omschrijving\",", "quantity: \"Aantal\",", "amount: \"Omzet excl. BTW\",",
            "store: \"Filiaal\",", "date: \"Datum\","),
        Case(
            "Spanish", "Código de barras|Descripción|Unidades|Importe|Tienda|Fecha", "7350154320015|Rosa EDP|2|404,96|Madrid|13/04/2025",
            "7350154320022|Jabón EDP|1|202,48|Sevilla|14/04/2025", "ean: \"Código de barras\",", "name: \"Descripción\",",
            "quantity: \"Unidades\",", "amount: \"Importe\",", "store: \"Tienda\",", "date: \"Fecha\","),
        Case(
            "Italian", "Codice EAN|Descrizione|Quantità|Importo|Negozio|Mese|Anno", "7350154320015|Rosa EDP|2|404,96|Milano|4|2025",
            "7350154320022|Sapone EDP|1|202,48|Roma|4|2025", "ean: \"Codice EAN\",", "name: \"Descrizione\",", "quantity: \"Quantità\",",
            "amount: \"Importo\",", "store: \"Negozio\",", "month: \"Mese\",", "year: \"Anno\","),
        Case(
            "a week, the stock, a price and last year's beside the sales", "EAN|Week|Units LY|Units|Stock|RRP|Net Sales|Gross Sales|Door",
            "7350154320015|2025-W14|9|2|40|125.00|200.00|250.00|Oslo", "7350154320022|2025-W15|8|3|41|125.00|300.00|375.00|Bergen",
            "quantity: \"Units\",", "amount: \"Net Sales\",", "store: \"Door\",", "date: \"Week\",", "period: { texts: [\"YYYY-WW\"] },"),
        Case(
            "a web shop's orders", "Order ID|Product EAN|Quantity|Sales EUR|Order Date", "#1|7350154320015|1|9.00|2025-04-01",
            "#2|7350154320022|2|18.50|2025-04-02", "order_id: \"Order ID\",", "store: \"online\",  // unsure", "currency: \"EUR\",\n"),
        Case(
            "three amounts, one without tax", "Store|Stockcode|Qty|Amount|netsales|exvatnetsales|Month|Year",
            "ON|7350154320015|1|11,50|10,35|9,00|4|2025", "SANDTON|7350154320022|2|23,00|20,70|18,00|4|2025",
            "ean: \"Stockcode\",", "amount: \"exvatnetsales\",  // unsure"),
        Case(
            "words that nobody knows", "Aaa|Bbb|Ccc|Ddd|Eee", "7350154320015|2|245.50|Oslo|2025-04-13",
            "7350154320022|1|122.75|Bergen|2025-04-14",
            "ean: \"Aaa\",", "quantity: \"Bbb\",  // unsure: told by its values alone",
            "amount: \"Ccc\",  // unsure: told by its values alone",
            "date: \"Eee\",  // unsure: told by its values alone"),
    ]

    @Test(arguments: cases) func `headers name their fields in many languages`(_ one: Case) throws {
        func cells(_ line: String) -> [TestBook.Value] { line.split(separator: "|").map { .text(String($0)) } }
        let book = TestBook("sales.csv", [("sales", [cells(one.headers), cells(one.row), cells(one.next)])], isPlainTable: true)
        let text = try #require(ProfileDraft(book.glimpse)).text
        for field in one.fields { #expect(text.contains(field), "\(field) is missing in\n\(text)") }
        let profile = try Profile.read(Array(text.utf8), file: "draft.json5")
        #expect(try book.reading(as: "new_reseller", among: [profile]).sales.count == 2)
    }

    @Test(arguments: [
        "Total", "Grand Total", "Totals", "Sum", "Summe", "Gesamt", "Suma", "Razem", "Ogółem", "Totaal", "Viso", "Iš viso", "Kopā", "Kokku",
        "Разом", "Всього", "Итого", "Всего", "Totale", "Total général", "Something never heard of",
    ]) func `a row that sums up the others is a total, whatever it is called`(_ word: String) throws {
        let book = TestBook(
            "sales.xlsx", sheet: "Sales",
            [
                ["Store", "EAN", "Date", "Quantity", "Amount"], ["Oslo", "7350154320015", "2025-04-13", 2, 245.5],
                ["Bergen", "7350154320022", "2025-04-14", 3, 300], [.text(word), nil, nil, 5, 545.5],
            ])
        let text = try #require(ProfileDraft(book.glimpse)).text
        let profile = try Profile.read(Array(text.utf8), file: "draft.json5")
        let reading = try book.reading(as: "new_reseller", among: [profile])
        #expect(reading.sales.count == 2 && reading.errors.isEmpty)
        #expect(reading.controls == ["Sales, row 4 agrees"])
    }

    @Test func `the sum of other columns is no amount, and one that multiplies is`() throws {
        let stores = TestBook(
            "april 2025.csv",
            [
                (
                    "x",
                    [
                        ["EAN", "Product", "Qty", "Net", "VAT", "Total", "Store", "Date"],
                        ["7350154320015", "Rose EDP", 2, 200, 50, 250, "Oslo", "2025-04-13"],
                        ["7350154320022", "Soap EDP", 1, 100, 25, 125, "Bergen", "2025-04-14"],
                    ]
                )
            ], isPlainTable: true)
        #expect(try #require(ProfileDraft(stores.glimpse)).text.contains("amount: \"Net\","))
        let flat = TestBook(
            "x.csv",
            [
                (
                    "x",
                    [
                        ["EAN", "Product", "Quantity", "Unit Price", "Total", "Store", "Month", "Year"],
                        ["7350154320015", "Rose EDP", 2, 125, 250, "Oslo", 4, 2025],
                        ["7350154320022", "Soap EDP", 3, 100, 300, "Bergen", 4, 2025],
                    ]
                )
            ], isPlainTable: true)
        #expect(try #require(ProfileDraft(flat.glimpse)).text.contains("amount: \"Total\",  // unsure:"))
    }

    @Test func `dates take the order that reads all of them, or the one that the month column says`() throws {
        func order(_ first: TestBook.Value, _ next: TestBook.Value, _ month: TestBook.Value) throws -> String {
            let book = TestBook(
                "x.csv",
                [
                    (
                        "x",
                        [
                            ["EAN", "Qty", "Value", "Store", "Date", "Month", "Year"],
                            ["7350154320015", 2, 125, "Oslo", first, month, 2025], ["7350154320022", 3, 100, "Oslo", next, month, 2025],
                        ]
                    )
                ], isPlainTable: true)
            let text = try #require(ProfileDraft(book.glimpse)).text
            return text.split(separator: "\n").first { $0.contains("dates:") }.map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
                ?? ""
        }
        #expect(try order("1/28/2025", "1/3/2025", 1).hasPrefix("dates: \"mdy\""))
        #expect(try order("28.1.2025", "3.1.2025", 1).hasPrefix("dates: \"dmy\""))
        #expect(try order("4/3/2025", "4/5/2025", 4).hasPrefix("dates: \"mdy\""))
        #expect(try order("4/4/2025", "4/4/2025", 4).contains("unsure: every date"))
    }

    @Test func `a stranger's header cannot end a line of the draft, nor move the cursor`() throws {
        let book = TestBook(
            "x\u{2028}\",\n.csv",
            [("x", [["EAN\u{1B}[2J", "Qty\nunits", "Value \"\\"], ["7350154320015", 2, 125], ["7350154320022", 1, 25]])],
            isPlainTable: true)
        let text = try #require(ProfileDraft(book.glimpse)).text
        #expect(!text.contains("\u{1B}") && !text.contains("\u{2028}"))
        #expect(throws: Never.self) { try Profile.read(Array(text.utf8), file: "draft.json5") }
    }
}
