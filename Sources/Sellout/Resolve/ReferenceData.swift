import Cells

/// A product of our catalogue.
public struct Product: Hashable, Sendable {
    public let ean: EAN
    public let functionalName: String
    public let description: String

    public init(ean: EAN, functionalName: String, description: String) {
        self.ean = ean
        self.functionalName = functionalName
        self.description = description
    }
}

/// A reseller's own name or code for one of our products.
public struct ProductMapping: Hashable, Sendable {
    public let reseller: String
    public let code: String
    public let ean: EAN

    public init(reseller: String, code: String, ean: EAN) {
        self.reseller = reseller
        self.code = code
        self.ean = ean
    }
}

/// A store that operators know of.
public struct Store: Hashable, Sendable {
    public let reseller: String
    /// As the reseller's files name it.
    public let code: String
    public let name: String
    public let isOnline: Bool
    public let city: String
    public let country: String

    public init(reseller: String, code: String, name: String, isOnline: Bool, city: String = "", country: String = "") {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.isOnline = isOnline
        self.city = city
        self.country = country
    }
}

/// What a product costs from a day on.
public struct ListPrice: Hashable, Sendable {
    public let ean: EAN
    public let currency: String
    public let price: Money
    public let validFrom: CivilDay

    public init(ean: EAN, currency: String, price: Money, validFrom: CivilDay) {
        self.ean = ean
        self.currency = currency
        self.price = price
        self.validFrom = validFrom
    }
}

/// One published rate: so much of `currency` for one EUR.
public struct PublishedRate: Hashable, Sendable {
    public let currency: String
    public let rate: RateTable.Published

    public init(currency: String, rate: RateTable.Published) {
        self.currency = currency
        self.rate = rate
    }
}

/// The content of one reference file, told apart by its headers.
public enum ReferenceData: Sendable {
    case products([Product])
    case prices([ListPrice])
    case mappings([ProductMapping])
    case stores([Store])
    case rates([PublishedRate])

    public enum Kind: String, CaseIterable, Sendable { case products, prices, mappings, stores, rates }

    public var kind: Kind {
        switch self {
        case .products: .products
        case .prices: .prices
        case .mappings: .mappings
        case .stores: .stores
        case .rates: .rates
        }
    }

    public var count: Int {
        switch self {
        case .products(let all): all.count
        case .prices(let all): all.count
        case .mappings(let all): all.count
        case .stores(let all): all.count
        case .rates(let all): all.count
        }
    }
}
