import Cells

/// What an operator says in the place of what a failed row says: `quantity=3`. The values have passed the checks that a file's pass.
package struct RowCorrection: Sendable {
    /// Why a value cannot be taken, in one sentence.
    package struct Wrong: Error, Hashable, Sendable {
        package let sentence: String

        package init(_ sentence: String) { self.sentence = sentence }
    }

    /// As they were written, in that order.
    package private(set) var texts: [(part: SalePart, text: String)] = []
    private var product: ProductNaming?
    private var store: String?
    private var date: SaleDate?
    private var quantity: Int64?
    private var amount: Money?
    private var price: Money?
    private var details = SaleDetails()

    private static let longest = 200

    package var parts: Set<SalePart> { Set(texts.map(\.part)) }

    package init(_ words: [String], currency: String) throws(Wrong) {
        for word in words { try take(word, currency) }
        if texts.isEmpty { throw Wrong("Say what is right, such as quantity=3.") }
        if amount != nil, price != nil { throw Wrong("Give the amount or the price of a piece, not both.") }
    }

    private mutating func take(_ word: String, _ currency: String) throws(Wrong) {
        let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let text = sides.count == 2 ? sides[1].trimmedLine : ""
        guard sides.count == 2, !text.isEmpty else { throw Wrong("\(word) sets nothing: write FIELD=VALUE.") }
        guard let part = SalePart(named: sides[0].lowercased()) else {
            throw Wrong(
                "There is no field \(sides[0]); there are \(SalePart.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard !parts.contains(part) else { throw Wrong("\(part.rawValue) is given twice.") }
        guard text.utf8.count <= RowCorrection.longest else { throw Wrong("The value of \(part.rawValue) is too long.") }
        texts.append((part, text))
        switch part {
        case .product: product = EAN(text).map { ProductNaming(ean: $0) } ?? ProductNaming(code: text)
        case .store: store = text
        case .date: date = try RowCorrection.date(text)
        case .quantity: quantity = try RowCorrection.quantity(text, currency)
        case .amount: amount = try RowCorrection.money(part, text, currency)
        case .price: price = try RowCorrection.money(part, text, currency)
        case .order: details.orderID = text
        case .country: details.country = text
        case .city: details.city = text
        case .cost: details.cost = try RowCorrection.money(part, text, currency)
        case .fee: details.fee = try RowCorrection.money(part, text, currency)
        }
    }
}

/// Values as a file's are read, with a decimal point.
extension RowCorrection {
    private static func number(_ part: SalePart, _ text: String, _ currency: String) throws(Wrong) -> DecimalNumber {
        let bytes = Array(text.utf8)
        switch NumberStyle.point.read(bytes.span, currency: currency) {
        case .number(let number): return number
        case .none: throw Wrong("The \(part.rawValue) \"\(text)\" is no number.")
        case .unreadable(let why): throw Wrong("The \(part.rawValue) \"\(text)\" cannot be read: \(why).")
        }
    }

    private static func money(_ part: SalePart, _ text: String, _ currency: String) throws(Wrong) -> Money {
        guard let money = Money(try number(part, text, currency)), money.units.magnitude <= RowFigures.largestAmount.magnitude else {
            throw Wrong("The \(part.rawValue) \(text) is too large to be true.")
        }
        return money
    }

    private static func quantity(_ text: String, _ currency: String) throws(Wrong) -> Int64 {
        guard let whole = try number(.quantity, text, currency).whole else { throw Wrong("The quantity \(text) is not a whole number.") }
        guard whole.magnitude <= RowFigures.largestQuantity.magnitude else { throw Wrong("The quantity \(text) is too large to be true.") }
        guard whole != 0 else { throw Wrong("The quantity is 0: a row that sells nothing is dismissed.") }
        return whole
    }

    private static func date(_ text: String) throws(Wrong) -> SaleDate {
        let date = Month(text).map { SaleDate.month($0) } ?? CivilDay(text).map { SaleDate.day($0) }
        guard let date, RowFigures.years.contains(date.day.components.year) else {
            throw Wrong("\(text) is no date that a sale can have: write it like 2025-01-28, or 2025-01 for a month.")
        }
        return date
    }
}

extension RowCorrection {
    /// What the row says then. A product or store must be one that is known: nobody else would look at it again.
    package func applied(to row: SaleParts, terms: Terms, catalogue: Catalogue) throws(Wrong) -> SaleParts {
        var parts = row
        if let product {
            try check(product, catalogue)
            parts.product = product
        }
        if let store { parts.store = try known(store, terms, catalogue) }
        parts.date = date ?? parts.date
        parts.quantity = quantity ?? parts.quantity
        if let price { parts.amount = try times(price, parts.quantity) }
        parts.amount = amount ?? parts.amount
        parts.isPriced = parts.isPriced && parts.amount == nil
        parts.details.orderID = details.orderID ?? parts.details.orderID
        parts.details.country = details.country ?? parts.details.country
        parts.details.city = details.city ?? parts.details.city
        parts.details.cost = details.cost ?? parts.details.cost
        parts.details.fee = details.fee ?? parts.details.fee
        return parts
    }

    private func times(_ price: Money, _ quantity: Int64?) throws(Wrong) -> Money {
        guard let quantity else { throw Wrong("The price of a piece says nothing without the quantity: give both.") }
        guard let amount = price.times(quantity), amount.units.magnitude <= RowFigures.largestAmount.magnitude else {
            throw Wrong("\(quantity) pieces at \(price) are too much to be true.")
        }
        return amount
    }

    private func check(_ product: ProductNaming, _ catalogue: Catalogue) throws(Wrong) {
        guard catalogue.product(for: product) == nil else { return }
        if let ean = product.ean {
            let digit = ean.hasRightCheckDigit ? "" : ", and its check digit is wrong"
            throw Wrong("\(ean) is not among the products\(digit). Import it first, if it is right.")
        }
        if product.text.utf8.allSatisfy({ ($0 &- 48) < 10 }), product.text.utf8.count >= 8 {
            throw Wrong("\"\(product.text)\" is no EAN: it must have 13 digits.")
        }
        let near = catalogue.suggestion(for: product).map { " Perhaps \($0.ean) (\"\($0.text)\") is meant." } ?? ""
        throw Wrong("The product \"\(product.text)\" is not known.\(near)")
    }

    private func known(_ name: String, _ terms: Terms, _ catalogue: Catalogue) throws(Wrong) -> StoreNaming {
        if let store = catalogue.store(named: name) { return StoreNaming(name: name, isOnline: store.isOnline) }
        let near = catalogue.storesNear(name)
        let advice = near.isEmpty ? "" : " Known stores are like \(near.map { "\"\($0)\"" }.joined(separator: ", "))."
        throw Wrong("\(terms.reseller) has no store \"\(name)\".\(advice) Import it first, if it is right.")
    }
}

extension Draft {
    /// What can be read in one sale and can hardly be true, in sentences: what would hold a file that said so.
    package func doubts(_ ean: EAN, _ sale: Resolver.Sale, terms: Terms, catalogue: Catalogue, today: CivilDay) -> [String] {
        var plausibility = Plausibility(terms: terms, catalogue: catalogue, today: today)
        var findings = Findings()
        plausibility.take(self, ean, sale) { _ in "" }
        plausibility.conclude(&findings) { _ in "" }
        var doubts = findings.warnings.filter(\.holds).map(\.message)
        if let amount, quantity < 0 && amount.units > 0 || quantity > 0 && amount.units < 0 {
            doubts.append("row \(row) would have a quantity of \(quantity) and an amount of \(amount): their signs differ")
        }
        return doubts
    }
}
