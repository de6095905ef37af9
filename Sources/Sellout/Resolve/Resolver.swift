import Cells

/// Turns drafts into sales: finds product, store, price and rate. What repeats in a file is looked up once.
package struct Resolver {
    package struct Sale: Hashable, Sendable {
        package let local: Money
        package let euros: Money
        /// A number into `rates`.
        package let rate: Int32
    }

    package enum Resolution: Sendable {
        case sale(Sale)
        case waits([RowError])
    }

    package let terms: Terms
    package let catalogue: Catalogue
    package private(set) var products: [(naming: ProductNaming, ean: EAN?)] = []
    package private(set) var stores: [(naming: StoreNaming, store: Store?)] = []
    package private(set) var rates: [ExchangeRate] = []
    /// From when on the products and stores of these numbers mean nothing any more; mostly empty.
    private var productEnds: [Int32: CivilDay] = [:]
    private var storeEnds: [Int32: CivilDay] = [:]
    private var rateNumbers: [SaleDate: Int32] = [:]
    private var numberOfRate: [ExchangeRate: Int32] = [:]
    private var lastDate: SaleDate?
    private var lastRate: Int32 = 0
    /// The advice on each unknown product and store, by its number, since many rows can name it.
    private var productAdvice: [Int32: String] = [:]
    private var storeAdvice: [Int32: String] = [:]

    /// Suggestions take time: a file full of unknown products gets no more than these.
    private static let mostAdvice = 500
    private static let mapped = "Nothing to do for you: operations map it, and the sale is then taken by itself."

    package init(terms: Terms, catalogue: Catalogue) {
        self.terms = terms
        self.catalogue = catalogue
    }

    package mutating func name(product naming: ProductNaming) -> EAN? {
        let meaning = catalogue.meaning(of: naming)
        if let end = meaning?.endedFrom { productEnds[Int32(clamping: products.count)] = end }
        products.append((naming, meaning?.ean))
        return meaning?.ean
    }

    /// The day from which on the product that was named last means nothing any more.
    package var endOfLastProduct: CivilDay? { productEnds[Int32(clamping: products.count - 1)] }

    package mutating func name(store naming: StoreNaming) -> Store? {
        let store = catalogue.store(named: naming.name)
        if let end = store?.endedFrom { storeEnds[Int32(clamping: stores.count)] = end }
        stores.append((naming, store))
        return store
    }

    /// Nil if the draft's product or store was never named: the reader has then broken its promise. `sheet` names a sheet for errors.
    package mutating func resolve(_ draft: Draft, sheet: (Int32) -> String) -> Resolution? {
        guard products.indices.contains(Int(draft.product)), stores.indices.contains(Int(draft.store)) else { return nil }
        let ean = products[Int(draft.product)].ean
        let storeIsKnown = terms.storesAreOpen || stores[Int(draft.store)].store != nil
        let isOver = (!productEnds.isEmpty || !storeEnds.isEmpty) && isOver(draft)
        if let ean, storeIsKnown, !isOver, let rate = rate(for: draft.date), let local = amount(draft, ean),
            let euros = rates[Int(rate)].euros(for: local)
        {
            return .sale(Sale(local: local, euros: euros, rate: rate))
        }
        return .waits(reasons(draft, ean, storeIsKnown, sheet(draft.sheet)))
    }

    /// Whether its product or its store meant nothing any more on its day.
    private func isOver(_ draft: Draft) -> Bool {
        [productEnds[draft.product], storeEnds[draft.store]].contains { end in end.map { $0 <= draft.date.day } ?? false }
    }

    private func amount(_ draft: Draft, _ ean: EAN) -> Money? {
        draft.amount ?? catalogue.price(of: ean, on: draft.date.day)?.times(draft.quantity)
    }

    private mutating func rate(for date: SaleDate) -> Int32? {
        if lastDate == date { return lastRate }
        guard let number = rateNumbers[date] ?? newRate(for: date) else { return nil }
        (lastDate, lastRate) = (date, number)
        return number
    }

    private mutating func newRate(for date: SaleDate) -> Int32? {
        guard let rate = catalogue.rate(for: date) else { return nil }
        let number = numberOfRate[rate] ?? Int32(clamping: rates.count)
        if Int(number) == rates.count { rates.append(rate) }
        numberOfRate[rate] = number
        rateNumbers[date] = number
        return number
    }

    private mutating func reasons(_ draft: Draft, _ ean: EAN?, _ storeIsKnown: Bool, _ sheet: String) -> [RowError] {
        var errors: [RowError] = []
        func wait(_ type: RowErrorType, _ field: String, _ value: String, _ message: String, _ suggestion: String) {
            errors.append(
                RowError(
                    sheet: sheet, row: Int(draft.row), type: type, message: message, field: field, value: value, suggestion: suggestion))
        }
        let product = products[Int(draft.product)].naming
        if ean == nil {
            let field = product.code != nil ? "code" : product.ean != nil ? "ean" : "name"
            wait(
                .productNotMapped, field, product.text, "The product \"\(product.text)\" is not known.", advice(onProduct: draft.product))
        }
        if let end = productEnds[draft.product], end <= draft.date.day {
            let field = product.code != nil ? "code" : product.ean != nil ? "ean" : "name"
            wait(
                .productNotMapped, field, product.text, "The product \"\(product.text)\" is not known for sales from \(end) on.",
                Resolver.mapped)
        }
        if let end = storeEnds[draft.store], end <= draft.date.day {
            let name = stores[Int(draft.store)].naming.name
            wait(
                .storeNotFound, "store", name, "The store \"\(name)\" is not known for sales from \(end) on.",
                "Operations must say which store it is.")
        }
        if !storeIsKnown {
            let name = stores[Int(draft.store)].naming.name
            wait(.storeNotFound, "store", name, "The store \"\(name)\" is not known.", advice(onStore: draft.store))
        }
        if let ean, draft.amount == nil, catalogue.price(of: ean, on: draft.date.day) == nil {
            wait(
                .invalidPrice, "amount", "", "There is no list price in \(terms.currency) for \(ean) on \(draft.date.day).",
                "Operations must add the list price; the sale is then taken by itself.")
        }
        if catalogue.rate(for: draft.date) == nil {
            wait(
                .invalidPrice, "amount", draft.amount?.description ?? "", "There is no exchange rate for \(terms.currency).",
                "Operations must add the rates; the sale is then taken by itself.")
        }
        if errors.isEmpty {
            wait(.invalidPrice, "amount", draft.amount?.description ?? "", "The amount is too large to be true.", "Check the column.")
        }
        return errors
    }

    private mutating func advice(onProduct number: Int32) -> String {
        if let known = productAdvice[number] { return known }
        let usual = Resolver.mapped
        guard productAdvice.count < Resolver.mostAdvice else { return usual }
        let near = catalogue.suggestion(for: products[Int(number)].naming)
        let advice = near.map { "Perhaps \($0.ean) (\"\($0.text)\", \($0.percent) % alike). \(usual)" } ?? usual
        productAdvice[number] = advice
        return advice
    }

    private mutating func advice(onStore number: Int32) -> String {
        if let known = storeAdvice[number] { return known }
        let usual = "Operations must add the store."
        guard storeAdvice.count < Resolver.mostAdvice else { return usual }
        let near = catalogue.storesNear(stores[Int(number)].naming.name)
        let advice = near.isEmpty ? usual : "Known stores are like \(near.map { "\"\($0)\"" }.joined(separator: ", "))."
        storeAdvice[number] = advice
        return advice
    }
}
