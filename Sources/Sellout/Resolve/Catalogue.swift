import Cells

/// All reference data that one reseller's sales are resolved with, as it was at one moment.
package struct Catalogue: Sendable {
    /// Raised by every change of reference data. A batch that was resolved at a lower version may be resolved again.
    package let version: Int
    private let byMapping: [String: EAN]
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
        self.products = Dictionary(products.map { ($0.ean, $0) }, uniquingKeysWith: { _, last in last })
        // A name that two products share means neither.
        let named = Dictionary(grouping: self.products.values) { Folded.text($0.functionalName) }
        byName = named.compactMapValues { $0.count == 1 ? $0.first?.ean : nil }
        byMapping = Dictionary(mappings.map { (Folded.text($0.code), $0.ean) }, uniquingKeysWith: { _, last in last })
        texts = ProductTexts(
            mappings.map { ($0.code, $0.ean) } + products.flatMap { [($0.functionalName, $0.ean), ($0.description, $0.ean)] })
        self.stores = Dictionary(
            stores.flatMap { [(Folded.text($0.name), $0), (Folded.text($0.code), $0)] } + merged.map { (Folded.text($0.text), $0.store) },
            uniquingKeysWith: { _, last in last })
        self.prices = Catalogue.byProduct(prices, in: currency)
        euroPrices = currency == "EUR" ? self.prices : Catalogue.byProduct(prices, in: "EUR")
    }

    private static func byProduct(_ prices: [ListPrice], in currency: String) -> [EAN: [ListPrice]] {
        Dictionary(grouping: prices.filter { $0.currency == currency }.sorted { $0.validFrom < $1.validFrom }, by: \.ean)
    }

    /// An EAN in the file that is known counts before everything else: by a mapping of that EAN, or as a product's own. Then what
    /// operations have mapped the code or name to. Only where the file has no EAN, a functional name or a normalised text counts: they
    /// do not make up for an EAN that the catalogue does not know, because the two may mean different products.
    package func product(for naming: ProductNaming) -> EAN? {
        if let ean = naming.ean, let known = byMapping[ean.description] ?? products[ean]?.ean { return known }
        let names = [naming.code, naming.name].compactMap { $0 }
        for text in names {
            if let ean = byMapping[Folded.text(text)] { return ean }
        }
        if naming.ean != nil { return nil }
        for text in names {
            if let ean = EAN(text), products[ean] != nil { return ean }
            if let ean = byName[Folded.text(text)] { return ean }
        }
        for text in names {
            if let ean = texts.product(text) { return ean }
        }
        return nil
    }

    /// What an unknown product probably is; nil if nothing is similar enough.
    package func suggestion(for naming: ProductNaming) -> ProductSuggestion? {
        let names = [naming.name, naming.code].compactMap { $0 }
        return names.compactMap { name in texts.nearest(to: name, others: names.filter { $0 != name }) }.max { $0.percent < $1.percent }
    }

    package func store(named name: String) -> Store? { stores[Folded.text(name)] }

    var storeNames: [String] { Set(stores.values.map(\.name)).sorted() }

    package func product(_ ean: EAN) -> Product? { products[ean] }

    package func price(of ean: EAN, on day: CivilDay) -> Money? {
        prices[ean]?.last { $0.validFrom <= day }?.price
    }

    /// The earliest first.
    func prices(of ean: EAN) -> [ListPrice] { prices[ean] ?? [] }

    func euroPrices(of ean: EAN) -> [ListPrice] { euroPrices[ean] ?? [] }

    package func rate(for date: SaleDate) -> ExchangeRate? { rates.rate(for: date) }
}
