import Cells

/// The header row of a reference file: which kind of file it is, and in which column each field is.
struct ReferenceHeader: Sendable {
    let kind: ReferenceData.Kind
    /// In the order of the columns.
    let columns: [(field: ReferenceField, column: Int, title: String)]

    func column(of field: ReferenceField) -> Int? { columns.first { $0.field == field }?.column }

    func title(of field: ReferenceField) -> String { columns.first { $0.field == field }?.title ?? field.header }

    init(_ row: Row, expecting expected: ReferenceData.Kind?) throws(FileRefusal) {
        let titles = row.cells.map { (column: Int($0.column), title: row.string($0)) }.filter { !Folded.text($0.title).isEmpty }
        let found = Dictionary(grouping: titles) { Folded.header($0.title) }
        let fitting = ReferenceData.Kind.allCases.filter { ReferenceHeader.missing(of: $0, in: found.keys).isEmpty }
        let kind = try ReferenceHeader.choice(among: fitting, expecting: expected, found: titles.map(\.title))
        self.kind = kind
        let wanted = Dictionary(
            uniqueKeysWithValues: (ReferenceField.required(of: kind) + ReferenceField.optional(of: kind)).map {
                (Folded.header($0.header), $0)
            })
        var columns: [(field: ReferenceField, column: Int, title: String)] = []
        for (column, title) in titles {
            let key = Folded.header(title)
            guard let field = wanted[key] ?? (kind == .rates ? ReferenceHeader.currency(key).map(ReferenceField.rate) : nil) else {
                continue
            }
            if columns.contains(where: { $0.field == field }) {
                throw FileRefusal(.parsingError, "The header \(title) stands twice in row \(row.number): which of the two columns counts?")
            }
            columns.append((field, column, title))
        }
        self.columns = columns
    }

    private static func currency(_ key: String) -> String? {
        let code = key.uppercased()
        return code.utf8.count == 3 && CurrencyCodes.isKnown(code) ? code : nil
    }

    private static func missing(of kind: ReferenceData.Kind, in found: some Collection<String>) -> [String] {
        var missing = ReferenceField.required(of: kind).map(\.header).filter { !found.contains(Folded.header($0)) }
        // Many files have a date; only a rate file has a currency as a header.
        if kind == .rates, !found.contains(where: { currency($0) != nil }) { missing.append("a currency such as USD") }
        return missing
    }

    private static func choice(
        among fitting: [ReferenceData.Kind], expecting expected: ReferenceData.Kind?, found titles: [String]
    ) throws(FileRefusal) -> ReferenceData.Kind {
        if let expected {
            if fitting.contains(expected) { return expected }
            let lacking = missing(of: expected, in: titles.map(Folded.header))
            var message =
                "This is no file of \(expected.rawValue): it lacks \(lacking.joined(separator: ", ")); found are \(listed(titles))."
            if let other = fitting.first { message += " It looks like \(other.rawValue)." }
            throw FileRefusal(.parsingError, message, suggestion: "The headers expected are \(ReferenceField.headers(of: expected)).")
        }
        if fitting.count == 1 { return fitting[0] }
        if fitting.count > 1 {
            let names = fitting.map(\.rawValue).joined(separator: " and ")
            throw FileRefusal(
                .parsingError, "The headers fit \(names) at once: \(listed(titles)).", suggestion: "Send each kind in a file of its own.")
        }
        throw unknown(titles)
    }

    private static func unknown(_ titles: [String]) -> FileRefusal {
        let kinds = ReferenceData.Kind.allCases.map { "\($0.rawValue): \(ReferenceField.headers(of: $0))" }.joined(separator: "; ")
        let keys = titles.map(Folded.header)
        // The sender probably meant the kind of which most headers are there.
        let shares = ReferenceData.Kind.allCases.map { kind in
            (kind: kind, there: ReferenceField.required(of: kind).count { keys.contains(Folded.header($0.header)) })
        }
        let nearest = shares.max { $0.there < $1.there }.flatMap { $0.there > 0 ? $0.kind : nil }
        return FileRefusal(
            .parsingError, "This is no reference file. Its headers are \(listed(titles)); expected is one of: \(kinds).",
            suggestion: nearest.map { "For \($0.rawValue) it lacks \(missing(of: $0, in: keys).joined(separator: ", ")).\(byHeader)" })
    }

    private static let byHeader = " The first row must hold the headers."

    private static func listed(_ titles: [String]) -> String {
        if titles.isEmpty { return "none" }
        let shown = titles.prefix(20).map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
        return shown.joined(separator: ", ") + (titles.count > 20 ? ", and \(titles.count - 20) more" : "")
    }
}

/// A column of a reference file, by its published header. A rate file has a date and one column for each currency.
enum ReferenceField: Hashable, Sendable {
    case ean, functionalName, description
    case currency, price, validFrom
    case reseller, code, name, type, city, country
    case date
    case rate(String)

    var header: String {
        switch self {
        case .ean: "ean"
        case .functionalName: "functional_name"
        case .description: "description"
        case .currency: "currency"
        case .price: "price"
        case .validFrom: "valid_from"
        case .reseller: "reseller"
        case .code: "code"
        case .name: "name"
        case .type: "type"
        case .city: "city"
        case .country: "country"
        case .date: "Date"
        case .rate(let currency): currency
        }
    }

    static func required(of kind: ReferenceData.Kind) -> [ReferenceField] {
        switch kind {
        case .products: [.ean, .functionalName]
        case .prices: [.ean, .currency, .price, .validFrom]
        case .mappings: [.reseller, .code, .ean]
        case .stores: [.reseller, .code, .name, .type]
        case .rates: [.date]
        }
    }

    /// A field that is missing is empty.
    static func optional(of kind: ReferenceData.Kind) -> [ReferenceField] {
        switch kind {
        case .products: [.description]
        case .stores: [.city, .country]
        case .prices, .mappings, .rates: []
        }
    }

    static func headers(of kind: ReferenceData.Kind) -> String {
        let names = (required(of: kind) + optional(of: kind)).map(\.header)
        return kind == .rates ? "Date, USD, JPY, … as the ECB publishes them" : names.joined(separator: ",")
    }
}

/// The three-letter codes of ISO 4217. The former ones are those that the European Central Bank published until their countries
/// took the euro or a new currency.
enum CurrencyCodes {
    static func isKnown(_ code: String) -> Bool { all.contains(code) }

    private static let all: Set<String> = Set((today + " " + former).split(separator: " ").map(String.init))

    private static let today = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC \
        CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD \
        JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD \
        NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
        SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
        """
    private static let former = "CYP EEK HRK LTL LVL MTL ROL SIT SKK TRL"
}
