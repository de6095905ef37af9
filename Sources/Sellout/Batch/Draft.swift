import Cells

/// One sale as the file states it. Its form has been checked; its product and store have not been looked up. Sheet, product and
/// store are numbers of what was named before it (`ProductNaming`, `StoreNaming`), so that what repeats is sent and looked up once.
package struct Draft: Hashable, Sendable {
    package var sheet: Int32
    package var row: Int32
    package var product: Int32
    package var store: Int32
    package var date: SaleDate
    package var quantity: Int64
    /// Nil where the amount is the list price × quantity.
    package var amount: Money?
    /// A reference, because most sales have none and would be three times as large with them inside.
    private var more: Details?

    package init(
        sheet: Int32, row: Int32, product: Int32, store: Int32, date: SaleDate, quantity: Int64, amount: Money?, details: SaleDetails? = nil
    ) {
        self.sheet = sheet
        self.row = row
        self.product = product
        self.store = store
        self.date = date
        self.quantity = quantity
        self.amount = amount
        more = details.map(Details.init)
    }

    package var details: SaleDetails? { more?.details }

    private final class Details: Hashable, Sendable {
        let details: SaleDetails

        init(_ details: SaleDetails) { self.details = details }

        static func == (one: Details, other: Details) -> Bool { one.details == other.details }

        func hash(into hasher: inout Hasher) { hasher.combine(details) }
    }
}

/// What some files tell of a sale beyond its figures.
package struct SaleDetails: Hashable, Sendable {
    package var orderID: String?
    package var country: String?
    package var city: String?
    package var cost: Money?
    package var fee: Money?
    /// The span of time of which the file gave only one figure: `Q1 2024`.
    package var span: String?

    package init(
        orderID: String? = nil, country: String? = nil, city: String? = nil, cost: Money? = nil, fee: Money? = nil, span: String? = nil
    ) {
        self.orderID = orderID
        self.country = country
        self.city = city
        self.cost = cost
        self.fee = fee
        self.span = span
    }
}

/// How a file names a product. At least one of the three is there.
package struct ProductNaming: Hashable, Sendable {
    package var ean: EAN?
    package var code: String?
    package var name: String?
    /// Where nothing is mapped to it, its rows are no sales: shopping bags and the like, which have no EAN.
    package var isSkippedUnmapped: Bool

    package init(ean: EAN? = nil, code: String? = nil, name: String? = nil, isSkippedUnmapped: Bool = false) {
        self.ean = ean
        self.code = code
        self.name = name
        self.isSkippedUnmapped = isSkippedUnmapped
    }

    /// What a person would search the file for.
    package var text: String { code ?? name ?? ean?.description ?? "" }
}

/// How a file names a store, and whether that is an online store.
package struct StoreNaming: Hashable, Sendable {
    package var name: String
    package var isOnline: Bool

    package init(name: String, isOnline: Bool = false) {
        self.name = name
        self.isOnline = isOnline
    }
}
