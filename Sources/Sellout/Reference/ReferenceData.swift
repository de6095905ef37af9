import Cells

/// A product of our catalogue.
package struct Product: Hashable, Sendable {
    package let ean: EAN
    package let functionalName: String
    package let description: String
    /// From this day on no name means it any more.
    package let endedFrom: CivilDay?
    /// The product that it is, by an operator's word: entered twice, or replaced.
    package let replacedBy: EAN?

    package init(ean: EAN, functionalName: String, description: String, endedFrom: CivilDay? = nil, replacedBy: EAN? = nil) {
        self.ean = ean
        self.functionalName = functionalName
        self.description = description
        self.endedFrom = endedFrom
        self.replacedBy = replacedBy
    }
}

/// A reseller's own name or code for one of our products.
package struct ProductMapping: Hashable, Sendable {
    package let reseller: String
    package let code: String
    package let ean: EAN
    /// From this day on the code means nothing any more.
    package let endedFrom: CivilDay?

    package init(reseller: String, code: String, ean: EAN, endedFrom: CivilDay? = nil) {
        self.reseller = reseller
        self.code = code
        self.ean = ean
        self.endedFrom = endedFrom
    }
}

/// A store that operators know of.
package struct Store: Hashable, Sendable {
    package let reseller: String
    /// As the reseller's files name it.
    package let code: String
    package let name: String
    package let isOnline: Bool
    package let city: String
    package let country: String
    /// From this day on its names mean nothing any more.
    package let endedFrom: CivilDay?

    package init(
        reseller: String, code: String, name: String, isOnline: Bool, city: String = "", country: String = "", endedFrom: CivilDay? = nil
    ) {
        self.reseller = reseller
        self.code = code
        self.name = name
        self.isOnline = isOnline
        self.city = city
        self.country = country
        self.endedFrom = endedFrom
    }
}

/// What a product costs from that day on.
package struct ListPrice: Hashable, Sendable {
    package let ean: EAN
    package let currency: String
    package let price: Money
    package let validFrom: CivilDay

    package init(ean: EAN, currency: String, price: Money, validFrom: CivilDay) {
        self.ean = ean
        self.currency = currency
        self.price = price
        self.validFrom = validFrom
    }
}

/// One published rate: so much of `currency` for one EUR.
package struct PublishedRate: Hashable, Sendable {
    package let currency: String
    package let rate: RateTable.Fixing

    package init(currency: String, rate: RateTable.Fixing) {
        self.currency = currency
        self.rate = rate
    }
}

/// The records of one reference file, all of one kind.
package enum ReferenceData: Sendable {
    case products([Product])
    case prices([ListPrice])
    case mappings([ProductMapping])
    case stores([Store])
    case rates([PublishedRate])

    package enum Kind: String, CaseIterable, Sendable { case products, prices, mappings, stores, rates }

    package var kind: Kind {
        switch self {
        case .products: .products
        case .prices: .prices
        case .mappings: .mappings
        case .stores: .stores
        case .rates: .rates
        }
    }

    package var count: Int {
        switch self {
        case .products(let all): all.count
        case .prices(let all): all.count
        case .mappings(let all): all.count
        case .stores(let all): all.count
        case .rates(let all): all.count
        }
    }
}
