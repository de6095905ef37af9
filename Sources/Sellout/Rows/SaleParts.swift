import Cells

/// What is known of one sale that a row tells of, whether or not it is enough for a sale.
package struct SaleParts: Hashable, Sendable {
    package var product: ProductNaming?
    package var store: StoreNaming?
    package var date: SaleDate?
    package var quantity: Int64?
    package var amount: Money?
    /// Where no amount is stated, it is the list price × quantity.
    package var isPriced: Bool
    package var details: SaleDetails

    package init(
        product: ProductNaming? = nil, store: StoreNaming? = nil, date: SaleDate? = nil, quantity: Int64? = nil, amount: Money? = nil,
        isPriced: Bool = false, details: SaleDetails = SaleDetails()
    ) {
        self.product = product
        self.store = store
        self.date = date
        self.quantity = quantity
        self.amount = amount
        self.isPriced = isPriced
        self.details = details
    }

    package init(_ draft: Draft, product: ProductNaming, store: StoreNaming) {
        self.init(
            product: product, store: store, date: draft.date, quantity: draft.quantity, amount: draft.amount,
            isPriced: draft.amount == nil, details: draft.details ?? SaleDetails())
    }
}

/// What an operator can say of a row.
package enum SalePart: String, CaseIterable, Sendable {
    case product, store, date, quantity, amount
    /// Of one piece: the amount follows from it.
    case price
    case order, country, city, cost, fee

    /// By its own name, or by the one that a report's `field_name` gives it.
    package init?(named name: String) {
        switch name {
        case "ean", "code", "name": self = .product
        case "year", "month", "period": self = .date
        case "order_id": self = .order
        default:
            guard let part = SalePart(rawValue: name) else { return nil }
            self = part
        }
    }
}

extension SaleParts {
    /// As a report shows it.
    package func text(_ part: SalePart) -> String? {
        switch part {
        case .product: product?.text
        case .store: store?.name
        case .date: date.map { $0.isMonthly ? Month($0.day).description : $0.day.description }
        case .quantity: quantity?.description
        case .amount, .price: amount?.description
        case .order: details.orderID
        case .country: details.country
        case .city: details.city
        case .cost: details.cost?.description
        case .fee: details.fee?.description
        }
    }

    /// What no sale can be without.
    package var lacking: [SalePart] {
        let needed: [SalePart] = [.product, .store, .date, .quantity] + (isPriced ? [] : [.amount])
        return needed.filter { text($0) == nil }
    }

    /// All that is said, in one line: by it a row is known again.
    package var line: String {
        let name = product.map { [$0.ean?.description, $0.code, $0.name].compactMap { $0 }.joined(separator: " ") }
        let rest = SalePart.allCases.filter { $0 != .product && $0 != .price }.map { text($0) }
        return ([name] + rest).map { $0 ?? "-" }.joined(separator: " | ")
    }

    /// Product and store bear the numbers given. Nil where something is lacking.
    package func draft(sheet: Int32, row: Int32, product: Int32, store: Int32) -> Draft? {
        guard let date, let quantity, lacking.isEmpty else { return nil }
        return Draft(
            sheet: sheet, row: row, product: product, store: store, date: date, quantity: quantity, amount: amount,
            details: details == SaleDetails() ? nil : details)
    }
}
