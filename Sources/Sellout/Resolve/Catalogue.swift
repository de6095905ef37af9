import Cells

/// What a file's name for a product means.
package struct ProductMeaning: Hashable, Sendable {
    package let ean: EAN
    /// From this day on it means nothing any more.
    package let endedFrom: CivilDay?
}

/// All reference data that one reseller's sales are resolved with, as it was at one moment.
package struct Catalogue: Sendable {
    /// Raised by every change of reference data. A batch that was resolved at a lower version may be resolved again.
    package let version: Int
    private let byMapping: [String: EAN]
    /// From when on mapped codes mean nothing any more, of those that ended: as they are folded, and as they are normalised.
    private let endsOfMappings: [String: CivilDay]
    private let endsOfTexts: [String: CivilDay]
    private let byName: [String: EAN]
    private let products: [EAN: Product]
    private let stores: [String: Store]
    /// In the reseller's currency.
    private let prices: [EAN: [ListPrice]]
    private let euroPrices: [EAN: [ListPrice]]
    private let rates: RateTable
    private let texts: ProductTexts

    /// `merged` are the codes and names of stores that operators have merged into another one.
    package init(
        version: Int, currency: String, products: [Product], mappings: [ProductMapping], stores: [Store],
        merged: [(text: String, store: Store)] = [], prices: [ListPrice], rates: RateTable
    ) {
        self.version = version
        self.rates = rates
        let known = Dictionary(products.map { ($0.ean, $0) }, uniquingKeysWith: { _, last in last })
        // Whatever means a product that was replaced means the other one.
        func meant(_ ean: EAN) -> EAN { known[ean]?.replacedBy ?? ean }
        self.products = known
        // A name that two products share means neither.
        let named = Dictionary(grouping: known.values) { Folded.text($0.functionalName) }
        byName = named.compactMapValues { sharing in
            let eans = Set(sharing.map { meant($0.ean) })
            return eans.count == 1 ? eans.first : nil
        }
        byMapping = Dictionary(mappings.map { (Folded.text($0.code), meant($0.ean)) }, uniquingKeysWith: { _, last in last })
        let ended = mappings.filter { $0.endedFrom != nil }
        endsOfMappings = Dictionary(ended.map { (Folded.text($0.code), $0.endedFrom) }, uniquingKeysWith: { _, last in last })
            .compactMapValues(\.self)
        endsOfTexts = Catalogue.ends(ofTexts: ended, others: mappings, products)
        texts = ProductTexts(
            mappings.map { ($0.code, meant($0.ean)) }
                + products.flatMap { [($0.functionalName, meant($0.ean)), ($0.description, meant($0.ean))] })
        self.stores = Dictionary(
            stores.flatMap { [(Folded.text($0.name), $0), (Folded.text($0.code), $0)] } + merged.map { (Folded.text($0.text), $0.store) },
            uniquingKeysWith: { _, last in last })
        self.prices = Catalogue.byProduct(prices, in: currency)
        euroPrices = currency == "EUR" ? self.prices : Catalogue.byProduct(prices, in: "EUR")
    }

    /// A text that also means something by a mapping or a product that has not ended has no end.
    private static func ends(
        ofTexts ended: [ProductMapping], others mappings: [ProductMapping], _ products: [Product]
    ) -> [String: CivilDay] {
        if ended.isEmpty { return [:] }
        let lasting = mappings.filter { $0.endedFrom == nil }.map(\.code) + products.flatMap { [$0.functionalName, $0.description] }
        let others = Set(lasting.map(NormalizedText.of))
        var ends: [String: CivilDay] = [:]
        for mapping in ended {
            let text = NormalizedText.of(mapping.code)
            if !others.contains(text) { ends[text] = mapping.endedFrom }
        }
        return ends
    }

    private static func byProduct(_ prices: [ListPrice], in currency: String) -> [EAN: [ListPrice]] {
        Dictionary(grouping: prices.filter { $0.currency == currency }.sorted { $0.validFrom < $1.validFrom }, by: \.ean)
    }

    /// An EAN in the file that is known counts before everything else: by a mapping of that EAN, or as a product's own. Then what
    /// operations have mapped the code or name to. Only where the file has no EAN, a functional name or a normalised text counts: they
    /// do not make up for an EAN that the catalogue does not know, because the two may mean different products.
    package func meaning(of naming: ProductNaming) -> ProductMeaning? {
        if let ean = naming.ean {
            let written = ean.description
            if let known = byMapping[written] { return meaning(known, until: endsOfMappings[written]) }
            if let own = own(ean) { return meaning(own) }
        }
        let names = [naming.code, naming.name].compactMap { $0 }
        for text in names {
            let folded = Folded.text(text)
            if let ean = byMapping[folded] { return meaning(ean, until: endsOfMappings[folded]) }
        }
        if naming.ean != nil { return nil }
        for text in names {
            if let ean = EAN(text).flatMap(own) { return meaning(ean) }
            if let ean = byName[Folded.text(text)] { return meaning(ean) }
        }
        for text in names {
            if let ean = texts.product(text) {
                return meaning(ean, until: endsOfTexts.isEmpty ? nil : endsOfTexts[NormalizedText.of(text)])
            }
        }
        return nil
    }

    /// What the name means, or meant until its end.
    package func product(for naming: ProductNaming) -> EAN? { meaning(of: naming)?.ean }

    private func meaning(_ ean: EAN, until end: CivilDay? = nil) -> ProductMeaning {
        let ends = [end, products[ean]?.endedFrom].compactMap { $0 }
        return ProductMeaning(ean: ean, endedFrom: ends.min())
    }

    /// The product of that EAN, or the one that has replaced it.
    private func own(_ ean: EAN) -> EAN? { products[ean].map { $0.replacedBy ?? ean } }

    /// What an unknown product probably is; nil if nothing is similar enough.
    package func suggestion(for naming: ProductNaming) -> ProductSuggestion? {
        let names = [naming.name, naming.code].compactMap { $0 }
        return names.compactMap { name in texts.nearest(to: name, others: names.filter { $0 != name }) }.max { $0.percent < $1.percent }
    }

    package func store(named name: String) -> Store? { stores[Folded.text(name)] }

    private var storeNames: [String] { Set(stores.values.map(\.name)).sorted() }

    /// The stores that are named most like it.
    package func storesNear(_ name: String) -> [String] { Likeness.nearest(to: name, among: storeNames, most: 3) }

    package func product(_ ean: EAN) -> Product? { products[ean] }

    package func price(of ean: EAN, on day: CivilDay) -> Money? {
        prices[ean]?.last { $0.validFrom <= day }?.price
    }

    /// The earliest first.
    func prices(of ean: EAN) -> [ListPrice] { prices[ean] ?? [] }

    func euroPrices(of ean: EAN) -> [ListPrice] { euroPrices[ean] ?? [] }

    package func rate(for date: SaleDate) -> ExchangeRate? { rates.rate(for: date) }
}
