/// What a column of an unknown table probably holds: told by its header first, by its values where the header says nothing.
struct ColumnGuess {
    private static let words: [(Field, [String])] = [
        (.ean, ["ean", "barcode", "gtin", "stockcode"]), (.orderID, ["order id", "order no", "order number"]),
        (.date, ["date", "datum", "fecha", "data"]),
        (.year, ["year", "jahr", "año", "rok"]), (.month, ["month", "monat", "mes", "miesiąc"]), (.period, ["period", "week"]),
        (.quantity, ["qty", "quantity", "orderqty", "units", "sold", "pieces", "antal", "menge", "cantidad", "ilość"]),
        (.amount, ["net", "amount", "value", "sales", "sum", "total", "revenue", "belopp", "umsatz", "importe"]),
        (.store, ["store", "branch", "pos", "location", "shop", "channel", "butik", "tienda"]),
        (.code, ["sku", "article no", "item no", "item id", "code", "reference"]),
        (.name, ["product", "description", "article", "item", "name"]),
        (.country, ["country"]), (.city, ["city"]),
    ]

    let header: String
    let values: [String]

    /// The field by the words of the header.
    var named: Field? {
        let folded = Folded.text(header)
        let parts = Set(folded.split { !$0.isLetter }.map(String.init))
        return ColumnGuess.words.first { _, words in
            words.contains { folded == $0 || parts.contains($0) || $0.count > 3 && folded.contains($0) }
        }?.0
    }

    var areEANs: Bool { most { EAN(Folded.text($0)) != nil } }

    var areDates: Bool { DateOrder.allCases.contains { order in most { ColumnGuess.day($0, order) } } }

    /// The orders in which all its dates can be read.
    var dateOrders: [DateOrder] { DateOrder.allCases.filter { order in most { ColumnGuess.day($0, order) } } }

    var haveDecimalCommas: Bool {
        values.contains { text in
            guard let comma = text.lastIndex(of: ",") else { return false }
            let places = text[text.index(after: comma)...].prefix { $0.isNumber }.count
            return places == 1 || places == 2
        }
    }

    private func most(_ holds: (String) -> Bool) -> Bool { !values.isEmpty && values.count(where: holds) * 10 >= values.count * 8 }

    private static func day(_ text: String, _ order: DateOrder) -> Bool {
        let bytes = Array(text.utf8)
        return order.read(bytes.span) != nil
    }
}
