/// What a header says of a column beyond its field: that it is no sale's figure, or how its amounts are meant.
enum HeaderTraits {
    private static func phrases(_ text: String) -> [[String]] { text.split(separator: ",").map { PlainWords.of(String($0)) } }

    private static func hold(_ phrases: [[String]], _ words: [String]) -> Bool {
        phrases.contains { phrase in words.indices.contains { words[$0...].starts(with: phrase) } }
    }

    private static let otherTime = phrases(
        """
        sply, ly, ytd, last year, last, previous, prev, prior, year ago, vorjahr, vj, année précédente, n 1, poprzedni, año anterior, \
        vorig jaar, anno precedente, year to date, cumul, cumulé, kumuliert, narastająco, acumulado, cumulatief, cumulato
        """)
    private static let comparison = phrases(
        """
        variance, var, growth, change, diff, difference, budget, target, forecast, plan, pct, percent, share, anteil, udział, cuota, \
        aandeel, quota, margin, marge, marża, margen, margine, discount, rabatt, remise, rabat, descuento, korting, sconto
        """)
    private static let stock = phrases(
        """
        inventory, on hand, in stock, soh, bestand, lagerbestand, voorraad, zapas, stan magazynowy, stan, giacenza, existencias, \
        залишок, остаток
        """)
    private static let price = phrases(
        "price, preis, stückpreis, einzelpreis, prix, cena, precio, prijs, prezzo, kaina, pris, ціна, цена, rrp, rsp, uvp, pvp")
    private static let descriptions = phrases(
        """
        brand, marke, marque, marka, marca, merk, category, kategorie, catégorie, kategoria, categoría, categoria, supplier, vendor, \
        lieferant, fournisseur, dostawca, proveedor, leverancier, fornitore, status, size, colour, color, season, collection, group, \
        gruppe, groupe, grupa, grupo, gruppo, groep, family, phase, style, type, typ, abc
        """)
    private static let withTax = phrases(
        """
        inc vat, incl vat, including vat, inc tax, incl tax, gross, brutto, bruttoumsatz, ttc, inkl mwst, incl btw, iva incluido, \
        iva inclusa, con iva, ivato, z vat
        """)
    private static let withoutTax = phrases(
        """
        ex vat, exvat, excl vat, excluding vat, ex tax, excl tax, net, netto, nettoumsatz, netsales, ht, hors taxe, zzgl mwst, excl btw, \
        sin iva, iva esclusa, bez vat
        """)
    private static let exclusions = phrases("ex vat, ex tax, ht, hors taxe, zzgl mwst, sin iva, iva esclusa, bez vat")
    private static let spans = phrases(
        """
        actual, current, this year, ty, mtd, month, this month, ist, aktuell, cy, réel, bieżący, actual period, act, period, week, \
        this week
        """)
    private static let days = phrases("week, woche, kalenderwoche, kw, semaine, tydzień, semana, settimana, vecka")

    /// Why a column with this header is no sale's figure; nil where nothing says so.
    static func noSale(_ header: String) -> String? {
        let words = PlainWords.of(header)
        if header.contains("%") { return "a percentage" }
        if hold(otherTime, words) { return "another time's figures" }
        if hold(comparison, words) { return "a comparison" }
        if hold(stock, words) || words == ["stock"] || words == ["stock", "qty"] { return "the stock" }
        if hold(price, words) { return "a price of one piece" }
        if hold(descriptions, words) { return "a description" }
        return nil
    }

    static func isPrice(_ header: String) -> Bool { hold(price, PlainWords.of(header)) }

    static func isDescription(_ header: String) -> Bool { hold(descriptions, PlainWords.of(header)) }

    static func includesTax(_ header: String) -> Bool { hold(withTax, PlainWords.of(header)) }

    static func excludesTax(_ header: String) -> Bool { hold(withoutTax, PlainWords.of(header)) || namesExclusion(header) }

    /// `Ex VAT` and not merely `net`, which may mean without returns.
    static func namesExclusion(_ header: String) -> Bool {
        let words = PlainWords.of(header)
        return words.contains { $0.hasPrefix("exvat") || $0.hasPrefix("excl") } || hold(exclusions, words)
    }

    /// `Actual` and what else tells this span of time from another.
    static func isThisSpan(_ label: String) -> Bool { hold(spans, PlainWords.of(label)) && !isOtherSpan(label) }

    static func isOtherSpan(_ label: String) -> Bool {
        let words = PlainWords.of(label)
        return hold(otherTime, words) || hold(comparison, words)
    }

    static func isWeek(_ header: String) -> Bool { hold(days, PlainWords.of(header)) }
}
