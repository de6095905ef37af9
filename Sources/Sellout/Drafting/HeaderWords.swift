import Foundation

/// The words by which headers name their fields, in the languages of resellers. Accents and case do not count.
enum HeaderWords {
    /// The words of one field. A weak word names it only where nothing better does.
    private struct Vocabulary {
        let field: Field
        let strong: [[String]]
        let weak: [[String]]

        init(_ field: Field, _ strong: String, weak: String = "") {
            self.field = field
            self.strong = Vocabulary.phrases(strong)
            self.weak = Vocabulary.phrases(weak)
        }

        private static func phrases(_ text: String) -> [[String]] { text.split(separator: ",").map { PlainWords.of(String($0)) } }
    }

    /// The order decides where a header names two: `Store Code` is a store's, `Order Date` a date.
    private static let all: [Vocabulary] = [
        Vocabulary(
            .ean,
            """
            ean, ean13, gtin, barcode, bar code, code ean, code barre, code barres, strichcode, kod kreskowy, código de barras, \
            streepjescode, codice a barre, streckkod, штрихкод, штрих код, brūkšninis kodas, svītrkods, ribakood, stockcode
            """),
        Vocabulary(
            .orderID,
            """
            order id, order no, order nr, order number, bestellnummer, bestellnr, numéro de commande, nr zamówienia, numer zamówienia, \
            número de pedido, bestelnummer, ordernummer, numero ordine, transaction id, receipt
            """),
        Vocabulary(.date, "date, datum, data, fecha, dato, datums, kuupäev, дата"),
        Vocabulary(.year, "year, jahr, année, rok, año, jaar, anno, år, metai, gads, aasta, рік, год"),
        Vocabulary(.month, "month, monat, mois, miesiąc, mes, maand, mese, månad, mėnuo, mėnesis, kuu, місяць, месяц"),
        Vocabulary(
            .period,
            """
            period, periode, période, okres, periodo, período, zeitraum, week, woche, kalenderwoche, kw, semaine, tydzień, semana, \
            settimana, quarter, quartal, trimestre, kwartał, kwartaal, період, период, vecka
            """),
        Vocabulary(.cost, "cost of goods, cogs, cost of sales, wareneinsatz, koszt własny", weak: "cost, coût, koszt, coste, costo"),
        Vocabulary(.fee, "fee, fees, gebühr, gebühren, frais, commission, provision, prowizja, comisión, commissione"),
        Vocabulary(
            .quantity,
            """
            qty, quantity, units, pieces, pcs, menge, anzahl, stück, stückzahl, absatz, quantité, qté, unités, pièces, ilość, szt, sztuk, \
            sztuki, cantidad, cant, uds, unidades, aantal, stuks, hoeveelheid, quantità, qtà, pezzi, antal, kiekis, skaits, daudzums, \
            kogus, кількість, количество, кол во
            """, weak: "sold, unit, verkauft, verkocht, vendus, vendues, vendidas, venduti, sprzedano"),
        Vocabulary(
            .amount,
            """
            amount, value, net sales, netsales, revenue, turnover, umsatz, betrag, erlös, verkaufswert, warenwert, montant, \
            chiffre d affaires, ca ht, ca ttc, valeur, wartość, kwota, obrót, przychód, importe, facturación, valor, bedrag, omzet, waarde, \
            importo, fatturato, incasso, ricavo, ricavi, valore, belopp, выручка, виручка, apyvarta, apgrozījums, käive
            """,
            weak: """
                net, netto, sales, ventes, verkäufe, sprzedaż, ventas, verkoop, verkopen, vendite, sum, summe, suma, summa, somme, somma, \
                total, totaal, totale, gesamt, razem, сума, сумма, wert, ca, importe, gross, brutto
                """),
        Vocabulary(
            .store,
            """
            store, branch, pos, location, shop, outlet, door, doors, filiale, filial, geschäft, laden, standort, markt, verkaufsstelle, \
            magasin, boutique, point de vente, pdv, sklep, salon, lokalizacja, perfumeria, punkt sprzedaży, tienda, punto de venta, \
            sucursal, winkel, filiaal, locatie, vestiging, verkooppunt, negozio, punto vendita, punto di vendita, butik, parduotuvė, \
            veikals, kauplus, магазин, торгова точка
            """, weak: "channel, kanal, canal, kanał, canale, kanaal, reseller, retailer, customer, client, kunde, klient, klant, cliente"),
        Vocabulary(.country, "country, land, pays, kraj, país, paese"),
        Vocabulary(.city, "city, stadt, ort, ville, miasto, ciudad, stad, plaats, città"),
        Vocabulary(
            .code,
            """
            sku, code, article no, item no, item id, article number, item number, product id, reference, ref, artikelnummer, artikelnr, \
            artikel nr, art nr, artikelcode, référence, kod, symbol, indeks, código, referencia, codice, riferimento, артикул, kods
            """),
        Vocabulary(
            .name,
            """
            product name, description, bezeichnung, artikelbezeichnung, beschreibung, désignation, libellé, nom du produit, nazwa, opis, \
            descripción, omschrijving, productnaam, descrizione, benämning, наименование, найменування, назва, номенклатура, pavadinimas, \
            nosaukums, nimetus
            """,
            weak: """
                product, article, item, name, title, produkt, artikel, produit, nom, towar, producto, artículo, nombre, naam, prodotto, \
                articolo, nome, prekė, prece, toode, товар
                """),
    ]

    /// The fields that a header's words name, the likeliest first. A field without words in the header is not among them.
    static func fields(of header: String) -> [(field: Field, score: Int)] {
        let words = PlainWords.of(header)
        guard !words.isEmpty, words.count <= 12 else { return [] }
        return all.compactMap { vocabulary in
            let strong = vocabulary.strong.map { score($0, in: words) }.max() ?? 0
            let weak = (vocabulary.weak.map { score($0, in: words) }.max() ?? 0) - 25
            let best = max(strong, weak)
            return best > 0 ? (vocabulary.field, best) : nil
        }
    }

    /// 100 for the whole header, less where it holds more words, least for a part of one word: `Nettoumsatz`.
    private static func score(_ phrase: [String], in words: [String]) -> Int {
        if phrase == words { return 100 }
        for start in words.indices where words[start...].starts(with: phrase) { return 60 + phrase.count * 5 }
        guard phrase.count == 1, let word = phrase.first, word.count >= 5 || ["qty", "ean", "date", "name", "naam"].contains(word) else {
            return 0
        }
        return words.contains { $0.hasSuffix(word) || word.count >= 5 && $0.hasPrefix(word) } ? 40 : 0
    }

    /// How many fields a row of headers names.
    static func fieldCount(_ row: [String]) -> Int {
        Set(row.compactMap { isHeaderLike($0) ? fields(of: $0).first?.field : nil }).count
    }

    static func isHeaderLike(_ text: String) -> Bool { text.contains { $0.isLetter } && text.count < 60 }
}

/// A text as plain words: without accents, in lower case, `EANCode` and `SalesQuantity` taken apart.
enum PlainWords {
    static func of(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        let scalars = Array(text.prefix(200).decomposedStringWithCompatibilityMapping.unicodeScalars)
            .filter { $0.properties.generalCategory != .nonspacingMark }
        for (place, scalar) in scalars.enumerated() {
            let isLetter = scalar.properties.isAlphabetic
            guard isLetter || ("0"..."9").contains(scalar) else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            if place > 0, scalar.properties.isUppercase, begins(scalars, at: place), !word.isEmpty {
                words.append(word)
                word = ""
            }
            let lower = scalar.properties.lowercaseMapping
            word += lower.unicodeScalars.first.flatMap { NormalizedText.letters[$0] } ?? lower
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Whether a capital letter begins a word: behind a small one, or as the last capital before a small one.
    private static func begins(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        if scalars[place - 1].properties.isLowercase { return true }
        return scalars[place - 1].properties.isUppercase && place + 1 < scalars.count && scalars[place + 1].properties.isLowercase
    }
}
