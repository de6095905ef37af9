import Cells

/// One sale as the file states it, its form checked, its product and store not yet looked up. Product, store and sheet are
/// numbers into the tables that were named before it (`ProductNaming`, `StoreNaming`), so that what repeats is sent and
/// looked up once.
public struct Draft: Hashable, Sendable {
    public var sheet: Int32
    public var row: Int32
    public var product: Int32
    public var store: Int32
    public var date: SaleDate
    public var quantity: Int64
    /// Nil where the amount is the list price × quantity.
    public var amount: Money?
    public var details: SaleDetails?

    public init(
        sheet: Int32, row: Int32, product: Int32, store: Int32, date: SaleDate, quantity: Int64, amount: Money?, details: SaleDetails? = nil
    ) {
        self.sheet = sheet
        self.row = row
        self.product = product
        self.store = store
        self.date = date
        self.quantity = quantity
        self.amount = amount
        self.details = details
    }
}

/// What some files tell of a sale beyond its figures.
public struct SaleDetails: Hashable, Sendable {
    public var orderID: String?
    public var country: String?
    public var city: String?
    public var cost: Money?
    public var fee: Money?
    /// The span a figure was booked from: `Q1 2024`.
    public var span: String?

    public init(
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

/// How a file names a product: at least one of the three is there.
public struct ProductNaming: Hashable, Sendable {
    public var ean: EAN?
    public var code: String?
    public var name: String?

    public init(ean: EAN? = nil, code: String? = nil, name: String? = nil) {
        self.ean = ean
        self.code = code
        self.name = name
    }

    /// What a person would look for in the file.
    public var text: String { code ?? name ?? ean?.description ?? "" }
}

/// How a file names a store, and whether its name or its place says that it sells online.
public struct StoreNaming: Hashable, Sendable {
    public var name: String
    public var isOnline: Bool

    public init(name: String, isOnline: Bool = false) {
        self.name = name
        self.isOnline = isOnline
    }
}
